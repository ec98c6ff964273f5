# Expected output: made with CPython 3.14, `python sequences.py > sequences.out`.
"""Tuples, ranges, slices, and the iterators that combine others."""


def attempt(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error, sep=": ")


# Tuples.
print((), (1,), (1, 2), tuple(), tuple("ab"), tuple([1]), (1, (2, (3,))), tuple({1: 2}))
for args in [(1,), (1, 2), (None,)]:
    attempt(tuple, *args)
attempt(lambda: tuple(a=1))
items = (1, 2, 3, 2)
for method, *args in [
    ("count", 2), ("count",), ("index", 2), ("index", 9), ("index", 2, 2), ("index", 2, -1), ("index", 1, "a"), ("__getitem__", -1),
    ("__getitem__", 4), ("__getitem__", "a"), ("__getitem__", slice(1, None)), ("__getitem__", slice(None, None, -2)),
    ("__add__", (5,)), ("__add__", [5]), ("__mul__", 2), ("__mul__", 0), ("__contains__", 3), ("__eq__", (1, 2, 3, 2)),
    ("__lt__", (1, 2, 4)), ("__lt__", [1]), ("__getnewargs__",), ("__len__",), ("__hash__",),
]:
    attempt(getattr(items, method), *args)
same = items[:]
print(same is items, items * 1 is items, items + () is items, () + items is items, tuple(items) is items, () is tuple([]))
print(hash(()), hash((1,)), hash((1, 2, 3)), hash((0.5, -1, (2**70,))), hash((1, (2, (3, ())))))
attempt(hash, ([],))
attempt(lambda: (1,) < ("a",))
attempt(lambda: (1,).__setitem__)
recursive = ([],)
recursive[0].append(recursive)
print(recursive)


class Point(tuple):
    def __new__(cls, *values, tag=None):
        self = super().__new__(cls, values)
        self.tag = tag
        return self


point = Point(1, 2, tag="t")
print(point, point.tag, type(point), type(point[:]), type(point + ()), type(point * 1), point == (1, 2), hash(point) == hash((1, 2)))
print(tuple[int, ...], iter((1, 2)).__reduce__(), iter((1, 2)).__length_hint__())

# Ranges.
for args in [(), (1,), (1, 5), (1, 10, 3), (10, 1, -3), (5, 1), (0, 10, 0), ("a",), (1.5,), (1, 2, 3, 4), (2**70,), (True,)]:
    attempt(range, *args)
for subject in (range(0), range(5), range(2, 20, 3), range(20, 2, -4), range(2**65, 2**65 + 5, 2), range(-(2**80), 2**80, 2**79)):
    print(subject, bool(subject), list(subject), list(reversed(subject)), subject[:2], subject[::-1], hash(subject) == hash(range(subject.start, subject.stop, subject.step)))
    print(3 in subject, 5.0 in subject, "a" in subject, 2**65 + 2 in subject, subject.count(2), subject.start, subject.stop, subject.step, len(subject))
    attempt(subject.__getitem__, 1)
    attempt(subject.__getitem__, -1)
    attempt(subject.__getitem__, 100)
    attempt(subject.index, 8)
    attempt(subject.index, "a")
attempt(lambda: len(range(2**70)))
attempt(lambda: range(3)["a"])
attempt(lambda: range(3, step=2))
print(range(2**70)[2**69], range(2**70)[-1], range(0, 2**70, 3)[5:2**68:7], range(3) == range(0, 3, 1), range(0, 3, 2) == range(0, 4, 2), range(0) == range(2, 1), range(1) != range(2), range(3) == [0, 1, 2])
print(hash(range(0)), hash(range(1)), hash(range(10)), range(3).__reduce__(), iter(range(3)).__reduce__())
iterator = iter(range(10))
iterator.__setstate__(7)
print(iterator.__length_hint__(), list(iterator), list(iterator), type(iter(range(2**64))), type(reversed(range(3))))
print(list(range(2**63 - 3, 2**63 + 2)), list(range(-(2**63) + 2, -(2**63) - 3, -1)), range(10)[2:8][::2], range(5).index(True))
print(max(range(10)), sum(range(1000)), min(range(5, 0, -1)), sorted(range(3), reverse=True))

# Slices.
for args in [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), (None,), ("a", [], ())]:
    attempt(slice, *args)
for args in [(1, 10, 2), (None, None, -1), (-3, None), (5, 1, -2), (None, None, 2**70), ("a",), (None, None, 0), (-(2**70), 2**70)]:
    for length in (0, 5, 2**70):
        attempt(slice(*args).indices, length)
