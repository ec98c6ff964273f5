"""Generic classes at run time: parameters in bases, specialised calls, __orig_class__, subclass chains, defaults, variance and methods."""
from typing import Generic, Protocol, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


class Box[V]:
    default: V | None = None

    def __init__(self, v: V):
        self.v = v

    def map[W](self, f) -> "Box[W]":
        return Box(f(self.v))

    @classmethod
    def make(cls, v: V):
        return cls(v)

    def kind(self):
        return getattr(self, "__orig_class__", None)


class Ints(Box[int]): ...
class Both[K, V](Box[V], dict[K, V]):
    def __init__(self, v, **kw):
        Box.__init__(self, v)
        dict.__init__(self, kw)


class Old(Generic[T]): ...
class Mixed(Old[T], Box[str]): ...


print(Box[int], Box[int](5).v, Box[int](5).kind(), Box(5).kind(), Ints(1).v, Ints.__orig_bases__, Ints.__bases__, Box.__type_params__, Box.__parameters__, Both[str, int](1, a=2), Both.__mro__[1:4], Both.__parameters__, Mixed[int].__args__, Mixed.__parameters__)
print(get_origin(Box[int]), get_args(Both[str, list[int]]), Box[T][int] == Box[int], Box[Box[T]][str], Box[int].make(3).v, Box[int].default, Box(2).map(lambda v: v * 2).v, isinstance(Box(1), Box), issubclass(Ints, Box), type(Box[int]).__name__, Box[int].__name__, Box[int].__origin__ is Box, hash(Box[int]) == hash(Box[int]), get_type_hints(Box.__init__), Box.map.__type_params__)
for bad in (lambda: Box[int, str], lambda: Box[()], lambda: Ints[int], lambda: isinstance(Box(1), Box[int]), lambda: issubclass(Ints, Box[int]), lambda: Both[int], lambda: Box[int][str], lambda: type("X", (Generic[T], Generic[T]), {}), lambda: Generic[int], lambda: Generic[T, T], lambda: Box[int].nothing, lambda: setattr(Box[int], "new", 1) or Box.new, lambda: type("P", (Protocol[T],), {})()):
    try:
        print(bad())
    except TypeError as error:
        print("TypeError", error)
    except AttributeError as error:
        print("AttributeError", error)


class Node[N: (int, str) = int]:
    children: "list[Node[N]]"


class Self:
    def chain(self) -> "Self":
        return self


print(Node.__type_params__[0].__constraints__, Node.__type_params__[0].__default__, Node.__type_params__[0].has_default(), Node[str].__args__, Node.__annotations__, T.__name__, T.__module__, T.__bound__, TypeVar("B", bound=int).__bound__, TypeVar("D", default=str).__default__, TypeVar("C", covariant=True), TypeVar("I", infer_variance=True).__infer_variance__, Self().chain().chain().__class__.__name__)
