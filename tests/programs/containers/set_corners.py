"""set and frozenset: operators, methods, subset tests, updates with iterables, hashing, subclass results, errors."""
a, b = {1, 2, 3}, {2, 3, 4}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), a <= b, a < a, a <= a, a >= {1}, a > {1}, a == {3, 2, 1}, a != b, a == frozenset(a), frozenset(a) == a, {1} < frozenset([1, 2]), a.isdisjoint({9}), a.issubset(range(10)), a.issuperset([1]), len(a), 1 in a, [1] == {1})
print(sorted(a.union([5], (6,), {7: 8})), sorted(a.intersection([1, 2], [2, 9])), sorted(a.difference([1], [2])), sorted(a.symmetric_difference([1, 9])), a.union() == a, a.union() is a, a.intersection() == a, sorted(set().union("ab", "bc")))
s = {1, 2}
s.update([3], "x"), s.add(4), s.discard(99), s.remove(1), s.intersection_update([2, 3, "x"], {2, 3, 5}), s.difference_update([3]), s.symmetric_difference_update([2, 7, 8])
print(sorted(s), s.pop() in (7, 8), len(s), s.clear(), s, set(), frozenset(), repr({1}), repr(frozenset({1})), repr(frozenset()), {()}, {frozenset()})
t = {1}
alias = t
t |= {2}; t -= {1}; t ^= {5}; t &= {2, 5, 9}
print(sorted(t), alias is t)
f = frozenset("ab")
alias = f
f |= {"c"}
print(sorted(f), sorted(alias), hash(frozenset([1, 2])) == hash(frozenset([2, 1])), {frozenset([1]): "x"}[frozenset([1])], frozenset(f) is f, f.copy() is f, frozenset([1]) in {frozenset([1])}, {1} in {frozenset([1])}, {frozenset([1])} == {frozenset({1})})
x = {frozenset([1])}
x.discard({1})
x.add(frozenset([2]))
x.remove({2})
print(x, type({1} | frozenset()).__name__, type(frozenset([1]) | {2}).__name__, type(frozenset() & set()).__name__)
for action in (lambda: {1} | [2], lambda: {1} & "a", lambda: {1} - 5, lambda: {1} < [1], lambda: {1}.union(5), lambda: {1}.update(5), lambda: {[]}, lambda: {1}.add([]), lambda: {1}.add({2}), lambda: {1}.remove(5), lambda: set().pop(), lambda: hash(set()), lambda: {1}[0], lambda: set(1, 2), lambda: set(5), lambda: {1} + {2}, lambda: {{1}}, lambda: {1}.discard([]), lambda: [] in {1}, lambda: {1}.issubset(5), lambda: frozenset([1]).add(2), lambda: set(a=1), lambda: {1}.__ior__([1]), lambda: {1}.intersection_update(5), lambda: {1}.isdisjoint(5), lambda: sorted([{1}, {0}, {2}]) and "partial order only", lambda: max([{1}, {1, 2}]), lambda: {}.__class__ is set, lambda: {1}.union([[]]), lambda: {1}.difference([[]]), lambda: {1}.intersection([[]])):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


class S(set):
    pass


class F(frozenset):
    def __new__(cls, *args):
        print("new", args)
        return super().__new__(cls, *args)


print(type(S([1]) | {2}).__name__, type(S([1]).union([2])).__name__, type({1} | S([2])).__name__, type(S([1]).copy()).__name__, S([1]), F([1]), type(F([1]) | {2}).__name__, type(F([1]).copy()).__name__, S([1]) == {1})
u = S([1])
u |= {2}
u.attribute = "x"
print(type(u).__name__, u.attribute, sorted(u))


class Collide:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 42

    def __eq__(self, other):
        return isinstance(other, Collide) and self.n == other.n

    def __repr__(self):
        return f"C{self.n}"


many = {Collide(i % 7) for i in range(50)}
print(len(many), Collide(3) in many, Collide(9) in many, sorted(many, key=lambda c: c.n))
many.discard(Collide(3))
print(len(many), Collide(3) in many, Collide(6) in many)
print({i for i in range(5) if i % 2}, {*range(2), *"a"} == {0, 1, "a"}, set("hello") == {"h", "e", "l", "o"}, {1, 1.0, True}, {0, False}, {"a", b"a"} == {b"a", "a"}, len({float("nan"), float("nan")}), len({(nan := float("nan")), nan}))
print([x for x in {3, 1, 2}], list({10, 5, 0}), list(frozenset(range(10, 0, -1))), list({8, 0, 16}), list(set(range(0, 40, 8))), {-1, -2}, list({2**61, 1, 2**61 - 1}), list(set([5, 3, 1]) | {4}))
print(set().__sizeof__() > 0, {1}.__reduce__()[0].__name__, {1}.__contains__(1), {1}.__and__([1]), {1}.__rsub__({1, 2}), set[int])
big = set(range(1000))
big -= set(range(0, 1000, 2))
print(len(big), 999 in big, 998 in big, min(big), sum(big))
