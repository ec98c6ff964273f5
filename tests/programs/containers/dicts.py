# Expected output: made with CPython 3.14, `python dicts.py > dicts.out`.
"""Dicts: methods, views, order, and keys whose comparison interferes."""


def attempt(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error, *getattr(error, "__notes__", []), sep=": ")


print({}, dict(), dict(a=1, b=2), dict([(1, 2), "ab"]), dict({1: 2}, x=3), {**{"a": 1}, "b": 2}, dict(zip("ab", (1, 2))))
for args in [(1,), ([1],), ([(1, 2, 3)],), (1, 2), ([[1]],), ("ab",)]:
    attempt(dict, *args)
attempt(lambda: dict(**{1: 2}))
attempt(lambda: {[]: 1})
attempt(lambda: {}[[]])
attempt(lambda: {}[1])
attempt(lambda: {1: 2}["a"])

items = {"a": 1, "b": 2, 3: "c"}
for method, *args in [
    ("get", "a"), ("get", "x"), ("get", "x", 5), ("get",), ("get", []), ("pop", "a"), ("pop", "x"), ("pop", "x", 5), ("pop",),
    ("popitem",), ("setdefault", "a", 9), ("setdefault", "x", 9), ("setdefault", "y"), ("setdefault", []), ("copy",), ("clear",),
    ("keys",), ("values",), ("items",), ("update", {"b": 3, "z": 1}), ("update", [("q", 1)]), ("update", 5), ("update", [5]),
    ("update", 1, 2), ("__contains__", "a"), ("__contains__", []), ("__delitem__", "a"), ("__delitem__", "x"),
    ("__setitem__", "b", 7), ("__eq__", {"a": 1, "b": 2, 3: "c"}), ("__eq__", 5), ("__ne__", {}), ("__lt__", {}),
    ("__or__", {"b": 5}), ("__or__", 5), ("__ior__", [("w", 1)]), ("__ior__", 5), ("fromkeys", "abc"), ("fromkeys", "ab", 0),
    ("fromkeys", 5), ("fromkeys",), ("__len__",),
]:
    fresh = dict(items)
    try:
        print(method, args, getattr(fresh, method)(*args), fresh)
    except Exception as error:
        print(method, args, type(error).__name__, error, fresh)
attempt({}.popitem)
attempt({}.pop, [])
attempt(lambda: {} | 5)

# Order: insertion, not changed by replacing, new at the end after deleting.
order = {}
for name in "hello world":
    order[name] = order.get(name, 0) + 1
del order["l"]
order["l"] = "again"
print(order, list(reversed(order)), list(reversed(order.values())), list(reversed(order.items())))
numbers = {i: i * i for i in range(1000)}
for i in range(0, 1000, 3):
    del numbers[i]
for i in range(0, 1000, 7):
    numbers[i] = -i
print(len(numbers), sum(numbers), sum(numbers.values()), list(numbers)[:5], list(numbers)[-5:])
while len(numbers) > 3:
    numbers.popitem()
print(numbers)
for i in range(200):
    numbers[i % 5] = i
    numbers.pop((i + 2) % 5, None)
print(numbers)
print({1: "a", 1.0: "b", True: "c"}, {0: 1, False: 2, 0.0: 3, -0.0: 4}, {"a": 1, b"a": 2, ("a",): 3})
print({2**70: 1, float(2**70): 2, 0.5: 3, float("inf"): 4}, {None: 1, ...: 2, (): 3, (1, (2, 3)): 4})
nan = float("nan")
print({nan: 1}[nan], {nan: 1}.get(float("nan")))
print({"x": [1, 2]} == {"x": [1, 2]}, {1: 2} == {1.0: 2.0}, {1: 2} != {1: 3}, {1: 2, 3: 4} == {3: 4, 1: 2}, {} == [])

recursive = {1: 2}
recursive["self"] = recursive
recursive[3] = recursive.values()
recursive[4] = recursive.items()
print(recursive)

# Views.
left, right = {"a": 1, "b": 2, "c": 3}, {"b": 2, "c": 4, "d": 5}
for view in (left.keys(), left.items()):
    for other in (right.keys() if view is not left.items() else None, right.items(), {"a", "z"}, [("a", 1), "b"], frozenset("abc")):
        if other is None:
            continue
        try:
            print(sorted(map(str, view & other)), sorted(map(str, view | other)), sorted(map(str, view - other)), sorted(map(str, view ^ other)))
            print(view.isdisjoint(other), sorted(map(str, other & view)) if not isinstance(other, list) else None)
        except TypeError as error:
            print(error)
