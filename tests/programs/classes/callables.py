"""Instances called, bound methods, static and class methods, partial methods, and how they compare and print."""
import functools
import types


class Call:
    def __call__(self, *args, **kwargs):
        return args, kwargs

    def method(self, *args):
        return (type(self).__name__, *args)

    @classmethod
    def cls(cls, *args):
        return (cls.__name__, *args)

    @staticmethod
    def static(*args):
        return args

    partial = functools.partialmethod(method, "fixed")


c, d = Call(), Call()
print(c(1, k=2), callable(c), callable(Call), callable(5))
c.__call__ = lambda: "instance"
print(c())
print(c.method(1), Call.method(c, 2), c.cls(3), Call.cls(4), c.static(5), Call.static(6), c.partial(7))
print(c.method == c.method, c.method is c.method, c.method == d.method, hash(c.method) == hash(c.method), c.cls == d.cls)
bound = c.method
print(bound.__self__ is c, bound.__func__ is Call.method, bound.__name__, bound.__qualname__, bound.__doc__)
try:
    bound.attribute = 1
except AttributeError as error:
    print(error)
Call.method.attribute = "on the function"
print(bound.attribute)
print(types.MethodType(lambda self, x: (self, x), "me")(1))
for args in ((5, 1), (print,), (print, None)):
    try:
        types.MethodType(*args)
    except TypeError as error:
        print(error)


class Uncallable:
    pass


try:
    Uncallable()()
except TypeError as error:
    print(error)
print(type(Call.__dict__["cls"]).__name__, type(Call.__dict__["static"]).__name__, Call.__dict__["static"](1))
print(repr(Call.__dict__["static"]).startswith("<staticmethod(<function Call.static at"))
print(repr(c.method).startswith("<bound method Call.method of <__main__.Call object at"))
print(repr([].append).startswith("<built-in method append of list object at"), repr(len), repr(str.join), repr(dict.fromkeys).startswith("<built-in method fromkeys of type object"))
try:
    Call.__dict__["cls"]()
except TypeError as error:
    print(error)
sm = staticmethod(len)
print(sm([1]), sm.__name__, sm.__wrapped__ is len)
cm = classmethod(lambda cls: cls)
print(cm.__get__(None, int)(), cm.__get__(5)(), cm.__func__(3), cm.__name__)


class Chain:
    @classmethod
    @property
    def chained(cls):
        return "no longer chained"


print(type(Chain.chained).__name__)
print(str.upper("a"), str.__dict__["upper"].__get__("b")(), "c".upper.__self__, (5).__add__(3), int.__add__(5, 3))
for action in (lambda: str.upper(5), lambda: str.upper(), lambda: int.__add__("a", 1), lambda: "x".upper(1), lambda: [].append(), lambda: [].append(1, 2), lambda: [].append(x=1), lambda: len(), lambda: len(1, 2), lambda: int.from_bytes(), lambda: str.__dict__["join"].__get__(5)):
    try:
        action()
    except TypeError as error:
        print(error)


class Descriptor:
    def __get__(self, instance, owner):
        return lambda *args: (instance is not None, owner.__name__, args)


class Special:
    __call__ = Descriptor()
    __len__ = lambda self: 3
    __getitem__ = staticmethod(lambda key: key * 2)


s = Special()
print(s(1), len(s), s[4])
s.__len__ = lambda: 99
print(len(s), s.__len__())
