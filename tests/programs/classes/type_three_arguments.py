"""Classes made by type(): names, namespaces, keywords, attributes of classes that can and cannot be set."""


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, error)


X = type("X", (), {"a": 1, "m": lambda self: self.a, "__doc__": "made"})
print(X, X.__name__, X.__qualname__, X.__module__, X.__doc__, X().m(), X.__bases__, X.__base__, X.__dictoffset__ != 0, X.__flags__ & 512 != 0, X.__basicsize__ > 0, X.__itemsize__, X.__weakrefoffset__ != 0)
X.__name__, X.__qualname__, X.__module__ = "Renamed", "Outer.Renamed", "mod"
print(X, X.__name__, X.__dict__["__module__"], repr(X()).split(" at ")[0], X.m.__qualname__)
attempt(lambda: setattr(X, "__name__", 5), lambda: setattr(X, "__name__", "a\0b"), lambda: setattr(X, "__qualname__", 5), lambda: delattr(X, "__name__"), lambda: setattr(int, "__name__", "x"), lambda: setattr(X, "__doc__", "new"), lambda: X.__doc__, lambda: setattr(X, "__mro__", ()), lambda: setattr(X, "__dict__", {}), lambda: setattr(X, "__flags__", 1), lambda: setattr(X, "__base__", int), lambda: setattr(X, "__abstractmethods__", {"m"}), lambda: X(), lambda: X.__abstractmethods__, lambda: delattr(X, "__abstractmethods__"), lambda: type(X()).__name__, lambda: X.__abstractmethods__, lambda: delattr(X, "a"), lambda: X().m(), lambda: delattr(X, "a"), lambda: setattr(X, "__class__", 5), lambda: X.__annotations__, lambda: setattr(X, "__annotations__", {"q": 1}), lambda: X.__annotations__, lambda: X.__type_params__, lambda: setattr(X, "__type_params__", (1,)), lambda: X.__type_params__, lambda: X.__firstlineno__, lambda: X.__static_attributes__)
attempt(lambda: type("Y", (int,), {"__slots__": ()})(5) + 1, lambda: type("Y", (object, int), {}), lambda: type("Y", (1,), {}), lambda: type("Y", (), {1: 2}).__dict__[1] if False else "odd key", lambda: type("", (), {}).__name__, lambda: type("not an identifier", (), {}), lambda: type("é", (), {}), lambda: type(b"x", (), {}), lambda: type("Z", [], {}), lambda: type("Z", (), []), lambda: type("Z", (), {}, k=1), lambda: type(name="Z"), lambda: type(), lambda: type(1, 2), lambda: type("C", (type,), {})("D", (), {}), lambda: type("Q", (), {"__qualname__": 5}), lambda: type("Q", (), {"__qualname__": "A.B"}).__qualname__, lambda: type("S", (), {"__new__": lambda cls: 5})(), lambda: type("S", (), {"__slots__": "a b"}), lambda: type("M", (), {"__module__": None}).__module__, lambda: type.__new__(type), lambda: type.__new__(int, "x", (), {}), lambda: type.__new__(5, "x", (), {}), lambda: type.__init__(X, 1), lambda: type.__init__(X, "X", (), {}), lambda: type.mro(X), lambda: type.mro(5), lambda: type.__subclasses__(type)[:0], lambda: type.__call__(int, "5"), lambda: type.__prepare__(), lambda: type.__instancecheck__(int, True), lambda: X.mro())
namespace = {"shared": 1}
N = type("N", (), namespace)
namespace["later"] = 2
N.added = 3
print(hasattr(N, "later"), namespace, isinstance(N.__dict__, dict), type(N.__dict__).__name__, N.__dict__["shared"])
print(type(N) is type, isinstance(N, type), issubclass(N, object), callable(N), type(type) is type, isinstance(type, object), isinstance(object, type), type.__class__, object.__class__, hash(N) == hash(N), N == N, N != X, bool(N))
Counter = type("Counter", (), {"n": 0, "__call__": lambda self: setattr(self, "n", self.n + 1) or self.n, "__getattr__": lambda self, name: name.upper()})
k = Counter()
print(k(), k(), k.n, k.anything, Counter.n)
class Dynamic: pass
for name, function in {"__len__": lambda s: 5, "__iter__": lambda s: iter("ab"), "__add__": lambda s, o: ("add", o), "__eq__": lambda s, o: True, "__bool__": lambda s: False, "__contains__": lambda s, x: x == 1, "__getitem__": lambda s, k: k, "__enter__": lambda s: "entered", "__exit__": lambda s, *a: True, "__format__": lambda s, f: "fmt" + f, "__hash__": lambda s: 7, "__repr__": lambda s: "dyn", "__lt__": lambda s, o: "lt", "__index__": lambda s: 2}.items():
    setattr(Dynamic, name, function)
y = Dynamic()
with y as entered:
    1 / 0
print(len(y), list(y), y + 1, y == 5, bool(y), 1 in y, y[3], entered, f"{y:x}", hash(y), y, y < 1, [10, 20, 30][y])
del Dynamic.__len__, Dynamic.__iter__, Dynamic.__contains__, Dynamic.__bool__, Dynamic.__eq__
print(bool(y), y == 5)
attempt(lambda: len(y), lambda: iter(y).__class__.__name__, lambda: hash(y))
