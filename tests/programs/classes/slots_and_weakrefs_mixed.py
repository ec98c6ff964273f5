"""__slots__ with properties, defaults, inheritance from slotless classes, __weakref__, generics, dataclass-like helpers and dicts of docs."""
import weakref


class Base:
    __slots__ = {"x": "the x", "y": "the y"}

    def __init__(self, x=1):
        self.x = x


class Loose(Base):
    pass


class Tight(Base):
    __slots__ = ("z", "__weakref__")
    w = "class attribute"


class Again(Tight):
    __slots__ = ("x",)


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for cls in (Base, Loose, Tight, Again):
    it = cls()
    print(cls.__name__, cls.__slots__ if isinstance(cls.__slots__, tuple) else list(cls.__slots__), attempt(lambda: it.y), attempt(lambda: setattr(it, "new", 1)), attempt(lambda: it.__dict__), attempt(lambda: weakref.ref(it)() is it), attempt(lambda: setattr(it, "w", 1)), attempt(lambda: delattr(it, "x")), attempt(lambda: it.x), attempt(lambda: delattr(it, "x")))
print(Base.x.__doc__, type(Base.x).__name__, Base.x.__name__, Base.x.__objclass__ is Base, repr(Base.y), attempt(lambda: Base.x.__get__(5)), attempt(lambda: Base.x.__set__(Tight(), 9)), Base.x.__get__(Tight(4)), attempt(lambda: Base.x.__delete__(Base())))
again = Again()
Base.x.__set__(again, "base's slot")
print(again.x, Base.x.__get__(again), Again.x is Base.x)
for space in ({"__slots__": "one"}, {"__slots__": ("a", "b"), "a": 1}, {"__slots__": ["__dict__"]}, {"__slots__": ("__weakref__",)}, {"__slots__": ("__private",)}, {"__slots__": ("a b",)}, {"__slots__": (5,)}, {"__slots__": None}, {"__slots__": ("__init__",)}, {"__slots__": iter("ab")}, {"__slots__": ("__module__",)}, {"__slots__": ("__class__",)}, {"__slots__": ()}):
    print(list(space.items())[0][1] if not hasattr(space["__slots__"], "__next__") else "iter", attempt(lambda: sorted(k for k in vars(type("S", (), space)) if k not in ("__module__", "__doc__", "__static_attributes__", "__firstlineno__", "__slots__"))))
print(attempt(lambda: type("M", (Tight, Loose), {}).__mro__[1].__name__), attempt(lambda: type("N", (Tight, type("O", (Base,), {"__slots__": ("q",)})), {})), attempt(lambda: type("T", (tuple,), {"__slots__": ("x",)})), attempt(lambda: type("T", (tuple,), {"__slots__": ()})((1,)).__dict__), attempt(lambda: type("I", (list,), {"__slots__": ("x",)})().x))