attempt(slice(1).indices, -1)
attempt(slice(1).indices, "a")
print(slice(1, 2) == slice(1, 2), slice(1, 2) < slice(1, 3), slice(1) == 5, hash(slice(1, 2)), slice(1, 2).__reduce__(), slice(1, 2, 3).step)
attempt(hash, slice([]))
attempt(lambda: slice(1).__init_subclass__ and type("S", (slice,), {}))


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


print([1, 2, 3][Index(1)], [1, 2, 3][Index(-2):], (1, 2, 3)[Index(0)], range(9)[Index(3)], "abc"[Index(2)], slice(Index(1), Index(4)).indices(Index(3)))

# enumerate, zip, map, filter, reversed, iter.
print(list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate("ab", start=2**63 - 1)), next(enumerate("a", -(2**70))), enumerate("ab", 3).__reduce__()[1][1])
attempt(enumerate)
attempt(enumerate, 5)
attempt(enumerate, [], "a")
attempt(enumerate, [], 1, 2)
attempt(enumerate, [], foo=1)
print(list(enumerate(iterable="a", start=1)), list(enumerate(start=1, iterable="a")))
print(list(zip()), list(zip("ab")), list(zip("abc", (1, 2))), list(zip("ab", (1, 2), range(2), strict=True)), dict(zip("ab", "cd")))
attempt(list, zip("ab", "c", strict=True))
attempt(list, zip("a", "cd", strict=True))
attempt(list, zip("ab", "cd", "e", strict=True))
attempt(list, zip("ab", "cd", "efg", strict=True))
attempt(zip, 5)
attempt(zip, [], foo=5)
print(list(map(str, range(3))), list(map(lambda a, b: a + b, (1, 2, 3), (4, 5))), list(map(max, "ab", "ba", strict=True)))
attempt(map, 5)
attempt(map)
attempt(list, map(5, [1]))
attempt(list, map(lambda *a: a, "ab", "c", strict=True))
print(list(filter(None, (0, 1, "", "a"))), list(filter(str.isdigit, "a1b2")), list(filter(bool, [0, 3])))
attempt(filter, None)
attempt(filter, None, 5)
print(list(reversed("abc")), list(reversed((1, 2))), reversed([1, 2]).__length_hint__(), list(reversed(range(3))))
attempt(reversed, 5)
attempt(reversed, {1})
attempt(reversed)
attempt(iter, 5)
attempt(iter, 5, 6)
count = iter(range(5))
print(list(iter(lambda: next(count), 3)), next(count))


class Sequence:
    def __init__(self, length):
        self.length = length

    def __getitem__(self, index):
        if index >= self.length:
            raise IndexError(index)
        return index * index

    def __len__(self):
        return self.length


class NotReversible(Sequence):
    __reversed__ = None


print(list(Sequence(4)), list(reversed(Sequence(4))), iter(Sequence(3)).__length_hint__(), 9 in Sequence(5), type(iter(Sequence(1))), [*zip(Sequence(3), Sequence(2))])
attempt(reversed, NotReversible(3))
iterator = iter(Sequence(5))
next(iterator)
print(iterator.__length_hint__(), iterator.__reduce__()[2], list(iterator), list(iterator))


class Stopping:
    def __getitem__(self, index):
        if index == 2:
            raise StopIteration
        return index


print(list(Stopping()))


class Failing:
    def __getitem__(self, index):
        raise ZeroDivisionError("item")

    def __len__(self):
        raise ValueError("length")


attempt(list, Failing())
attempt(reversed, Failing())


class Hinted:
    def __init__(self, hint):
        self.hint = hint

    def __iter__(self):
        return iter((1, 2))

    def __length_hint__(self):
        return self.hint


for hint in (5, NotImplemented, 0, "a", -1):
    attempt(list, Hinted(hint))
import types
space = types.SimpleNamespace(a=1, b="x")
space.c = space
print(space, types.SimpleNamespace({"a": 2}, b=3), types.SimpleNamespace([("q", 1)]), space == types.SimpleNamespace(a=1), types.SimpleNamespace(a=1) == types.SimpleNamespace(a=1))
del space.c, space.a
print(space, space.__dict__, space.__reduce__(), types.SimpleNamespace(a=1).__replace__(a=2, b=3), types.SimpleNamespace())
attempt(types.SimpleNamespace, 1)
attempt(types.SimpleNamespace, {1: 2})
attempt(types.SimpleNamespace, {}, {})
attempt(lambda: space.missing)
attempt(hash, space)
