"""dict: order, views, updates, merges, missing keys, comparisons, odd keys and values, subclass hooks."""
d = {"b": 1, "a": 2}
d["c"] = 3
d["b"] = 10
del d["a"]
d["a"] = 4
print(d, list(d), list(reversed(d)), d.popitem(), d.pop("zz", "default"), d.setdefault("q", []), d.setdefault("b", 5), d)
keys, values, items = d.keys(), d.values(), d.items()
d["new"] = 1
print(keys, values, items, len(keys), "new" in keys, ("new", 1) in items, 1 in values, ("new", 2) in items, 5 in items, (1, 2, 3) in items)
print(sorted(keys & {"b", "zz"}), sorted(keys | ["x"]), sorted(keys - {"b"}), sorted(keys ^ {"b", "y"}), keys == {"b", "c", "q", "new"}, keys >= {"b"}, keys < {"b", "c", "q", "new", "o"}, keys.isdisjoint([]), sorted([1, 2] & {1: 1}.keys()))
print({1: 1}.items() & {(1, 1)}, {1: 1}.items() == {(1, 1)}, {1: 1}.keys() == [1], {1: 1}.values() == {1: 1}.values(), dict(a=1).keys() == dict(a=2).keys(), keys.mapping["b"], type(keys.mapping).__name__)
for action in (lambda: keys.mapping.__setitem__(1, 2), lambda: {1: []}.items() | set(), lambda: {1: []}.items() & {(1, 2)}, lambda: hash(keys), lambda: keys[0], lambda: keys & 5, lambda: keys < 5, lambda: values & values, lambda: d[[]], lambda: d.pop(), lambda: d.pop("no"), lambda: {}.popitem(), lambda: dict(5), lambda: dict([1]), lambda: dict([(1,)]), lambda: dict([(1, 2, 3)]), lambda: dict([[1, 2], "ab"]), lambda: dict(None), lambda: dict({}, {}), lambda: {**5}, lambda: {} | [], lambda: {} | None, lambda: {}.fromkeys(5), lambda: dict.fromkeys([[]]), lambda: d.update(5), lambda: d.update([1]), lambda: d < d, lambda: d + d, lambda: {}.__getitem__(), lambda: d.get(), lambda: reversed({}.values()).__next__(), lambda: dict(**{1: 2}), lambda: {[]: 1}, lambda: d.__missing__):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)
print({1: "a"} | {1: "b", 2: "c"}, {2: 0} | {1: "x"}, dict([("a", 1)], b=2, a=3), dict({"x": 1}, x=2), dict(zip("ab", range(2))), {**{"a": 1}, "a": 2}, dict.fromkeys("aab", 0), dict.fromkeys([]))
m = {"a": 1}
m |= [("b", 2)]
m |= {"a": 3}.items()
m.update({"c": 1}, d=2), m.update([("e", 1)]), m.update()
print(m, m == dict(reversed(m.items())), {1: 1} == {1.0: True}, {1: 1} != {1: 2}, {} == [], bool({}), {1: float("nan")} == {1: float("nan")})
print({True: "t", 1: "one", 1.0: "float"}, {0: "a", -0.0: "b", False: "c"}, {(1, 2): 1}[(1, 2)], {frozenset([1]): 1}[frozenset([1])], {None: 1, ...: 2, int: 3}, {"a": {"b": {}}}["a"]["b"], {1j: 1}, {b"a": 1, "a": 2})
nan = float("nan")
print({nan: 1}[nan], float("nan") in {nan: 1}, len({nan: 1, float("nan"): 2}))


class Defaults(dict):
    def __missing__(self, key):
        self[key] = f"made {key}"
        return self[key]


x = Defaults()
print(x["a"], x, x.get("b"), "b" in x, x.setdefault("c", 1), dict.__getitem__(x, "zz"), x)


class Loud(dict):
    def __getitem__(self, key):
        print("getitem", key)
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        print("setitem", key)
        super().__setitem__(key, value)

    def keys(self):
        print("keys")
        return super().keys()

    def __iter__(self):
        print("iter")
        return super().__iter__()

    def __contains__(self, key):
        print("contains")
        return super().__contains__(key)


loud = Loud(a=1)
loud["b"] = 2
loud.update(c=3)
print(loud.get("a"), loud.setdefault("d", 4), loud.pop("d"), dict(loud), {**loud}, loud | {}, type(loud | {}).__name__, type(loud.copy()).__name__, "a" in loud, list(loud), len(loud), loud == {"a": 1, "b": 2, "c": 3})
print((lambda **kw: kw)(**loud), "%(a)s" % loud, "{a}".format_map(loud))


class Keys:
    def keys(self):
        return iter(["k1", "k2"])

    def __getitem__(self, key):
        return key.upper()


print(dict(Keys()), {**Keys()}, {} | dict(Keys()))
big = {i: i * i for i in range(1000)}
for i in range(0, 1000, 3):
    del big[i]
for i in range(0, 1000, 7):
    big[i] = "again"
print(len(big), list(big)[:5], list(big)[-5:], sum(1 for v in big.values() if v == "again"))
big.clear()
print(big, list(big), big.get(1))
print({k: v for k, v in sorted({"b": 1, "a": 2}.items(), key=lambda item: item[1])}, max({"a": 3, "b": 1}, key={"a": 3, "b": 1}.get), sorted({3: "c", 1: "a"}), dict(sorted({3: "c", 1: "a"}.items())), min({2: 1, 1: 2}), any({0: 1}), list({"ab": 1}.items())[0])
print(d.__class_getitem__(int) if False else dict[str, int], {}.__sizeof__() > 0, d.copy() is not d, repr({"a": {1: [2, (3,)]}}), str({1: "x", "y": b"z"}))
a, b = {}, {}
a["b"], b["a"] = b, a
print(a, b)
print(list({1: 1, 2: 2}.items().__iter__().__reduce__()[1]), next(iter({5: 6})), [*{1: 2}], {*{1: 2}}, tuple({1: 2}.values()), iter({}).__length_hint__(), list(reversed({1: 2, 3: 4}.items())))
