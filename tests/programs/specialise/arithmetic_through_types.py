"""One hot arithmetic expression that meets ints, big ints, floats, bools, fractions and user classes in turn."""
from decimal import Decimal
from fractions import Fraction


class Vec:
    def __init__(self, *parts):
        self.parts = parts

    def __add__(self, other):
        if isinstance(other, Vec):
            return Vec(*map(sum, zip(self.parts, other.parts)))
        return NotImplemented

    def __radd__(self, other):
        return Vec(*(other + part for part in self.parts))

    def __mul__(self, other):
        return Vec(*(part * other for part in self.parts))

    def __sub__(self, other):
        return self + other * -1

    def __repr__(self):
        return f"Vec{self.parts}"


class MyInt(int):
    def __add__(self, other):
        return MyInt(int(self) + int(other) + 1)

    __radd__ = __add__


def combine(a, b):
    return a + b, a * 2, a - b


def hot(a, b, turns):
    for _ in range(turns):
        result = combine(a, b)
    return result


pairs = [
    (1, 2), (2**62, 2**62), (10**30, -1), (1.5, 2), (True, False), (1, 2.5), (2**62 - 1, 1), (-2**62, -1),
    (Fraction(1, 3), 2), (Decimal("0.1"), 2), (1j, 2), (Vec(1, 2), Vec(3, 4)), (MyInt(3), 4), (4, MyInt(3)), (1e308, 1e308),
    (float("inf"), float("-inf")), (0.0, -0.0), (5, 6),
]
for a, b in pairs:
    print(a, b, hot(a, b, 120))
for a, b in reversed(pairs):
    print(repr(hot(a, b, 3)[0]), end=" ")
print()


def mixed(turns):
    total = 0
    for index in range(turns):
        total = total + (index, index / 2, 2**62, True)[index % 4]
    return total


print(mixed(2000))
for a, b in ((1, "a"), ("a", 1), ([1], (2,)), (None, 1), (Vec(1), "x")):
    try:
        print(hot(a, b, 1))
    except TypeError as error:
        print(error)


def grow(start, turns):
    value = start
    for _ in range(turns):
        value = value + value
    return value


print(grow(1, 200), grow(1.0, 1100), grow("ab", 3), grow(Vec(1, 1), 70), grow([1], 3), grow((0,), 2))
