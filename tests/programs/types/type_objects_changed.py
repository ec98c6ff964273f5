"""type(): attributes set and deleted, names, qualnames, modules, docs, flags, abstractness, subclasses, caches and immutability."""
import abc
import gc


class A:
    """Doc of A."""

    x = 1

    def m(self):
        return "m"


class B(A):
    pass


def attempt(title, action):
    try:
        print(title, action())
    except Exception as error:
        print(title, f"{type(error).__name__}: {error}")


A.__name__, A.__qualname__, A.__module__, A.__doc__ = "Renamed", "some.Renamed", "elsewhere", "new doc"
print(A, B, A.__doc__, B.__doc__, repr(A.m).split(" at ")[0], A().m(), B.__name__)
for name, value in (("__name__", 5), ("__name__", "a\0b"), ("__qualname__", 5), ("__module__", 5), ("__doc__", 5), ("__bases__", ()), ("__mro__", ()), ("__dict__", {}), ("__class__", B), ("__abstractmethods__", {"x"}), ("__basicsize__", 1), ("__annotations__", 5), ("__type_params__", 5), ("__slots__", ("s",)),
                    ("__call__", 5), ("mro", 5), ("__init__", None), ("__weakref__", 1), ("new attribute with spaces", 1)):
    attempt(f"set {name} {value!r:.12}", lambda: setattr(A, name, value))
for name in ("__name__", "__qualname__", "__module__", "__doc__", "__bases__", "__abstractmethods__", "__dict__", "x", "x", "__slots__", "__init__", "mro", "__annotations__"):
    attempt(f"del {name}", lambda: delattr(A, name))
print(A.__module__ if hasattr(A, "__module__") else "no module", A.__doc__, sorted(k for k in vars(A) if k not in ("__static_attributes__", "__firstlineno__")))
for kind in (int, type, object, list, type(None), type(lambda: 0), Exception):
    attempt(kind.__name__, lambda: setattr(kind, "new", 1))
    attempt(kind.__name__, lambda: delattr(kind, "__doc__"))
for args in ((), (1, 2), ("N", (), {}, 5), (5, (), {}), ("N", [], {}), ("N", (), []), ("N", (5,), {}), ("a\0b", (), {}), ("N", (A, A), {}), ("N", (object, A), {}), ("N", (bool,), {}), ("", (), {}), ("N", (), {5: 6}), ("N", (), {"__slots__": 5}), ("N", (), {"__slots__": ["1x"]}), ("N", (), {"__qualname__": 5}), ("N", (), {"__classcell__": 5}),
             ("N", (), {"__slots__": ("a", "a")}), ("N", (), {"__slots__": ("__dict__", "__dict__")}), ("N", (int,), {"__slots__": "__weakref__"}), ("N", (type(None),), {}), ("N", (A.__class__,), {})):
    attempt(f"type{args!r:.50}", lambda: type(*args).__name__)
print([c.__name__ for c in A.__subclasses__()], B.__base__ is A, B.__mro__[1] is A, type.mro(B)[0] is B, A.__flags__ & (1 << 9) != 0, int.__flags__ & (1 << 8) != 0, type.__call__(int, "7"), type.__repr__(A), object.__repr__(A).split(" at ")[0])


class Abstract(abc.ABC):
    @abc.abstractmethod
    def must(self): ...

    @property
    @abc.abstractmethod
    def prop(self): ...


attempt("abstract", Abstract)
Abstract.__abstractmethods__ = frozenset({"other"})
attempt("other", Abstract)
Abstract.__abstractmethods__ = frozenset()
attempt("none", lambda: type(Abstract()).__name__)


class Concrete(Abstract):
    must = prop = None


print(Concrete.__abstractmethods__, type(Concrete()).__name__)
Concrete.must = abc.abstractmethod(lambda self: 0)
print(abc.update_abstractmethods(Concrete).__abstractmethods__)
attempt("updated", Concrete)
for i in range(5):
    type(f"Temp{i}", (A,), {})
gc.collect()
print([c.__name__ for c in A.__subclasses__()])
attempt("type.x", lambda: type.__subclasses__())
attempt("prepare", lambda: type.__prepare__("x", (), a=1))
attempt("instancecheck", lambda: (type.__instancecheck__(int, True), int.__instancecheck__(5), type.__subclasscheck__(int, bool)))
attempt("isinstance", lambda: isinstance(5, (str, (bytes, (int,)))))
attempt("isinstance bad", lambda: isinstance(5, [int]))
attempt("issubclass bad", lambda: issubclass(5, int))
attempt("issubclass tuple", lambda: issubclass(bool, (str, int | float)))
