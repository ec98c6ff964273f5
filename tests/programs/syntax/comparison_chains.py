"""Chained comparisons: each operand once, short circuits, identity, membership, rich comparison results that are no bools."""


class Traced:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        print(f"  {self.value} < {other.value}")
        return self.value < other.value

    def __eq__(self, other):
        print(f"  {self.value} == {other.value}")
        return self.value == other.value

    def __contains__(self, item):
        print(f"  {item} in {self.value}")
        return "yes"

    __hash__ = None


def t(value):
    print("  make", value)
    return Traced(value)


print(t(1) < t(2) < t(3))
print(t(1) < t(0) < t(3))
print(t(1) < t(2) == t(2) != t(4))
print(not t(5) < t(6))
print("a" in t(1))
print("a" not in t(1))

print(1 < 2 < 3 < 4, 1 < 3 < 2 < 1 / 1, 1 < 0 < 1 / 1)
print(1 == 1.0 == True is True)
print(1 in [1] == True)
print((1 in [1]) == True)
print(None is None is not False)
print([] is [], () is (), not () is None)


class Vector:
    def __init__(self, *items):
        self.items = items

    def __gt__(self, other):
        return Vector(*(a > b for a, b in zip(self.items, other.items)))

    def __lt__(self, other):
        return Vector(*(a < b for a, b in zip(self.items, other.items)))

    def __repr__(self):
        return f"Vector{self.items}"


print(Vector(1, 2) < Vector(2, 1), Vector(1, 2) > Vector(2, 1))
print(Vector(1, 2) < Vector(2, 1) < Vector(0, 0))


class NoTruth:
    def __lt__(self, other):
        return self

    def __bool__(self):
        raise ValueError("no truth")


print(type(NoTruth() < 1).__name__)
try:
    NoTruth() < 1 < 2
except ValueError as error:
    print(error)

for operator in ("<", "<=", ">", ">="):
    for left, right in [("1", "'a'"), ("None", "0"), ("[]", "()"), ("{}", "{}"), ("1j", "2"), ("object", "object"), ("print", "len")]:
        try:
            print(eval(f"{left} {operator} {right}"))
        except TypeError as error:
            print(error)
try:
    1 in 2
except TypeError as error:
    print(error)
try:
    1 in "abc"
except TypeError as error:
    print(error)
try:
    [] in {}
except TypeError as error:
    print(error)

nan = float("nan")
print(nan == nan, nan in [nan], [nan] == [nan], nan != nan, nan < nan)
print((1, 2) < (1, 2, 3), [1, 3] > [1, 2, 9], "a" < "b" < "ba", b"a" <= b"a")
print({1} < {1, 2} <= {1, 2} != {3}, frozenset([1]) == {1})
