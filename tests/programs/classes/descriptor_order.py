"""Attribute lookup: data and non-data descriptors, instance dicts, class dicts, metaclass, __getattr__ and __getattribute__."""


class Data:
    def __init__(self, name):
        self.name = name

    def __get__(self, instance, owner):
        return f"<data {self.name} {type(instance).__name__} {owner.__name__}>"

    def __set__(self, instance, value):
        print("set", self.name, value)

    def __delete__(self, instance):
        print("delete", self.name)


class NonData:
    def __get__(self, instance, owner=None):
        return f"<nondata {type(instance).__name__} {owner and owner.__name__}>"


class SetOnly:
    def __set__(self, instance, value):
        instance.__dict__["set_only"] = ("stored", value)


class C:
    data = Data("data")
    nondata = NonData()
    set_only = SetOnly()
    plain = "class"


c = C()
print(c.data, c.nondata, C.data, C.nondata)
c.__dict__.update(data="hidden", nondata="visible", plain="instance")
print(c.data, c.nondata, c.plain)
c.data = 5
del c.data
c.nondata = "new"
print(c.nondata)
del c.nondata
print(c.nondata)
print(type(c.set_only).__name__)
c.set_only = 1
print(c.set_only)
try:
    del c.set_only
except AttributeError as error:
    print(error)
C.data = "replaced"
print(c.data, C.data)


class Meta(type):
    data = Data("meta")
    nondata = NonData()
    only_meta = "meta attribute"

    def __getattr__(cls, name):
        return f"meta getattr {name}"


class D(metaclass=Meta):
    data = "class value"
    nondata = "class value"


print(D.data, D.nondata, D.only_meta, D.missing)
D.data = "goes to the descriptor"
try:
    D().only_meta
except AttributeError as error:
    print(error)


class G:
    def __getattribute__(self, name):
        print("getattribute", name)
        if name == "direct":
            return "found"
        return object.__getattribute__(self, name)

    def __getattr__(self, name):
        print("getattr", name)
        if name.startswith("dynamic"):
            return name.upper()
        raise AttributeError(f"no {name} here", name=name, obj=self)


g = G()
print(g.direct, g.dynamic_thing)
try:
    g.missing
except AttributeError as error:
    print(error, error.name, error.obj is g)
print(hasattr(g, "other"), getattr(g, "other", "default"))


class Prop:
    @property
    def value(self):
        """The doc."""
        return self.inner.missing

    def __getattr__(self, name):
        return f"fallback for {name}"


p = Prop()
print(p.value, Prop.value.__doc__)


class P:
    def __init__(self):
        self._x = 0

    x = property(lambda self: self._x, lambda self, v: setattr(self, "_x", v), lambda self: print("deleted"), "doc of x")
    read_only = property(lambda self: 1)
    write_only = property(None, lambda self, v: print("write", v))

    @x.getter
    def y(self):
        return "y" + str(self._x)


p = P()
p.x = 4
print(p.x, p.y, P.x.__doc__, P.x.fset is P.y.fset)
del p.x
p.write_only = 3
for action in ("p.read_only = 1", "p.write_only", "del p.read_only", "del p.write_only", "P.x.__get__(None, P).fget(p) and P.read_only.fset(1)"):
    try:
        exec(action)
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
print(P.read_only.__name__ if hasattr(P.read_only, "__name__") else "unnamed", P.y.__name__)
