"""Assigning __class__, __dict__, __bases__ between classes that fit and do not fit."""
import types


class A:
    a = "A"


class B:
    a = "B"

    def __del__(self):
        pass


class S1:
    __slots__ = ("x", "y")


class S2:
    __slots__ = ("x", "y")


class S3:
    __slots__ = ("y", "x")


class S4:
    __slots__ = ("x", "y", "__dict__")


class S5(S1):
    __slots__ = ()


class I1(int):
    pass


class I2(int):
    pass


class D(dict):
    pass


class W(A):
    __slots__ = ()


objects = [A(), B(), S1(), S2(), S3(), S4(), S5(), I1(5), I2(6), D(), W(), 5, A, types.ModuleType("m"), lambda: 0]
for it in objects:
    out = []
    for target in (A, B, S1, S2, S3, S4, S5, I1, I2, D, W, int, object, 5, types.ModuleType):
        original = type(it)
        try:
            it.__class__ = target
            out.append("ok " + type(it).__name__)
            it.__class__ = original
        except TypeError as error:
            out.append(str(error))
    print(original.__name__, *out, sep="; ")
a = A()
shared = {"x": 1}
a.__dict__ = shared
shared["y"] = 2
b = B()
b.__dict__ = shared
b.z = 3
print(a.z, a.y, vars(a) is vars(b), sorted(shared))
for bad in (5, None, types.MappingProxyType({}), [("a", 1)]):
    try:
        a.__dict__ = bad
        print("accepted", bad)
    except TypeError as error:
        print(error)
del a.__dict__
print(a.__dict__, b.z)


class Own(dict):
    def __getitem__(self, key):
        return "intercepted"

    def __missing__(self, key):
        return "missing"


a.__dict__ = Own(real="real")
print(a.real, a.__dict__["real"])
try:
    a.other
except AttributeError as error:
    print(error)


class X(A):
    pass


class Y(X):
    pass


for bases in ((B,), (A, B), (), (object,), (Y,), (X,), (int,), (A, A), 5, [A], (5,)):
    try:
        X.__bases__ = bases
        print(bases and [b.__name__ for b in X.__bases__], [c.__name__ for c in Y.__mro__], Y.a)
    except TypeError as error:
        print(error)
X.__bases__ = (A,)
print(Y.a, A.__subclasses__() == [W, X], X in B.__subclasses__())
