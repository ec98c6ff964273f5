"""Sets whose elements compare oddly, change while operated on, and mix with frozensets, dict views and subclasses."""


class E:
    def __init__(self, n, action=None):
        self.n, self.action = n, action

    def __hash__(self):
        return 7

    def __eq__(self, other):
        log.append((self.n, getattr(other, "n", other)))
        if self.action:
            self.action()
        return isinstance(other, E) and self.n == other.n

    def __repr__(self):
        return f"E{self.n}"


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


log = []
a, b, c = E(1), E(2), E(1)
s = {a, b}
print(log, c in s, log, len({a, c}), len(log))
log.clear()
s = {a}
print(attempt(lambda: E(5, s.clear) in s), s)
s = {a}
print(attempt(lambda: s.add(E(1, lambda: s.discard(a)))), len(s))
s, t = {1, 2, 3}, frozenset({2, 3, 4})
print(s & t, type(s & t).__name__, type(t & s).__name__, s | t, s - t, t - s, s ^ t, s <= t, s.isdisjoint({9}), s == {3, 2, 1}, s == t, {1} < s, s > {1}, s.issubset(range(5)), s.issuperset([1]), hash(t) == hash(frozenset([4, 3, 2])))
for bad in (lambda: s | [1], lambda: s.__or__([1]), lambda: s < [1], lambda: s & "a", lambda: {[]}, lambda: {{1}}, lambda: s.add([]), lambda: [] in s, lambda: {1} in {frozenset({1})}, lambda: s.remove(99), lambda: set().pop(), lambda: s.update(5), lambda: hash(s), lambda: frozenset().add(1), lambda: s[0], lambda: set(1, 2), lambda: set(a=1), lambda: s + s, lambda: s * 2, lambda: s.union(1), lambda: s.intersection(), lambda: s.remove({5}), lambda: frozenset([[]]), lambda: s.difference([[]]), lambda: s.intersection([[]]), lambda: s.symmetric_difference_update([[]])):
    print(attempt(bad), end="; ")
print()


class Sub(set):
    def __contains__(self, x):
        return True

    def __iter__(self):
        return iter([1, 99])

    def __len__(self):
        return 50


u = Sub([5])
print(len(u), 7 in u, list(u), sorted(set(u)), sorted(u | {1}), sorted({1} | u), type(u & {5}).__name__, u == {5}, {5} == u, sorted(u.copy()), type(u.copy()).__name__, sorted(set().union(u)), bool(u), u.issubset({5}), set(u) == u, sorted(frozenset(u)))
x = {1, 2}
y = x
x |= {3}
x -= {1}
x ^= {2, 9}
x &= {3, 9, 5}
print(x is y, sorted(x), attempt(lambda: exec("x += {1}", {"x": x})))
f = g = frozenset([1])
f |= {2}
print(f == {1, 2}, g == {1}, frozenset(g) is g, set(g) is not g, frozenset() is frozenset(), g.copy() is g, g.union() is g)
x = set(range(10))
out = []
try:
    for item in x:
        out.append(item)
        x.discard(item)
except RuntimeError as error:
    print(out, error)
x = {1}
out = []
try:
    for item in x:
        x.add(item + 1)
        x.remove(item)
        if item > 3:
            break
except RuntimeError as error:
    print(error)
print({True, 1, 1.0, 1 + 0j}, {0, False, -0.0}, {1, "1", b"1"} == {"1", 1, b"1"}, len({float("nan"), float("nan")}), len({(n := float("nan")), n}), {1, 2} & {2: 0}.keys(), {("a", 1)} <= {"a": 1}.items(), {2, 1} - {1: 0}.keys())
