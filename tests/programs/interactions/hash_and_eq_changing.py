"""Objects whose hash or equality changes while they are keys; __eq__ without __hash__ in hierarchies; unhashable by None; frozen parts."""


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return hash(self.n)

    def __eq__(self, other):
        return isinstance(other, Key) and self.n == other.n

    def __repr__(self):
        return f"K{self.n}"


k = Key(1)
d, s = {k: "v"}, {k}
k.n = 2
print(k in d, k in s, d, list(d)[0] is k, Key(1) in d, Key(2) in d, d.get(k), len(d))
d[k] = "again"
print(d, len(d), list(d)[0] is list(d)[1])
k.n = 1
print(d[k], d.pop(k), d)
print({**d}, dict(d) == d, sorted(map(repr, set(d))), {x: 1 for x in list(d) * 2})


class NoHash(Key):
    def __eq__(self, other):
        return True


class Restored(NoHash):
    __hash__ = Key.__hash__


class Explicit(Key):
    __hash__ = None


class Inherits(Explicit):
    pass


for cls in (Key, NoHash, Restored, Explicit, Inherits, type("New", (NoHash,), {"__hash__": lambda self: 7})):
    try:
        print(cls.__name__, hash(cls(5)) == hash(5), cls.__hash__ is None, {cls(5): 1})
    except TypeError as error:
        print(cls.__name__, error, cls.__hash__)
for value in (-1, 2**61, -2**70, True, 2.0**70, "text"):
    T = type("T", (), {"__hash__": lambda self: value})
    try:
        print(hash(T()) == hash(value) if not isinstance(value, str) else hash(T()), end=" ")
    except TypeError as error:
        print(error)
NoHash.__hash__ = lambda self: 3
print(hash(NoHash(1)), hash(Restored(4)) == hash(4))
del NoHash.__hash__
print(hash(NoHash(4)) == hash(4), {NoHash(1), NoHash(2)} == {NoHash(1)} or "distinct by hash")
