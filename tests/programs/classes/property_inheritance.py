"""Properties overridden, extended and deleted in subclasses; docs, names and abstract ones."""
import abc


class Base:
    def __init__(self):
        self._v = 1

    @property
    def v(self):
        "base doc"
        return self._v

    @v.setter
    def v(self, value):
        self._v = value


class OverGetter(Base):
    @Base.v.getter
    def v(self):
        return "getter " + str(self._v)


class OverSetter(Base):
    @Base.v.setter
    def v(self, value):
        super(OverSetter, type(self)).v.fset(self, value * 10)


class ReadOnly(Base):
    v = property(lambda self: super().v)


class Plain(Base):
    v = 5


for cls in (Base, OverGetter, OverSetter, Plain):
    x = cls()
    x.v = 7
    print(cls.__name__, x.v, x.__dict__, getattr(cls.v, "__doc__", None) if isinstance(cls.v, property) else cls.v)
for source in ("ReadOnly().v = 1", "del Base().v", "ReadOnly().v", "Base.v.fget()", "Base.v.__set__(Base())", "property(1).__get__(5)", "property().__get__(5)", "property().__set__(5, 1)", "property().__delete__(5)", "property(a=1)"):
    try:
        exec(source)
    except (AttributeError, TypeError, RuntimeError) as error:
        print(source, "->", type(error).__name__, error)
p = property(lambda s: 1, doc="given")
p.__doc__ = "changed"
print(p.__doc__, property(doc="only doc").__doc__, p.__isabstractmethod__, Base.v.__name__)
p.__name__ = "named"
print(p.__name__)


class Abstract(abc.ABC):
    @property
    @abc.abstractmethod
    def needed(self): ...

    @abc.abstractmethod
    def method(self):
        return "abstract body"

    @classmethod
    @abc.abstractmethod
    def cls(cls): ...


print(sorted(Abstract.__abstractmethods__), Abstract.needed.__isabstractmethod__)
for make in (Abstract, type("Half", (Abstract,), {"needed": 1, "cls": 2}), type("Full", (Abstract,), {"needed": 1, "cls": 2, "method": lambda self: super(type(self), self).method()})):
    try:
        print(make().method())
    except TypeError as error:
        print(error)


class Sub(property):
    pass


class UsesSub:
    @Sub
    def x(self):
        "sub doc"
        return 3


print(UsesSub().x, type(UsesSub.x).__name__, UsesSub.x.__doc__, type(UsesSub.x.setter(len)).__name__)


@abc.abstractmethod
def f(): ...


Virtual = abc.ABCMeta("Virtual", (), {"__subclasshook__": classmethod(lambda cls, c: True if hasattr(c, "quack") else NotImplemented)})
print(isinstance(type("Duck", (), {"quack": 1})(), Virtual), issubclass(int, Virtual), Virtual.register(int), issubclass(bool, Virtual), isinstance(5, Virtual))
try:
    Virtual.register(5)
except TypeError as error:
    print(error)
try:
    int.register if False else abc.ABCMeta.register(type("A", (Virtual,), {}), Virtual)
except RuntimeError as error:
    print(error)
print(abc.get_cache_token() > 0, abc.update_abstractmethods(Abstract) is Abstract)
