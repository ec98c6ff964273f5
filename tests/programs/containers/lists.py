# Expected output: made with CPython 3.14, `python lists.py > lists.out`.
"""Lists: methods, slices, sorting, and what happens when they change while they are looked at."""


def attempt(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error, sep=": ")


def changed(items, method, *args):
    try:
        result = getattr(items, method)(*args)
        print(method, args, result, items)
    except Exception as error:
        print(method, args, type(error).__name__, error, items)


print(list(), list("abc"), list((1, 2)), list({1: 2}), list(range(3)), [*range(3), *"xy"])
for args in [(1, 2), (5,), (None,)]:
    attempt(list, *args)
attempt(lambda: list(a=1))

for method, *args in [
    ("append", 4), ("append",), ("extend", [5, 6]), ("extend", 7), ("extend", "ab"), ("insert", 0, 0), ("insert", -1, 9),
    ("insert", 100, 100), ("insert", "a", 1), ("pop",), ("pop", 0), ("pop", -2), ("pop", 50), ("pop", "a"), ("remove", 2),
    ("remove", 99), ("reverse",), ("copy",), ("count", 3), ("index", 3), ("index", 99), ("clear",), ("index", 3, 1),
    ("index", 3, -1), ("index", 1, 0, 2), ("index", 3, 0, -1), ("index", 1, None), ("sort",), ("sort", 1),
    ("__setitem__", 0, 5), ("__setitem__", 10, 5), ("__delitem__", 0), ("__delitem__", 10), ("__getitem__", -3),
    ("__getitem__", -4), ("__getitem__", 2.0), ("__getitem__", slice(None, None, -1)), ("__contains__", 2),
    ("__mul__", 2), ("__mul__", -1), ("__imul__", 2), ("__imul__", 0), ("__add__", [1]), ("__add__", (1,)), ("__iadd__", (1,)),
    ("__eq__", [1, 2, 3]), ("__lt__", [1, 2, 4]), ("__lt__", (1,)), ("__reversed__",),
]:
    if method != "__reversed__":
        changed([1, 2, 3], method, *args)

for start in (None, -7, -3, -1, 0, 1, 3, 8):
    for stop in (None, -6, -2, 0, 2, 4, 9):
        for step in (None, -3, -1, 1, 2, 7):
            taken = list(range(5))[start:stop:step]
            print(taken, end=" ")
            items = list(range(5))
            try:
                items[start:stop:step] = [10] * len(taken)
                print(items, end=" ")
                del items[start:stop:step]
                print(items)
            except ValueError as error:
                print(error)

items = list(range(10))
items[2:5] = "ab"
print(items)
items[3:3] = items
print(items)
items[::2] = items[::-2][:len(items[::2])]
print(items)
del items[1::3]
print(items)
items[:] = []
print(items)
attempt(items.__setitem__, slice(0, 1), 5)
attempt([1, 2, 3].__setitem__, slice(0, 3, 2), [1])
attempt([1, 2, 3].__setitem__, slice(None, None, 0), [1])
attempt([1, 2, 3].__getitem__, slice("a", None))
attempt(lambda: [1] < ["a"])
attempt(lambda: [] + ())
attempt(lambda: [1] * 1.5)
attempt(lambda: [1] * (1 << 70))
print([1, [2, [3]]] == [1, [2, [3]]], [1] != [1.0], [1, 2] < [1, 3], [1] < [1, 0], [] < [], [2] >= [1, 9], [1, 2] <= [1, 2])

recursive = [1]
recursive.append(recursive)
recursive.append((recursive, {"self": recursive}))
print(recursive)

