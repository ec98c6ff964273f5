"""__new__ and __init__: results of other classes, arguments, singletons, immutable bases, errors."""


class Trace:
    def __new__(cls, *args, **kwargs):
        print("new", cls.__name__, args, kwargs)
        return super().__new__(cls)

    def __init__(self, *args, **kwargs):
        print("init", args, kwargs)


Trace(1, k=2)


class Sub(Trace):
    pass


Sub("s")
print(type(Trace.__new__(Sub)).__name__)


class Other:
    def __new__(cls, result):
        return result

    def __init__(self, result):
        print("init of Other", result is self)


print(Other(5))
o = Other(object.__new__(Other))


class Single:
    instance = None

    def __new__(cls):
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance

    def __init__(self):
        self.count = getattr(self, "count", 0) + 1


print(Single() is Single(), Single().count)


class Celsius(float):
    def __new__(cls, value, unit="C"):
        self = super().__new__(cls, value)
        self.unit = unit
        return self

    def __repr__(self):
        return f"{float(self)}°{self.unit}"


print(Celsius(20.5), Celsius(1, unit="K") + 1, type(Celsius(1) + 1).__name__)


class Pair(tuple):
    def __new__(cls, a, b):
        return tuple.__new__(cls, (a, b))

    first = property(lambda self: self[0])


print(Pair(1, 2), Pair(3, 4).first, Pair(1, 2) == (1, 2))


class Text(str):
    def __new__(cls, text="", *, loud=False):
        return super().__new__(cls, text.upper() if loud else text)


print(Text("a", loud=True), Text(), Text("q") + "r")


class BadInit:
    def __init__(self):
        return 5


class NoArgs:
    pass


class OnlyInit:
    def __init__(self, a):
        self.a = a


class OnlyNew:
    def __new__(cls, a):
        return object.__new__(cls)


class NewPasses:
    def __new__(cls, a):
        return object.__new__(cls, a)


class InitPasses:
    def __init__(self, a):
        object.__init__(self, a)


for action in (
    lambda: BadInit(),
    lambda: NoArgs(1),
    lambda: NoArgs(a=1),
    lambda: OnlyInit(),
    lambda: OnlyInit(1, 2),
    lambda: OnlyInit(b=1),
    lambda: OnlyNew(),
    lambda: OnlyNew(1),
    lambda: NewPasses(1),
    lambda: InitPasses(1),
    lambda: object(1),
    lambda: object.__new__(),
    lambda: object.__new__(5),
    lambda: object.__new__(int),
    lambda: int.__new__(str),
    lambda: int.__new__(NoArgs),
    lambda: tuple.__new__(5),
    lambda: list.__new__(dict),
    lambda: type.__call__(),
    lambda: type(None)(1),
    lambda: type(...)(),
    lambda: type(NotImplemented)(1),
):
    try:
        print(type(action()).__name__)
    except TypeError as error:
        print(error)


class Abstract:
    __new__ = None


try:
    Abstract()
except TypeError as error:
    print(error)


class InstanceNew:
    pass


InstanceNew.__new__ = lambda cls: "replaced later"
print(InstanceNew())
InstanceNew.__new__ = object.__new__
print(type(InstanceNew()).__name__)
del InstanceNew.__new__
print(type(InstanceNew()).__name__)


class Init2(list):
    def __init__(self, *args):
        super().__init__(args)


print(Init2(1, 2, 3), Init2.__new__(Init2, 1, 2))
l = [1, 2]
l.__init__("ab")
print(l)
