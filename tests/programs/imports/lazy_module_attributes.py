"""Modules with __getattr__, __dir__, changed __class__, lazy loading, and submodules that shadow attributes."""
import importlib.util
import sys
import types

module = types.ModuleType("lazy", "Its doc.")
sys.modules["lazy"] = module
exec("""
calls = []
def __getattr__(name):
    calls.append(name)
    if name == 'made':
        globals()['made'] = 'made once'
        return made
    if name == 'strange':
        raise KeyError(name)
    raise AttributeError(f'module {__name__} says no to {name}')
def __dir__():
    return ['b', 'a', 'made']
""", module.__dict__)
import lazy
from lazy import made

print(made, lazy.made, lazy.calls, dir(lazy), hasattr(lazy, "nope"))
for action in (lambda: lazy.nope, lambda: lazy.strange, lambda: exec("from lazy import nope"), lambda: exec("from lazy import strange"),
               lambda: exec("from lazy import *")):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
print(lazy.calls)
lazy.__all__ = ["a", "made", "zz"]
try:
    exec("from lazy import *")
except AttributeError as error:
    print(error)
lazy.__all__ = ["made"]
namespace = {}
exec("from lazy import *", namespace)
print(namespace["made"])
lazy.__all__ = ["made", 5]
try:
    exec("from lazy import *")
except TypeError as error:
    print(error)


class Strict(types.ModuleType):
    constant = "on the class"

    def __setattr__(self, name, value):
        if name.isupper() and hasattr(self, name):
            raise TypeError(f"{name} is constant")
        super().__setattr__(name, value)

    @property
    def computed(self):
        return len(vars(self))

    def __call__(self, x):
        return x * 2


lazy.LIMIT = 5
lazy.__class__ = Strict
try:
    lazy.LIMIT = 6
except TypeError as error:
    print(error)
print(lazy.LIMIT, lazy.constant, lazy.computed > 3, lazy(21), repr(lazy))
del lazy.__getattr__
try:
    lazy.nope
except AttributeError as error:
    print(error)
for bad in (int, object, type("M", (), {})):
    try:
        lazy.__class__ = bad
    except TypeError as error:
        print(error)
lazy.__class__ = types.ModuleType
print(repr(lazy), lazy.__doc__, lazy.__spec__, lazy.__loader__, lazy.__package__)
del lazy.__name__
print(repr(lazy))
try:
    lazy.gone
except AttributeError as error:
    print(error)
lazy.__name__ = 5
print(repr(lazy))
spec = importlib.util.find_spec("colorsys")
spec.loader = importlib.util.LazyLoader(spec.loader)
colorsys = importlib.util.module_from_spec(spec)
spec.loader.exec_module(colorsys)
print(type(colorsys).__name__, colorsys.rgb_to_hsv(1, 0, 0), type(colorsys).__name__)
for args in ((), (5,), ("a", "b", "c")):
    try:
        types.ModuleType(*args)
    except TypeError as error:
        print(error)
empty = types.ModuleType.__new__(types.ModuleType)
print(repr(empty), empty.__dict__)
try:
    empty.x
except AttributeError as error:
    print(error)
