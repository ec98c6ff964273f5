"""Cooperative inheritance over diamonds: arguments consumed on the way, mixins before and after, super in every kind of method."""
import contextlib


class Root:
    def __init__(self, **kw):
        if kw:
            raise TypeError(f"left over: {sorted(kw)}")
        log.append("Root")

    def close(self):
        log.append("close Root")

    @classmethod
    def build(cls, **kw):
        return cls(**kw)


class Sized(Root):
    def __init__(self, *, size=0, **kw):
        super().__init__(**kw)
        log.append("Sized")
        self.size = size

    def close(self):
        log.append("close Sized")
        super().close()

    @classmethod
    def build(cls, **kw):
        return super().build(size=kw.pop("size", 1) * 2, **kw)


class Named(Root):
    def __init__(self, *, name="?", **kw):
        super().__init__(**kw)
        log.append("Named")
        self.name = name

    def close(self):
        with contextlib.suppress(ValueError):
            super().close()
            raise ValueError
        log.append("close Named")

    @property
    def title(self):
        return self.name.title()


class Logged:
    def __getattribute__(self, name):
        value = super().__getattribute__(name)
        if callable(value) and not name.startswith("__"):
            log.append(f"got {name}")
        return value

    def __repr__(self):
        return f"Logged({super().__repr__()[:5]})"


class Thing(Logged, Named, Sized):
    @property
    def title(self):
        return super().title + "!"

    @classmethod
    def build(cls, **kw):
        made = super().build(**kw)
        made.built = True
        return made

    def __setattr__(self, name, value):
        super().__setattr__(name, value if name != "size" else value + 1)


log = []
t = Thing.build(name="abc", size=5)
print(t.title, t.size, t.built, log)
log.clear()
t.close()
print(log, repr(t), [c.__name__ for c in Thing.__mro__])
log.clear()
for action in (lambda: Thing(nme="x"), lambda: Thing("positional"), lambda: super(Named, t).title, lambda: super(Thing, t).title, lambda: super(Sized, t).close(), lambda: super(Named, Thing).build(size=1).size, lambda: super(Root, t).close, lambda: super(Thing, Sized())):
    try:
        print(action())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)


class Left(Root):
    def who(self):
        return ["Left", *super().who()]


class Right(Root):
    def who(self):
        return ["Right", *super().who()]


class Bottom(Left, Right):
    def who(self):
        return ["Bottom", *super().who()]


try:
    Bottom().who()
except AttributeError as error:
    print(error)
Root.who = lambda self: ["Root"]
print(Bottom().who(), Right().who())
Bottom.__bases__ = (Right, Left)
print(Bottom().who())
try:
    Bottom.__bases__ = (Root, Left)
except TypeError as error:
    print(str(error).replace("\n", " "))


class Wrapped:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner=None):
        return lambda *a: ("wrapped", self.function(instance, *a))


class Parent:
    @Wrapped
    def m(self, x):
        return x

    attr = 1


class Kid(Parent):
    attr = 2

    def m(self, x):
        return super().m(x + 1), super().attr, [super(Kid, self).attr for _ in "a"], (lambda: super(Kid, self).attr)()


print(Kid().m(1), super(Kid, Kid()).m(5), super(Kid, Kid).attr, super(Kid).__self__, super(Kid).__thisclass__.__name__)
unbound = super(Kid)
Kid.up = unbound
print(Kid().up.attr, unbound.__get__(Kid()).attr)