print(left.keys() == {"a", "b", "c"}, left.keys() < {"a", "b", "c", "d"}, left.keys() >= {"a"}, left.items() <= left.items(), left.keys() == ["a"])
print(("a", 1) in left.items(), ("a", 2) in left.items(), "a" in left.items(), ("a",) in left.items(), 2 in left.values(), "b" in left.keys())
print(left.keys(), left.values(), left.items(), {}.keys(), type(left.keys() & []), left.keys().mapping, len(left.items()))
print({1: []}.items() ^ {1: []}.items())
attempt(lambda: left.keys() & 5)
attempt(lambda: left.keys() | 5)
attempt(lambda: left.values() & {1})
attempt(hash, left.keys())
attempt(lambda: type(left.keys())())
keys = left.keys()
left["new"] = 1
print(keys, len(keys))

# Changes during iteration.
def iterate(change):
    subject = {"a": 1, "b": 2, "c": 3}
    seen = []
    try:
        for key in subject:
            seen.append(key)
            change(subject, key)
        print(seen, subject)
    except RuntimeError as error:
        print(seen, error)


iterate(lambda d, k: d.__setitem__(k, 0))
iterate(lambda d, k: d.__setitem__(k + "x", 0))
iterate(lambda d, k: d.pop(k))
iterate(lambda d, k: (d.pop(k), d.__setitem__(k, 1)))
iterate(lambda d, k: (d.pop("b", None), d.__setitem__("b", 1)))
iterate(lambda d, k: d.clear())
iterate(lambda d, k: d.update(a=1, b=3))
iterator = iter({1: 2, 3: 4})
print(iterator.__length_hint__(), next(iterator), iterator.__length_hint__(), iterator.__reduce__(), list(iterator), iterator.__length_hint__())
print(list(iter({1: 2}.items())), list(iter({1: 2}.values())), reversed({1: 2}.items()).__reduce__())

# Keys with methods of their own.
class Key:
    def __init__(self, name, hash_value=1):
        self.name, self.hash_value = name, hash_value

    def __hash__(self):
        return self.hash_value

    def __eq__(self, other):
        if action is not None:
            action()
        return isinstance(other, Key) and self.name == other.name

    def __repr__(self):
        return f"Key({self.name})"


action = None
keyed = {Key("a"): 1, Key("b"): 2, Key("c", 9): 3}
print(keyed[Key("a")], keyed[Key("b")], Key("c") in keyed, Key("c", 9) in keyed, keyed, 1 in keyed)


def meddle():
    global action
    action = None
    keyed.clear()
    keyed[Key("b")] = "other"


action = meddle
print(keyed.get(Key("b")), keyed)


def grow():
    global action
    action = None
    for i in range(100):
        keyed[i] = i


action = grow
keyed[Key("z")] = "z"
print(len(keyed), keyed[Key("z")], keyed[Key("b")], keyed[99])


class Bad:
    def __hash__(self):
        return 5

    def __eq__(self, other):
        raise ZeroDivisionError("no comparison")


class Unhashable:
    def __hash__(self):
        raise ValueError("no hash")


class Minus:
    def __hash__(self):
        return -1


bad = {Bad(): 1}
attempt(lambda: bad[Bad()])
attempt(lambda: bad.setdefault(Bad(), 1))
attempt(lambda: {Unhashable(): 1})
attempt(lambda: {5: 1}.get(Bad()))
print(hash(Minus()), {Minus(): 1}.popitem()[1])


class Text(str):
    def __hash__(self):
        return hash(str(self).lower())

    def __eq__(self, other):
        return str(self).lower() == str(other).lower()


texts = {"abc": 1}
print(texts.get(Text("ABC")), Text("ABC") in {"abc"}, {Text("ABC"): 2}.get("abc"))

# Subclasses.
class Defaulting(dict):
    def __missing__(self, key):
        return f"no {key}"


defaulting = Defaulting(a=1)
print(defaulting["a"], defaulting["b"], defaulting.get("b"), "b" in defaulting, type(defaulting.copy()), type(defaulting | {}), Defaulting.fromkeys("ab"))


class Mapping:
    def keys(self):
        return ["x", "y"]

    def __getitem__(self, key):
        return key * 2


print(dict(Mapping()), {}.__ior__(Mapping()), {"x": 1} | dict(Mapping()), dict(Mapping(), x="last"))


class Odd(dict):
    def keys(self):
        return ["only"]

    def __iter__(self):
        return iter(["only"])

    def __getitem__(self, key):
        return "odd"


print(dict(Odd(a=1)), {**Odd(a=1)})
print(dict[str, int], dict.fromkeys({3: 1, 1: 2}, 0), dict.fromkeys({5}, 0))
import types
proxy = types.MappingProxyType({"a": 1})
print(proxy, proxy["a"], len(proxy), "a" in proxy, list(proxy), proxy | {"b": 2}, {"b": 2} | proxy, proxy == {"a": 1}, proxy.get("x", 5), str(proxy), list(reversed(proxy)), proxy.copy())
attempt(lambda: proxy.__setitem__)
attempt(types.MappingProxyType, [])
attempt(hash, proxy)


def inplace():
    global proxy
    proxy |= {}


attempt(inplace)
attempt(types.MappingProxyType)
