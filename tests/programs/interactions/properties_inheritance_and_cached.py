"""Properties overridden, extended, shadowed and deleted in subclasses; cached_property in slots and threads; class-level properties."""
from functools import cached_property


class Base:
    def __init__(self):
        self._v = 1

    @property
    def v(self):
        """Doc of v."""
        return self._v

    @v.setter
    def v(self, new):
        self._v = new

    @v.deleter
    def v(self):
        del self._v

    @cached_property
    def once(self):
        log.append("computed")
        return [self._v]


class ReadOnly(Base):
    @property
    def v(self):
        return super().v * 10


class Extends(Base):
    @Base.v.getter
    def v(self):
        return f"<{Base.v.fget(self)}>"


class SuperSet(Base):
    @property
    def v(self):
        return super().v

    @v.setter
    def v(self, new):
        super(SuperSet, type(self)).v.fset(self, new + 1)


class Plain(Base):
    v = "plain attribute"


class Cached(Base):
    v = cached_property(lambda self: "cached over property")


log = []


def attempt(action):
    try:
        return action()
    except (AttributeError, TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


for cls in (Base, ReadOnly, Extends, SuperSet, Plain, Cached):
    it = cls()
    print(cls.__name__, attempt(lambda: it.v), attempt(lambda: setattr(it, "v", 5)), attempt(lambda: it.v), attempt(lambda: delattr(it, "v")), attempt(lambda: it.v), vars(it))
it = Base()
print(it.once, it.once is it.once, log, "once" in vars(it))
del it.once
print(it.once, log)
it.once = "assigned"
print(it.once, Base.once.__class__.__name__, Base.v.__doc__, Base.v.__name__, Base.v.fget.__name__)


class Slotted:
    __slots__ = ("__dict__",)
    c = cached_property(lambda self: 5)


class NoDict:
    __slots__ = ()
    c = cached_property(lambda self: 5)


print(Slotted().c, attempt(lambda: NoDict().c), attempt(lambda: cached_property(len).__get__(Slotted())))
shared = cached_property(lambda self: 1)


class One:
    a = shared


print(attempt(lambda: type("Two", (), {"b": shared})))


class Meta(type):
    @property
    def label(cls):
        return cls.__name__.lower()

    @label.setter
    def label(cls, new):
        cls.__name__ = new


class WithMeta(metaclass=Meta):
    @classmethod
    def make(cls):
        return cls.label


WithMeta.label = "Renamed"
print(WithMeta.label, WithMeta.make(), attempt(lambda: WithMeta().label), attempt(lambda: delattr(WithMeta, "label")))


class Raises:
    @property
    def hidden(self):
        return self.missing

    def __getattr__(self, name):
        if name == "missing":
            raise AttributeError(f"deep {name}")
        return f"getattr {name}"


print(Raises().hidden, hasattr(Raises(), "hidden"), getattr(Raises(), "missing", "default"))
p = property(doc="only doc")
print(p.__doc__, p.fget, attempt(lambda: p.__get__(5)), attempt(lambda: p.__set__(5, 1)), attempt(lambda: p.__delete__(5)), attempt(lambda: setattr(p, "fget", 1)), attempt(lambda: property(1, 2, 3, 4, 5)), p.__get__(None, int) is p, p.getter(len).__doc__, attempt(lambda: property(5).__get__(1)))


class Sub(property):
    """Subclass doc."""


s = Sub(lambda self: 1, doc="given")
print(s.__doc__, s.setter(print).__class__.__name__, Sub(lambda self: 1).__doc__)


class Dynamic:
    def __init__(self, **kw):
        for name, value in kw.items():
            setattr(type(self), name, property(lambda self, v=value: v))


d = Dynamic(a=1, b=2)
print(d.a, d.b, attempt(lambda: setattr(d, "a", 5)), vars(d))


def read(o):
    return o.v


objects = [Base(), ReadOnly(), Plain(), Base()]
for _ in range(60):
    out = [read(o) for o in objects]
Base.v = Base.v.getter(lambda self: "new getter")
print(out, [read(o) for o in objects])
Base.v = 7
print([read(o) for o in objects], vars(objects[0]))
objects[0].v = "own"
print([read(o) for o in objects])
