"""Hot set and dict operators whose operands change between exact types, subclasses, views and other things."""
from collections import Counter, OrderedDict


class S(set):
    def __or__(self, other):
        return "S.or"

    __ror__ = __and__ = __or__


def ops(a, b):
    return a | b, a & b, a - b, a ^ b


def hot(a, b):
    for _ in range(60):
        try:
            out = ops(a, b)
        except TypeError as error:
            out = str(error)
    return out


for a, b in (({1, 2}, {2, 3}), (frozenset({1}), {2}), ({1}, frozenset({1})), (S({1}), {2}), ({1}, S({2})), ({1: 0}.keys(), {1, 5}), ({1}, {1: 0}.keys()), (6, 3), (True, False), (True, 2), ({1: "a"}, {2: "b"}), ({1}, [1]), (Counter("ab"), Counter("bc")), (int, str), (2**70, 1), (1.5, 2), ({}, OrderedDict(a=1))):
    out = hot(a, b)
    print(out if isinstance(out, str) else [sorted(o) if isinstance(o, (set, frozenset)) else o for o in out])


def merge(a, b):
    a |= b
    return a


for a, b in (({1: 1}, {1: 2, 3: 4}), ({1: 1}, [(5, 6)]), ({1}, {2}), (4, 1), (frozenset({1}), {2}), ({1}, [2])):
    for _ in range(60):
        try:
            out = merge(a, b)
        except TypeError as error:
            out = str(error)
    print(out)
