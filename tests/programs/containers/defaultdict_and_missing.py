"""__missing__ in subclasses of dict, defaultdict's factory that changes, raises or looks at the dict, and who calls it."""
from collections import ChainMap, Counter, OrderedDict, UserDict, defaultdict


class Loud(dict):
    def __missing__(self, key):
        log.append(key)
        if key == "bad":
            raise LookupError(key)
        self[key] = value = len(self)
        return value


log = []
d = Loud(a=9)
print(d["a"], d["b"], d.get("c"), "c" in d, d.setdefault("e", 5), d.pop("f", None), d, log)
for action in (lambda: d["bad"], lambda: "{x}".format_map(d), lambda: "%(y)s" % d, lambda: d | {}, lambda: {**d}, lambda: d.copy(), lambda: eval("z", {}, d), lambda: (lambda **k: k)(**d), lambda: [d[k] for k in "pq"]):
    try:
        print(action())
    except LookupError as error:
        print(type(error).__name__, error)
d = defaultdict(lambda: len(d))
print(d["x"], d["y"], d["x"], d.get("z"), dict(d), "z" in d)
d.default_factory = lambda: 1 / 0
try:
    d["w"]
except ZeroDivisionError as error:
    print(error, "w" in d)
d.default_factory = None
try:
    d["w"]
except KeyError as error:
    print(repr(error), d)
nested = defaultdict(lambda: defaultdict(int))
for a, b in ("xy", "xz", "xy", "ab"):
    nested[a][b] += 1
print(nested == {"x": {"y": 2, "z": 1}, "a": {"b": 1}}, type(nested.copy()).__name__, type(nested | {}).__name__, repr(defaultdict(int, a=1)), defaultdict(list) == {})


def grows():
    table["other"] = "added by the factory"
    return "made"


table = defaultdict(grows)
print(table["first"], dict(table))


class Own(defaultdict):
    def __missing__(self, key):
        return f"{key}?", super().__missing__(key)


print(Own(list)["k"], Own().__class__.__name__, Counter()["none"], UserDict().get("x", 1))


class Missing(UserDict):
    def __missing__(self, key):
        return key * 2


m = Missing(a=1)
print(m["a"], m["zz"], m.get("q"), "zz" in m, ChainMap({"a": 1}, {"b": 2})["b"])
for bad in (lambda: defaultdict(5), lambda: defaultdict(int, 5), lambda: defaultdict(int)[[]], lambda: defaultdict()["x"], lambda: ChainMap()["x"], lambda: OrderedDict()["x"], lambda: m[5j] and m[None]):
    try:
        print(bad())
    except (TypeError, KeyError) as error:
        print(type(error).__name__, error)
print(defaultdict.__missing__(defaultdict(int), "k"), defaultdict(int).__reduce__()[1], defaultdict(print).default_factory is print)
