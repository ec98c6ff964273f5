"""__class_getitem__, __mro_entries__, and generic user classes."""
import types
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K")


class Own:
    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item!r}]"


class Sub(Own):
    pass


class Alias:
    __class_getitem__ = classmethod(types.GenericAlias)

    def __init__(self, *args):
        self.args = args


print(Own[int], Sub[1, 2], Own[:], Own[()], Alias[int], Alias[int, str].__args__, Alias[int](1, 2).args, Alias[T][int], type(Alias[int](1)).__name__, Alias[int](1).__orig_class__)
for cls in (int, type("Bare", (), {}), type("NoneItem", (), {"__class_getitem__": None})):
    try:
        print(cls[int])
    except TypeError as error:
        print(error)


class Box(Generic[T]):
    def __init__(self, item: T = None):
        self.item = item


class Pair(Box[T], Generic[T, K]):
    pass


class IntBox(Box[int]):
    pass


print(Box[int], Pair[int, str], Pair[int, str].__args__, IntBox.__orig_bases__, Pair.__parameters__, Box[T][str], IntBox.__mro__, Box[int](5).item, Box[int] is Box[int], Box[int] == Box[int], isinstance(Box[int](), Box))
for action in (lambda: Box[int, str], lambda: Pair[int], lambda: IntBox[int], lambda: isinstance(5, Box[int]), lambda: type("X", (Generic,), {}), lambda: Box[int].missing, lambda: Box[5], lambda: Generic[int], lambda: Generic[T, T]):
    try:
        print(action())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
Box[int].attribute = "on the class"
print(Box.attribute, types.get_original_bases(IntBox), types.resolve_bases((Box[int], int)), types.new_class("Made", (Box[str],), {}, lambda ns: ns.update(x=1)).x, types.prepare_class("P", (object,), {"metaclass": type})[0])


class MetaItem(type):
    def __getitem__(cls, item):
        return ("meta", item)


class WithBoth(metaclass=MetaItem):
    def __class_getitem__(cls, item):
        return ("class", item)


print(WithBoth[1], WithBoth.__class_getitem__(1))
