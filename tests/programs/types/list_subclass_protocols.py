"""Subclasses of list that override one method each: which of the other operations notice, in C paths and Python ones."""


def make(name, value):
    return type(f"L_{name}", (list,), {name: value})


SUBS = [make("__getitem__", lambda self, i: "got"), make("__iter__", lambda self: iter(["it", "er"])), make("__len__", lambda self: 7), make("__contains__", lambda self, x: True), make("append", lambda self, x: "appended"), make("__setitem__", lambda self, i, v: list.__setitem__(self, i, "set")), make("__add__", lambda self, o: "add"), make("__iadd__", lambda self, o: "iadd"), make("__mul__", lambda self, n: "mul"), make("__eq__", lambda self, o: True), make("__lt__", lambda self, o: True), make("__reversed__", lambda self: iter("rev")), make("index", lambda self, x: "index"), make("extend", lambda self, x: None), make("copy", lambda self: "copy"), make("__bool__", lambda self: False), make("__repr__", lambda self: "repr"), make("__hash__", lambda self: 5), make("sort", lambda self: "sorted")]


def unpack(x):
    a, b = x
    return a, b


def iadd(x):
    x += [9]
    return x


def first(x):
    match x:
        case [a, *_]:
            return a


ACTIONS = [lambda x: x[0], lambda x: x[:1], lambda x: list(x), lambda x: [*x], lambda x: tuple(x), lambda x: len(x), lambda x: 5 in x, unpack, lambda x: (lambda *a: a)(*x), lambda x: sorted(x), lambda x: sum(x), lambda x: max(x), lambda x: x + [3], lambda x: [3] + x, iadd, lambda x: x * 2, lambda x: 2 * x, lambda x: x == [1], lambda x: x < [0], lambda x: list(reversed(x)), lambda x: x.index(2), lambda x: x.count(2), lambda x: "".join(map(str, x)), lambda x: dict(enumerate(x)), lambda x: bool(x), lambda x: str(x), lambda x: hash(x), first, lambda x: [y for y in x], lambda x: x.append(3) or list.__len__(x), lambda x: [0].extend(x) or "extended", lambda x: set(x) == {1, 2}, lambda x: x.copy(), lambda x: list(zip(x, x)), lambda x: bytes(x), lambda x: "%s" % x, lambda x: x.sort() or x, lambda x: any(x), lambda x: x.__class__([7])]
for cls in SUBS:
    out = []
    for action in ACTIONS:
        try:
            out.append(repr(action(cls([1, 2]))))
        except Exception as error:
            out.append(type(error).__name__)
    print(cls.__name__, *out)
