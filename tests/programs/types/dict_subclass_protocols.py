"""Subclasses of dict that override one method each: which of the other operations notice, in C paths and Python ones."""
import json


def make(name, value):
    return type(f"D_{name}", (dict,), {name: value})


SUBS = [make("__getitem__", lambda self, k: "got"), make("get", lambda self, k, d=None: "get"), make("__contains__", lambda self, k: True), make("__iter__", lambda self: iter(["it"])), make("keys", lambda self: ["ks"]), make("items", lambda self: [("i", "tems")]), make("values", lambda self: ["vs"]), make("__len__", lambda self: 7), make("__setitem__", lambda self, k, v: dict.__setitem__(self, k, "set")), make("__delitem__", lambda self, k: None), make("__missing__", lambda self, k: "missing"), make("copy", lambda self: "copy"), make("pop", lambda self, *a: "pop"), make("update", lambda self, *a: None), make("__eq__", lambda self, o: True), make("__or__", lambda self, o: "or"), make("__repr__", lambda self: "repr"), make("__bool__", lambda self: False)]
ACTIONS = [lambda d: d["a"], lambda d: d["zz"], lambda d: d.get("a"), lambda d: "a" in d, lambda d: list(d), lambda d: dict(d), lambda d: {**d}, lambda d: (lambda **k: k)(**d), lambda d: len(d), lambda d: list(d.items()), lambda d: sorted(d), lambda d: d | {"b": 2}, lambda d: {"b": 2} | d, lambda d: d == {"a": 1}, lambda d: bool(d), lambda d: json.dumps(d), lambda d: "%(a)s" % d, lambda d: "{a}".format_map(d), lambda d: "{a}".format(**d), lambda d: str(d), lambda d: d.setdefault("a", 5), lambda d: d.copy(), lambda d: d.pop("a"), lambda d: list(reversed(d)), lambda d: eval("a", {}, d), lambda d: {}.update(d) or "updated", lambda d: dict.fromkeys(d), lambda d: [k for k in d], lambda d: type("C", (), dict(d)).__name__, lambda d: d.update(c=3) or dict.__repr__(d)]
for cls in SUBS:
    out = []
    for action in ACTIONS:
        try:
            out.append(repr(action(cls(a=1))))
        except Exception as error:
            out.append(type(error).__name__)
    print(cls.__name__, *out)