# Sorting.
words = "the quick brown fox jumps over the lazy dog".split()
print(sorted(words), sorted(words, key=len), sorted(words, key=lambda w: (w[-1], -len(w)), reverse=True))
print(sorted([3, 1.5, True, 2, -7, 10**20, 0.1]), sorted([(1, "b"), (1, "a"), (0, "z")]), sorted("hello"), sorted([], reverse=True))
pairs = [(i * 7919 % 13, i) for i in range(60)]
print(sorted(pairs, key=lambda pair: pair[0]))
print(sorted(pairs, key=lambda pair: pair[0], reverse=True))
print(sorted([5, 3, 8, 1], key=float.__neg__) if False else sorted([5, 3, 8, 1], key=lambda x: -x))
attempt(sorted, [1, "a"])
attempt(sorted, [1, 2], key=5)
attempt([1].sort, 5)
attempt(sorted)

compared = []


class Loud:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        compared.append((self.value, other.value))
        return self.value < other.value

    def __repr__(self):
        return f"<{self.value}>"


for values in ([3, 1, 2], [1, 2, 3, 4], [4, 3, 2, 1], [2, 2, 1, 1, 3, 3], [(i * 37) % 101 for i in range(100)], [5, 5, 5, 4, 4, 3, 9]):
    compared.clear()
    print(sorted(map(Loud, values))[:12], len(compared), sum(i * (a - b) for i, (a, b) in enumerate(compared)))


class Failing(Loud):
    def __lt__(self, other):
        if other.value == 13:
            raise ValueError("unlucky")
        return self.value < other.value


items = [Failing((i * 7) % 40) for i in range(40)]
try:
    items.sort()
except ValueError as error:
    print(error, sorted(item.value for item in items) == list(range(40)))


class Meddling(Loud):
    def __lt__(self, other):
        victim.append(1)
        return self.value < other.value


victim = [Meddling(i) for i in (2, 1, 3)]
try:
    victim.sort()
except ValueError as error:
    print(error, victim)


def empty_while_sorting(item):
    print(len(seen), end=" ")
    return item


seen = [3, 1, 2]
seen.sort(key=empty_while_sorting)
print(seen)

# Changes during iteration and comparison.
items = [1, 2, 3]
for item in items:
    if item < 6:
        items.append(item + 3)
print(items)
items = list(range(6))
for item in items:
    items.remove(item)
print(items)


class Shrinking:
    def __eq__(self, other):
        shrunk.clear()
        return False


shrunk = [Shrinking(), 1, 2]
print(shrunk.count(1), shrunk)
shrunk = [Shrinking(), 1, 2]
attempt(lambda: shrunk.index(1))
shrunk = [Shrinking(), 1, 2]
print(1 in shrunk, shrunk == [1, 1, 1])
shrunk = [Shrinking(), 1, 2]
print(shrunk == [1, 1, 1], [1, 1, 1] == shrunk)


class Growing(list):
    def __len__(self):
        return 1000


print(list(Growing([1, 2])), len(Growing([1, 2])), [*Growing("ab")])


class Sub(list):
    pass


sub = Sub([1, 2])
sub.name = "sub"
print(sub, sub.name, type(sub + [3]), type(sub[:]), type(sub.copy()), type(sub * 2), sub == [1, 2], isinstance(sub, list))


class WithKeywords(list):
    def __init__(self, items, extra=None):
        super().__init__(items)
        self.extra = extra


print(WithKeywords([1], extra=2), WithKeywords([1], extra=2).extra)

# Iterators.
iterator = iter([1, 2, 3])
print(iterator.__length_hint__(), next(iterator), iterator.__length_hint__(), list(iterator), list(iterator), iterator.__length_hint__())
iterator = reversed([1, 2, 3])
print(iterator.__length_hint__(), next(iterator), list(iterator), next(iterator, "end"))
growing = [1]
iterator = iter(growing)
print(list(iterator))
growing.append(2)
print(list(iterator))
iterator = iter([1, 2, 3, 4])
iterator.__setstate__(2)
print(list(iterator))
function, arguments, state = iter([1, 2]).__reduce__()
print(function, arguments, state, reversed([1, 2]).__reduce__())
exhausted = iter([])
list(exhausted)
print(exhausted.__reduce__())
print(list[int], list[int, str])
print([1, 2, 3].__sizeof__() > 0, hash is not None)
attempt(hash, [])
attempt(list.append, 5, 6)
