"""tuples, ranges and slices: comparison, hashing, arithmetic, huge ranges, slice.indices, membership, errors."""
t = (1, "a", 2.5)
print(t + (4,), t * 2, 2 * t, t[0], t[-1], t[::-1], t[1:], t.index("a"), t.count(1), len(t), 1 in t, t == (1, "a", 2.5), (1, 2) < (1, 3), (1,) < (1, 0), () < (0,), (1, 2) != [1, 2], hash(t) == hash((1, "a", 2.5)), tuple("ab"), tuple(), tuple([1]), (1,), ((),), bool(()), (*t, *t)[3])
for action in (lambda: t + [1], lambda: t * "a", lambda: t[5], lambda: t["a"], lambda: t.index(9), lambda: t.index(1, 1), lambda: t.__setitem__(0, 1), lambda: exec("t[0] = 1", {"t": t}), lambda: hash(([],)), lambda: t < 5, lambda: (1, "a") < (1, 2), lambda: tuple(5), lambda: tuple(1, 2), lambda: t.append(1), lambda: max(()), lambda: () * 2**70, lambda: tuple(a=1), lambda: (1, 2).__add__([3]), lambda: (1,)[1.0]):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)
r = range(2, 20, 3)
print(r, list(r), len(r), r[1], r[-1], r[1:4], r[::-1], list(r[::-1]), r[::2], r.start, r.stop, r.step, r.index(8), r.count(5), r.count(6), 8 in r, 9 in r, 8.0 in r, "a" in r, reversed(r).__next__(), bool(range(0)), range(5) == range(0, 5, 1), range(0, 5, 2) == range(0, 6, 2), range(0) == range(5, 2), hash(range(0)) == hash(range(3, 1)), hash(range(0, 5, 2)) == hash(range(0, 6, 2)), range(10) != range(11), {range(3): 1}[range(0, 3)], r[5:1:-1], list(range(5, 0, -2)), range(-5, 5)[2:-2], range(0, 10, 3)[-1], repr(range(1, 2, 3)), repr(range(0, 5)), str(range(-3)), range(True, 5))
huge = range(10**30, 10**30 + 10, 3)
print(list(huge), huge[1], huge[-1], 10**30 + 3 in huge, huge.index(10**30 + 6), huge[1:], len(huge), hash(huge) == hash(range(10**30, 10**30 + 12, 3)), range(10**30)[10**29], range(10**30)[::10**29][-1], range(2**63 - 2, 2**63 + 1)[-1], list(range(2**63 - 1, 2**63 + 2)), range(10**30) == range(0, 10**30), list(reversed(range(10**20, 10**20 + 3))))


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


class AlwaysEqual:
    def __eq__(self, other):
        return True


print(range(Index(3)), range(Index(1), Index(4))[Index(1)], list(range(Index(4), 0, Index(-2))), AlwaysEqual() in range(3), range(3).count(AlwaysEqual()), range(3).index(AlwaysEqual()), "abc"[Index(1)], [1, 2][Index(-1) :], (1, 2, 3)[Index(0) : Index(2)])
for action in (lambda: range(), lambda: range(1, 2, 0), lambda: range(1.0), lambda: range("a"), lambda: range(1, 2, 3, 4), lambda: r[10], lambda: r["a"], lambda: r[::0], lambda: r.index(9), lambda: r.index("a"), lambda: len(range(2**70)), lambda: r + r, lambda: r * 2, lambda: r < r, lambda: setattr(r, "start", 1), lambda: range(start=1), lambda: next(r), lambda: type("R", (range,), {}), lambda: range(10**30).__len__(), lambda: range(5).__getitem__(slice(None, None, 0)), lambda: range(Index(1.5)), lambda: [].__getitem__(Index("x"))):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)
s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, s.indices(5), s.indices(100), slice(None).indices(3), slice(None, None, -1).indices(5), slice(-100, 100).indices(5), slice(5, -5, -2).indices(10), slice(10**30).indices(7), slice(1) == slice(None, 1, None), slice(1, 2) < slice(1, 3), slice("a", [], None), slice(1, 2) != (1, 2, None), hash(slice(1, 2)) == hash(slice(1, 2)), {slice(1): "x"}[slice(1)])
for action in (lambda: slice(), lambda: slice(1, 2, 3, 4), lambda: s.indices(-1), lambda: s.indices("a"), lambda: slice("a").indices(5), lambda: slice(1, 2, 0).indices(5), lambda: setattr(s, "start", 1), lambda: hash(slice([])), lambda: slice(1) < slice("a"), lambda: s[0], lambda: type("S", (slice,), {}), lambda: iter(s), lambda: slice(1.5).indices(5), lambda: s.indices(10**30), lambda: [1][slice(1.0)], lambda: slice(1, 2)(3)):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)


class Shows:
    def __getitem__(self, key):
        return key

    def __class_getitem__(cls, key):
        return ("class", key)


x = Shows()
print(x[1], x[1:2], x[::], x[1:2:3, ...], x[()], x[(1,)], x[1,], x[:, 1:], x[...], x[*[1, 2]], x[*[1], 2:3], x["a":"b"], Shows[int, 1:2], x[lambda: 0].__name__, x[1 if x else 2], x[i := 5], x[{1: 2}[1] :], x[not 1])


class T(tuple):
    def __new__(cls, *items):
        return super().__new__(cls, items)

    def __repr__(self):
        return "T" + super().__repr__()


q = T(1, 2)
q.attribute = "a"
print(q, q + (3,), type(q + (3,)).__name__, q == (1, 2), q[0], q * 2, hash(q) == hash((1, 2)), {q: 1}[(1, 2)], q.attribute, T(), isinstance(q, tuple), [*q], "%s-%s" % q)
nested = ((1, (2, (3,))), [4, {5: (6,)}])
print(nested, repr(((((),),),)), nested[0][1][1][0], nested == ((1, (2, (3,))), [4, {5: (6,)}]))
