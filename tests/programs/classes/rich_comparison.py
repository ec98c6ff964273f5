"""Rich comparison: reflections, default equality, inherited hashes, total_ordering, identity shortcuts."""
import functools


class Base:
    def __init__(self, v):
        self.v = v

    def __repr__(self):
        return f"{type(self).__name__}({self.v})"


class Lt(Base):
    def __lt__(self, other):
        print("  lt", self, other)
        return self.v < other.v


print(Lt(1) < Lt(2), Lt(1) > Lt(2))
try:
    Lt(1) <= Lt(2)
except TypeError as error:
    print(error)


class Sub(Lt):
    def __gt__(self, other):
        print("  Sub.gt", self, other)
        return "sub"


print(Lt(1) < Sub(2), Sub(1) < Lt(2), Lt(3) > Sub(1))


class Eq(Base):
    def __eq__(self, other):
        print("  eq", self, other)
        return isinstance(other, Eq) and self.v == other.v


print(Eq.__hash__)
try:
    hash(Eq(1))
except TypeError as error:
    print(error)
try:
    {Eq(1)}
except TypeError as error:
    print(error)
try:
    {Eq(1): 1}
except TypeError as error:
    print(error)
print(Eq(1) != Eq(1), Eq(1) != Eq(2), Eq(1) == 1, 1 == Eq(1))


class Hashed(Eq):
    __hash__ = Base.__hash__


print(isinstance(hash(Hashed(1)), int))


class Ne(Base):
    def __ne__(self, other):
        return "ne"


n = Ne(1)
print(n != n, n == n, n == Ne(1), hash(n) == object.__hash__(n))


class Always:
    def __eq__(self, other):
        return True

    __hash__ = None


a = Always()
print(a == 5, 5 == a, a in [1, 2], [1, a].index(7), [3, 4].count(a))


class Never:
    def __eq__(self, other):
        return False

    def __hash__(self):
        return 1


n = Never()
print(n == n, n in [n], [n] == [n], n in {n}, {n: 1} == {n: 1}, (n,) == (n,), [n].index(n))


@functools.total_ordering
class Version(Base):
    def __eq__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return self.v == other.v

    def __lt__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return self.v < other.v


one, two = Version(1), Version(2)
print(one < two, one <= two, one > two, one >= two, one <= Version(1), one >= Version(1))
try:
    one >= 5
except TypeError as error:
    print(error)
try:
    functools.total_ordering(type("Bare", (), {}))
except ValueError as error:
    print(error)
print(sorted([Version(3), Version(1), Version(2)]), max(one, two), min([two, one]))


class Key:
    def __init__(self, v):
        self.v = v

    def __hash__(self):
        return self.v % 2

    def __eq__(self, other):
        print("  compare", self.v, other.v)
        return self.v == other.v


table = {Key(1): "one"}
print(table.get(Key(3)), table.get(Key(2)), table.get(Key(1)))
key = Key(5)
table = {key: 1}
print(table[key])


class BadHash:
    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return self.value


for value in ("x", 1.5, None, 2**70, -1, True):
    try:
        print(hash(BadHash(value)))
    except TypeError as error:
        print(error)
print(hash(2**61 - 1), hash(-1), hash(1.0), hash(True), hash(2**61), hash(float("inf")), hash(0.5), hash(-2))
print(hash((1, 2)) == hash((1, 2)), hash(frozenset([1, 2])) == hash(frozenset([2, 1])))
