"""sort, sorted, min and max with keys and comparisons that change the list, raise, mix types or break their promises."""
import functools
import random


class Item:
    compared = 0

    def __init__(self, key, tag=""):
        self.key, self.tag = key, tag

    def __lt__(self, other):
        Item.compared += 1
        return self.key < other.key

    def __repr__(self):
        return f"{self.key}{self.tag}"


items = [Item(n % 3, c) for n, c in enumerate("abcdefgh")]
print(sorted(items), sorted(items, reverse=True), sorted(items, key=lambda i: -i.key), min(items), max(items))
random.seed(3)
for n in (10, 100, 1000):
    data = [Item(random.randrange(n)) for _ in range(n)]
    Item.compared = 0
    ordered = sorted(data)
    print(n, Item.compared, all(a.key <= b.key for a, b in zip(ordered, ordered[1:])))
for shape in (range(500), range(500, 0, -1), [1, 2] * 250, [*range(250), *range(250)], [5] * 500):
    data = [Item(x) for x in shape]
    Item.compared = 0
    data.sort()
    print(Item.compared, end=" ")
print()
changing = [3, 1, 2]


def seen(x):
    snapshots.append(list(changing))
    return x


snapshots = []
changing.sort(key=seen)
print(changing, snapshots)


def grows(x):
    changing.append(9)
    return x


try:
    changing.sort(key=grows)
except ValueError as error:
    print(error, changing)


def clears(x):
    changing.clear()
    return x


try:
    changing.sort(key=clears)
    print(changing)
except ValueError as error:
    print(error, changing)
partial = [4, 3, 2, 1]
try:
    partial.sort(key=lambda x: 1 // (x - 2))
except ZeroDivisionError:
    print(partial)


class Fails(Item):
    def __lt__(self, other):
        if other.key == 2:
            raise LookupError("compared with 2")
        return self.key < other.key


failing = [Fails(k) for k in (5, 1, 4, 2, 3)]
try:
    failing.sort()
except LookupError as error:
    print(error, sorted(map(str, failing)))
for bad in ([1, "a"], [1, None, 2], [(1, "a"), (1, 2)], [1j, 2j], [{}, {}], [[1], (1,)], [2, 1.5, True, "x"]):
    try:
        print(sorted(bad))
    except TypeError as error:
        print(error)
print(sorted([0.0, -0.0, 0, False]), sorted([True, 1, 1.0, 0]), sorted([2, 1.5, True, -3]), sorted([float("nan"), 1, 0]), sorted(["B", "a", "Á", "á", "b"]), sorted([b"b", b"a\0", b"a"]))
print(sorted("hello", key=str.upper, reverse=True), sorted([[2], [1, 5], [1]]), sorted({3: 1, 1: 2}), sorted([{1, 2}, {1}, set()]), sorted([(1, 2), (1,)], key=len), sorted([-3, 2, -1], key=abs))
print(sorted(["10", "9", "1"], key=functools.cmp_to_key(lambda a, b: int(a) - int(b))), max("abc", "ab", key=len), min([], default="none"), max({"a": 1, "b": 5}.items(), key=lambda p: p[1]))
for action in (lambda: sorted([1], 5), lambda: sorted(5), lambda: [].sort(5), lambda: min(), lambda: max([]), lambda: min(5), lambda: max(1, 2, default=3), lambda: sorted([2, 1], key=5), lambda: min([1], key=1), lambda: sorted([1], key=None, reverse="yes")):
    try:
        print(action())
    except (TypeError, ValueError) as error:
        print(error)
