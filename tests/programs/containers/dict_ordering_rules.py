"""The order of dicts through updates, deletions, merges, pops, copies, comprehensions, keyword arguments and class bodies."""
d = dict(b=1, a=2)
d["c"] = 3
d["b"] = 10
print(list(d), d.pop("a"), list(d), d.setdefault("a", 5), list(d), d | {"b": 0, "z": 1}, {"z": 1} | d)
del d["b"]
d["b"] = 1
print(d, d.popitem(), d, list(reversed(d)), {**d, "c": 9, **{"q": 1}})
d.update(c=0, x=1)
d |= {"a": 6, "y": 2}
print(d, dict(sorted(d.items())), {v: k for k, v in d.items()}, dict(reversed(d.items())), dict.fromkeys("cab"), dict([("x", 1), ("y", 2), ("x", 3)]), {"x": 1, "y": 2, "x": 3})


def kw(**k):
    return list(k)


print(kw(b=1, a=2, **{"z": 0, "c": 1}), kw(**d), kw(**{"1": 1, "": 2}))


class Body:
    second = 1
    first = 2
    second = 3
    del first
    first = 4


print([k for k in vars(Body) if not k.startswith("__")], Body.__annotations__)


class I:
    def __init__(self, flip):
        if flip:
            self.b = self.a = 1
        else:
            self.a = self.b = 1
        del self.a
        self.a = 2


print(vars(I(True)), vars(I(False)), vars(I(True)) == vars(I(False)))
big = {i: i for i in range(20)}
for i in range(0, 20, 2):
    del big[i]
for i in (4, 100, 0):
    big[i] = "new"
print(list(big), list(big.copy()), list(dict(big)), next(iter(big)), list(big)[-1], len(big))
print({1: "a", True: "b", 1.0: "c"}, list({"a": 1}.items() | {("b", 2)}) != [], {"a": {"z": 1, "y": 2}} == {"a": {"y": 2, "z": 1}}, str({"k": {}}), {} == dict(), {**{}}, dict(**{}, a=1), {(): 1}[()])
x = {"a": 1}
for key in list(x):
    x[key + key] = 0
print(x, {k: x for k, x in zip("ab", (1, 2))}, x)
