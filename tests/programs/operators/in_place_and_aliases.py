"""What in-place operators change and what they make new: aliases of lists, dicts, sets, strings, tuples, deques, arrays of bytes."""
from collections import Counter, OrderedDict, UserList, deque


def check(make, operation, other):
    x = make()
    alias = x
    scope = {"x": x, "y": other() if callable(other) else other}
    try:
        exec(f"x {operation} y", scope)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    new = scope["x"]
    return f"{new!r} {'same' if new is alias else 'new'}, alias {alias!r}"


for make, operation, other in [
    (lambda: [1], "+=", (2, 3)), (lambda: [1], "+=", "ab"), (lambda: [1], "+=", 5), (lambda: [1], "*=", 3), (lambda: [1], "*=", -1), (lambda: [1], "*=", 1.5), (lambda: (1,), "+=", (2,)), (lambda: (1,), "+=", [2]), (lambda: (1,), "*=", 2), (lambda: "a", "+=", "b"), (lambda: "a", "+=", 1), (lambda: "a", "*=", 2), (lambda: "%s", "%=", 5), (lambda: {1}, "|=", {2}), (lambda: {1}, "|=", [2]), (lambda: {1, 2}, "&=", {2}), (lambda: {1, 2}, "-=", {2}), (lambda: {1, 2}, "^=", {2, 3}), (lambda: frozenset([1]), "|=", {2}), (lambda: {"a": 1}, "|=", {"b": 2}), (lambda: {"a": 1}, "|=", [("b", 2)]), (lambda: {"a": 1}, "|=", 5), (lambda: bytearray(b"a"), "+=", b"b"), (lambda: bytearray(b"a"), "*=", 3), (lambda: b"a", "+=", b"b"), (lambda: bytearray(b"%d"), "%=", 5), (lambda: deque([1]), "+=", [2]), (lambda: deque([1], 1), "+=", [2]), (lambda: deque([1]), "*=", 2), (lambda: deque([1], 2), "*=", 3), (lambda: Counter("ab"), "+=", Counter("b")), (lambda: Counter("ab"), "-=", Counter("b")), (lambda: Counter("ab"), "&=", Counter("b")), (lambda: Counter("a"), "|=", Counter("bb")), (lambda: OrderedDict(a=1), "|=", {"b": 2}), (lambda: UserList([1]), "+=", [2]), (lambda: UserList([1]), "*=", 2), (lambda: 5, "+=", 1), (lambda: 5, "/=", 2), (lambda: 5, "//=", 2), (lambda: 5, "%=", 3), (lambda: 5, "**=", 2), (lambda: 5, "<<=", 1), (lambda: 5, "&=", 4), (lambda: 1.5, "+=", 1), (lambda: 1.5, "//=", 1), (lambda: 1j, "*=", 1j), (lambda: True, "+=", True), (lambda: True, "&=", False), (lambda: None, "+=", 1), (lambda: range(3), "+=", [1]), (lambda: [1], "@=", [1]), (lambda: [1], "-=", [1]), (lambda: {1}, "+=", {2}), (lambda: "a", "|=", "b"), (lambda: int, "|=", str), (lambda: int | str, "|=", None), (lambda: memoryview(b"a"), "+=", b"b") if False else (lambda: b"a", "*=", 2),
]:
    print(repr(make()), operation, repr(other), "->", check(make, operation, other))


def default(x=[]):
    x += [len(x)]
    return x


print(default(), default(), default([9]))
a = b = [1]
a = a + [2]
print(a, b)
a = b
a += [2]
print(a, b)


class C:
    items = []
    count = 0


x, y = C(), C()
x.items += [1]
x.count += 1
print(C.items, y.items, x.__dict__, C.count, y.count)
t = ([],)
try:
    t[0] += [1]
except TypeError as error:
    print(t, error)
rows = [[0] * 3] * 2
rows[0][1] += 5
print(rows)
d = {}
d["k"] = d.get("k", 0) + 1
d["k"] += 1
try:
    d["z"] += 1
except KeyError as error:
    print(d, error)
i = 0
data = [1, 2, 3]


def index():
    global i
    i += 1
    return i - 1


data[index()] += 10
data[index()] *= data[index()]
print(data, i)
s = "x"
for _ in range(5):
    s += s[-1] + "-"
print(s)
nested = {"a": {"b": [1]}}
nested["a"]["b"] += [2]
nested["a"]["b"][0] -= 5
nested["a"] |= {"c": 3}
print(nested)
