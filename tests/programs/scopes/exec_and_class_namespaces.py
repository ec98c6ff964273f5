"""Names in classes run by exec with namespaces of all kinds: __prepare__, locals mappings, ChainMap, missing keys."""
from collections import ChainMap, OrderedDict, defaultdict


class Recording(dict):
    def __init__(self, **items):
        super().__init__(items)
        self.log = []

    def __getitem__(self, key):
        self.log.append(f"get {key}")
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        self.log.append(f"set {key}")
        super().__setitem__(key, value)

    def __delitem__(self, key):
        self.log.append(f"del {key}")
        super().__delitem__(key)

    def __contains__(self, key):
        self.log.append(f"in {key}")
        return super().__contains__(key)


def run(source, namespace, globals=None):
    try:
        exec(source, {} if globals is None else globals, namespace)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return {k: v for k, v in dict(namespace).items() if not k.startswith("__")}


locals_ = Recording(x=1)
print(run("y = x + 1\ny += len('ab')\ndel x\nfor i in range(2): pass\nimport sys as s\ns = 1\ndef f(): return 5\nz = [x for x in (1, 2)]\nz = f = None", locals_), locals_.log)
chain = ChainMap({}, {"x": "outer", "y": "outer"})
print(run("x = x + '!'\nz = y\ndel x\nw = x", chain), chain.maps[0])
print(run("a.append(1)\nb = a\nc += 5", defaultdict(list)), run("c += 5", defaultdict(int)), run("print2", defaultdict(lambda: "made")), run("q = nothing", OrderedDict()))


class Missing(dict):
    def __missing__(self, key):
        if key.startswith("__") or key in ("len", "range"):
            raise KeyError(key)
        return f"<{key}>"


print(run("a = b\nc = len(b)", Missing()), run("a = b", {}, Missing()), run("def f(): return b\na = f()", Missing()))


class Meta(type):
    @classmethod
    def __prepare__(meta, name, bases, **kwargs):
        space = Recording()
        space.log.append(f"prepare {name}")
        meta.space = space
        return space

    def __new__(meta, name, bases, space, **kwargs):
        return super().__new__(meta, name, bases, dict(space))


class C(metaclass=Meta, flag=1):
    a = 1
    b = a + 1

    def m(self):
        return a
    del a
    for k in "xy":
        locals()[k] = k.upper()
    __private = 5


print([e for e in Meta.space.log if "__" not in e.replace("_C__private", "")], C.x, C.y, C._C__private, C.k)


class Auto(dict):
    def __missing__(self, key):
        if key.startswith("__"):
            raise KeyError(key)
        self[key] = value = len(self)
        return value


class AutoMeta(type):
    __prepare__ = classmethod(lambda meta, name, bases: Auto())
    __new__ = lambda meta, name, bases, space: super(AutoMeta, meta).__new__(meta, name, bases, dict(space))


class Colours(metaclass=AutoMeta):
    RED
    GREEN
    BLUE


print({k: v for k, v in vars(Colours).items() if k.isupper()})
for bad in (5, [], "x", type("NoSet", (), {"__getitem__": lambda s, k: 1})()):
    try:
        exec("x = 1", {}, bad)
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
for args in (("1", 5), ("1", {}, 5), ("1", [], {}), (5,), ("x = 1", {}, {}, {}), (b"y=1", {}), ("\0", {}), ("1 +", {})):
    try:
        print(exec(*args))
    except (TypeError, SyntaxError, ValueError) as error:
        print(type(error).__name__, error)
glob = {"x": "global"}
space = {"x": "local"}
exec("class D:\n    y = x\n    def f(self): return x\ndef g(): return x\nh = g()\nk = D().f()\nn = [x for _ in 'a']\no = (lambda: x)()", glob, space)
print(space["D"].y, space["h"], space["k"], space["n"], space["o"], "__builtins__" in glob, "__builtins__" in space)
