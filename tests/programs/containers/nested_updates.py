"""Changing nested structures through every access path: setdefault chains, get with defaults, starred targets, aliases and deep merges."""


def merge(a, b):
    out = dict(a)
    for key, value in b.items():
        if isinstance(value, dict) and isinstance(out.get(key), dict):
            out[key] = merge(out[key], value)
        elif isinstance(value, list) and isinstance(out.get(key), list):
            out[key] = [*out[key], *value]
        else:
            out[key] = value
    return out


def walk(x, path=()):
    match x:
        case dict():
            for k, v in x.items():
                yield from walk(v, (*path, k))
        case list() | tuple():
            for i, v in enumerate(x):
                yield from walk(v, (*path, i))
        case _:
            yield path, x


def put(x, path, value):
    *front, last = path
    for key in front:
        x = x.setdefault(key, {}) if isinstance(x, dict) else x[key]
    x[last] = value


config = {"a": {"b": [1, {"c": 2}], "d": (3, [4])}, "e": None}
print(list(walk(config)))
put(config, ("a", "b", 1, "c"), "deep")
put(config, ("new", "path", "here"), 5)
config["a"]["d"][1].append("through the tuple")
config.setdefault("list", []).append(1)
config.setdefault("list", []).extend([2])
config["counts"] = {k: config.get("counts", {}).get(k, 0) + 1 for k in "abca"}
print(config, merge(config, {"a": {"b": [9], "x": 1}, "e": {"now": "dict"}}) != config, merge({"k": [1]}, {"k": [2], "j": {}}))
(config["x"], [config["y"], *config["z"]]), config["w"] = (1, "abc"), 2
print({k: config[k] for k in "xyzw"})
try:
    put(config, ("e", "impossible"), 1)
except TypeError as error:
    print(error)
alias = config["a"]
config["a"] = {**alias, "b": alias["b"][:]}
config["a"]["b"].append(0)
print(len(alias["b"]), len(config["a"]["b"]), alias["b"][1] is config["a"]["b"][1])
