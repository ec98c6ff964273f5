"""Metaclasses together with dataclasses, enums, ABCs, protocols, named tuples and generics in one hierarchy."""
import abc
import enum
from collections.abc import Sized
from dataclasses import KW_ONLY, asdict, astuple, dataclass, field, fields, replace
from typing import Generic, NamedTuple, Protocol, TypeVar, runtime_checkable

T = TypeVar("T")


class Registry(abc.ABCMeta):
    known = {}

    def __new__(meta, name, bases, namespace, **keywords):
        cls = super().__new__(meta, name, bases, namespace, **keywords)
        meta.known.setdefault(name, []).append(cls)
        return cls

    def __call__(cls, *args, **kwargs):
        made = super().__call__(*args, **kwargs)
        cls.count = cls.__dict__.get("count", 0) + 1
        return made


class Shape(metaclass=Registry):
    @property
    @abc.abstractmethod
    def area(self): ...

    def __init_subclass__(cls, /, sides=0, **rest):
        super().__init_subclass__(**rest)
        cls.sides = sides


@dataclass(slots=True, frozen=True)
class Square(Shape, sides=4):
    side: float
    _: KW_ONLY
    colour: str = "red"
    tags: list = field(default_factory=list, compare=False, hash=False)

    @property
    def area(self):
        return self.side ** 2


@runtime_checkable
class HasArea(Protocol):
    @property
    def area(self): ...


class Colour(str, enum.Enum):
    RED = "red"
    GREEN = "green"

    @classmethod
    def _missing_(cls, value):
        return cls[value.upper()] if value.upper() in cls.__members__ else None


class Pair(NamedTuple, Generic[T]):
    left: T
    right: T = None

    @property
    def area(self):
        return 0


print([len(v) for v in Registry.known.values()], list(Registry.known))
square = Square(2, colour=Colour.GREEN)
print(square, square.area, Square.sides, Square.count, hash(square) == hash(Square(2, colour="green")))
print(square == Square(2, colour="green", tags=[1]), replace(square, side=3), asdict(square), astuple(square))
for action in (lambda: Shape(), lambda: setattr(square, "side", 5), lambda: setattr(square, "new", 5), lambda: Square(1, "red"),
               lambda: Colour("blue"), lambda: Pair(), lambda: Square.__slots__):
    try:
        print(action())
    except (TypeError, AttributeError, ValueError) as error:
        print(type(error).__name__, error)
print(isinstance(square, HasArea), isinstance(Pair(1), HasArea), isinstance(5, HasArea), isinstance(square, Sized))
Shape.register(int)
print(isinstance(5, Shape), issubclass(bool, Shape), Colour("Green"), Colour.RED == "red", f"{Colour.RED}", Colour.RED.upper())
print(Pair[int](1, 2), len(Pair.__orig_bases__), Pair(1)._replace(right=2), [f.name for f in fields(Square)], Pair.__mro__[1:3])
try:
    class Mixed(Colour, metaclass=Registry):
        pass
except TypeError as error:
    print(error)
print(Square.__abstractmethods__, Shape.__abstractmethods__, type(Square).__name__)
