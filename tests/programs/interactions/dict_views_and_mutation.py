"""Views, iterators and set operations on dicts while these change, with keys that misbehave in __hash__ and __eq__."""
from collections import ChainMap, OrderedDict, defaultdict
from types import MappingProxyType


class Key:
    def __init__(self, name, on_eq=None):
        self.name, self.on_eq = name, on_eq

    def __hash__(self):
        return 42

    def __eq__(self, other):
        log.append(f"{self.name}=={getattr(other, 'name', other)}")
        if self.on_eq:
            self.on_eq()
        return isinstance(other, Key) and self.name == other.name

    def __repr__(self):
        return self.name


log = []
table = {Key("a"): 1, Key("b"): 2}
log.clear()
print(table[Key("b")], log)
log.clear()
print(Key("c") in table, log)
log.clear()


def clear():
    table.clear()


try:
    print(table.get(Key("b", clear), "gone"), table)
except RuntimeError as error:
    print(error)
table = {Key("a"): 1}


def add():
    if len(table) < 50:
        for i in range(60):
            table[i] = i


print(table.setdefault(Key("a", add), "new"), len(table))
d = {"a": 1, "b": 2}
keys, values, items = d.keys(), d.values(), d.items()
d["c"] = 3
print(keys, values, items, len(keys), keys & {"a", "z"}, keys | ["q"] == {"a", "b", "c", "q"}, items - {("a", 1)} == {("b", 2), ("c", 3)}, keys ^ {"a"} == {"b", "c"})
print(keys == {"a", "b", "c"}, keys >= {"a"}, keys.isdisjoint("xy"), ("a", 1) in items, ("a", 1.0) in items, 3 in values, keys.mapping["a"], list(reversed(keys)), list(reversed(d.items())), keys < d.keys())
for action in (lambda it: d.update(z=1), lambda it: d.pop("a", None), lambda it: d.__setitem__("b", 99), lambda it: (d.pop("b"), d.__setitem__("b2", 1)), lambda it: d.clear()):
    d.clear()
    d.update(a=1, b=2, c=3)
    out = []
    iterator = iter(d)
    try:
        for key in iterator:
            out.append(key)
            if len(out) == 1:
                action(iterator)
    except RuntimeError as error:
        out.append(str(error))
    try:
        print(out, next(iterator, "ended"), iterator.__length_hint__())
    except RuntimeError as error:
        print(out, error)
for kind in (OrderedDict, defaultdict, dict):
    t = kind(**{"x": 1, "y": 2}) if kind is not defaultdict else defaultdict(list, x=1, y=2)
    out = []
    try:
        for k in t:
            out.append(k)
            t["new" + k] = 0
    except RuntimeError as error:
        out.append(str(error))
    print(kind.__name__, out)
proxy = MappingProxyType(d)
d["later"] = 1
chain = ChainMap({}, d)
chain["own"] = 2
print(proxy, chain["later"], len(chain), proxy | {"z": 1}, {**proxy, **chain} == {"later": 1, "own": 2}, list(chain), chain.maps[0])
for action in (lambda: proxy.__setitem__, lambda: proxy | 5, lambda: keys + keys, lambda: hash(keys), lambda: values == values, lambda: d.values() == d.values(), lambda: {}.popitem(), lambda: chain.pop("later"), lambda: d["no"], lambda: dict([1]), lambda: dict([(1, 2, 3)]),
               lambda: dict(5), lambda: {}.update(1), lambda: dict.fromkeys(5), lambda: {[]: 1}, lambda: d.get([]), lambda: items & 5, lambda: {1: 2} < {1: 3}, lambda: d.pop(), lambda: {}.setdefault(), lambda: iter(proxy).__length_hint__()):
    try:
        print(action())
    except (TypeError, AttributeError, KeyError, ValueError) as error:
        print(type(error).__name__, error)
print(d | {"a": 5} | {"later": 9}, {"a": 1} == OrderedDict(a=1), OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), dict(a=1, **{"b c": 2}), {1: "int", True: "bool", 1.0: "float"}, {**{"a": 1}, "a": 2})
