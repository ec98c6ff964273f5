"""Hot unpacking of pairs and triples from tuples, lists, strings, generators, dicts and classes of one's own."""
from collections import namedtuple

Point = namedtuple("Point", "x y")


class Pair:
    def __init__(self, count):
        self.count = count

    def __iter__(self):
        return iter(range(self.count))


class Lying(tuple):
    def __iter__(self):
        return iter("lie")


class LyingList(list):
    def __len__(self):
        return 2

    def __iter__(self):
        return iter("ab")


def two(it):
    a, b = it
    return a, b if not isinstance(b, map) else sum(b)


def three(it):
    a, (b, c) = it
    return a, b, c


def starred(it):
    first, *middle, last = it
    return first, middle, type(last) if isinstance(last, map) else last


def generator(count):
    yield from range(count)


def hot(function, make, turns=60):
    for _ in range(turns):
        try:
            out = function(make())
        except (ValueError, TypeError) as error:
            out = str(error)
    return out


makers = [
    lambda: (1, 2), lambda: [1, 2], lambda: "ab", lambda: b"ab", lambda: Point(3, 4), lambda: {5: 6, 7: 8}, lambda: generator(2),
    lambda: (1,), lambda: [1, 2, 3], lambda: "", lambda: generator(3), lambda: Pair(2), lambda: Pair(1), lambda: Pair(9),
    lambda: 5, lambda: None, lambda: Lying((1, 2)), Lying, lambda: LyingList([1, 2, 3]), lambda: (1, (2, 3)), lambda: [1, "xy"],
    lambda: (1, map(int, "23")), lambda: range(2), lambda: enumerate("z"), lambda: zip("a", "b"), lambda: map(str, (1, 2)),
    lambda: (i for i in "pq"), lambda: {1: 2}.items(), lambda: type, lambda: (2**64, 1.5), lambda: [[], ()],
]
for index, make in enumerate(makers):
    print(index, hot(two, make), "/", hot(three, make), "/", hot(starred, make))


def swap_loop(n):
    a, b, c = 0, 1, 2
    for _ in range(n):
        a, b, c = c, a, b
        a, b = b, a
    return a, b, c


print(swap_loop(1000), swap_loop(1001))


def pairs(items):
    total = 0
    for index, (a, b) in enumerate(items):
        total += index * a * b
    return total


print(pairs([(1, 2)] * 50), pairs([[1, 2.5]] * 50), pairs(zip(range(9), range(9))))
a = b = 0
(a, b), [c, *d], e = [1, 2], "xyz", {1}
print(a, b, c, d, e)
