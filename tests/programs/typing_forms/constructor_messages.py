"""What the classes of type parameters and aliases, records and wrappers say of wrong arguments."""
import collections
import functools
import sys
import types
import typing
import weakref


def attempt(*actions):
    for action in actions:
        try:
            print(action())
        except Exception as error:
            print(type(error).__name__, error)


attempt(lambda: typing.TypeAliasType(5, int), lambda: typing.TypeAliasType("X"), lambda: typing.TypeAliasType("X", int, 5), lambda: typing.TypeAliasType("X", int, zzz=5))
attempt(lambda: typing.TypeVar(5), lambda: typing.TypeVar(), lambda: typing.TypeVar("T", int), lambda: typing.TypeVar("T", zzz=1))
attempt(lambda: typing.ParamSpec(5), lambda: typing.ParamSpec("P", 5), lambda: typing.ParamSpecArgs(), lambda: typing.ParamSpecKwargs(1, 2))
attempt(lambda: typing.TypeVarTuple(5), lambda: typing.TypeVarTuple("T", 5))
attempt(lambda: sys.get_asyncgen_hooks(), lambda: type(sys.get_asyncgen_hooks()), lambda: type(sys.hash_info)(1, 2, 3), lambda: type(sys.hash_info)(x=1))
attempt(lambda: functools._lru_cache_wrapper(), lambda: collections.OrderedDict(1, 2))
attempt(lambda: weakref.ref(staticmethod(1)), lambda: weakref.ref(classmethod(1)))
for instance in ((5).__add__, int.__add__, str.join, dict.__dict__["fromkeys"], types.FunctionType.__code__, len, sys._getframe()):
    attempt(lambda: type(instance)(1, 2), lambda: type(instance)(), lambda: type(instance)(a=1))
for base, arguments in ((str, (1, 2, 3, 4)), (int, (1, 2, 3)), (set, (1, 2)), (frozenset, (1, 2)), (list, (1, 2)), (tuple, (1, 2))):
    attempt(lambda: base(*arguments), lambda: type("Sub", (base,), {})(*arguments))


class Slotted:
    __slots__ = ()


class Plain:
    pass


attempt(lambda: setattr(Plain, "__bases__", (int,)), lambda: setattr(Plain, "__bases__", (Slotted,)), lambda: setattr(Slotted(), "__class__", Plain), lambda: setattr(Plain(), "__class__", Slotted))
