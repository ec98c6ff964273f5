"""Hash and equality of keys: mutable keys, unequal hashes, equal across types, identity shortcuts, and lookups that raise."""


class Key:
    def __init__(self, value, hash_value):
        self.value, self.hash_value = value, hash_value

    def __eq__(self, other):
        log.append((self.value, getattr(other, "value", other)))
        return isinstance(other, Key) and self.value == other.value

    def __hash__(self):
        return self.hash_value

    def __repr__(self):
        return f"K{self.value}"


log = []
a, b, c = Key(1, 10), Key(1, 20), Key(2, 10)
d = {a: "a"}
print(d.get(b), log, d.get(c), log, d.get(a), d.get(Key(1, 10)), log)
a.hash_value = 99
print(a in d, list(d), d == {a: "a"}, [k in d for k in d])
a.hash_value = 10
print(a in d)
m = [1]


class ListKey(list):
    def __hash__(self):
        return len(self)


k = ListKey([1])
table = {k: "found"}
print(table[ListKey([1])])
k.append(2)
print(table.get(k), table.get(ListKey([1])), table.get(ListKey([1, 2])), list(table.items()))


class Raises:
    def __init__(self, in_eq=False):
        self.in_eq = in_eq

    def __hash__(self):
        if not self.in_eq:
            raise ValueError("in hash")
        return 1

    def __eq__(self, other):
        raise KeyError("in eq")


for action in (lambda: {Raises(): 1}, lambda: Raises() in {}, lambda: Raises() in set(), lambda: {Raises(True): 1, Raises(True): 2}, lambda: {1: 1}.get(Raises(True)), lambda: {1}.discard(Raises(True)), lambda: Raises(True) in [1], lambda: [Raises(True)].count(1), lambda: {1: 2} == {Raises(True): 2}, lambda: (Raises(True),) == (1,), lambda: {Raises(True)} == {1}, lambda: {1: 1}.pop(Raises(True), "default"), lambda: {1: 1}.setdefault(Raises(True)), lambda: {1}.add(Raises(True)), lambda: dict.fromkeys([1, Raises(True)])):
    try:
        print(action())
    except (ValueError, KeyError) as error:
        print(type(error).__name__, error)
print({1: "i", 1.0: "f", True: "b", 1 + 0j: "c"}, {"a": 1, b"a": 2}, {(1, 2): 1, (1.0, 2.0): 2}, {frozenset([1]): 1, frozenset([1.0]): 2}, len({0, 0.0, False, -0.0, 0j}), {2**53: 1}.get(2.0**53), {2**53 + 1: 1}.get(float(2**53)), {10**20: "big"}[1e20], {range(3): 1}.get(range(0, 3)), {"": 1, b"": 2, (): 3, frozenset(): 4})
print(hash(1) == hash(1.0) == hash(1 + 0j), hash((1, 2.0)) == hash((1.0, 2)), hash(2**61 - 1), hash(-(2**61)), hash(float(2**70)) == hash(2**70), hash(-1) == hash(-2), hash(None) == hash(None), hash(...) == hash(...), hash(int) == hash(int), hash(frozenset("abc")) == hash(frozenset("cba")), hash(slice(1, 2)) == hash(slice(1, 2)), hash(range(5)) == hash(range(0, 5)))


class Identity:
    pass


x, y = Identity(), Identity()
print(x == x, x == y, x in [y, x], {x: 1}.get(y), len({x, y, x}), hash(x) == hash(x), x != y)


class EqOnly:
    def __eq__(self, o):
        return True


class HashOnly:
    def __hash__(self):
        return 5


class Inherit(EqOnly):
    pass


class Restored(EqOnly):
    __hash__ = object.__hash__


for cls in (EqOnly, HashOnly, Inherit, Restored):
    try:
        print(cls.__name__, cls() in {cls(): 1}, cls() == cls())
    except TypeError as error:
        print(error)
nan = float("nan")
print(nan in {nan}, float("nan") in {nan}, {nan: 1} == {nan: 1}, [nan] == [nan], nan == nan, {nan, nan, float("nan")}.__len__(), hash(nan) == hash(nan), hash(nan) == hash(float("nan")) or "differs by object", (nan,) == (nan,), sorted([(nan, 1), (nan, 0)]) is not None)
order = {}
for key in ("z", 3, (1,), None, "a", 2.5, b"q", True):
    order[key] = len(order)
del order[3]
order["z"] = "updated"
order[3] = "again"
print(order, list(order)[0], list(reversed(order))[0])


class Counted:
    made = 0

    def __hash__(self):
        Counted.made += 1
        return 1


c = Counted()
s = {c}
t = {c: 1}
before = Counted.made
list(s), dict(t), set(s), t.copy(), s | set(), frozenset(s), {**t}, dict.fromkeys(t), s.copy()
print(Counted.made - before)
