"""__call__ on types and instances: looked up on the type, replaced, removed, recursive, generators, classes as their own calls."""


class A:
    def __call__(self, *args, **kw):
        return args, kw


a = A()
a.__call__ = lambda: "instance's own is not asked"
print(a(1, k=2), callable(a))
A.__call__ = lambda self: "replaced"
print(a())
A.__call__ = A.__call__ and (lambda self, n: n if n < 2 else self(n - 1) + self(n - 2))
print(a(12))


def gen(self, n):
    for i in range(n):
        yield i


A.__call__ = gen
print(list(a(3)))
A.__call__ = type("D", (), {"__get__": lambda self, obj, cls: lambda *args: ("descriptor", obj is a, args)})()
print(a(5))
A.__call__ = int
print(A.__call__("7"))
A.__call__ = A
try:
    print(type(a()).__name__)
except (TypeError, RecursionError) as error:
    print(type(error).__name__, error)
A.__call__ = a
try:
    a()
except RecursionError as error:
    print("RecursionError")
A.__call__ = None
try:
    a()
except TypeError as error:
    print(error, callable(a))
del A.__call__
try:
    a()
except TypeError as error:
    print(error, callable(a))


class Meta(type):
    def __call__(cls, *args):
        return ("meta", *args) if args else super().__call__()


class B(metaclass=Meta):
    def __call__(self):
        return "instance of B"


print(B(1), B()(), callable(B), callable(Meta), type.__call__(B)())
for thing in (5, "s", None, [], {}, (), ..., print, int, lambda: 0, type("T", (), {}), type("T", (), {"__call__": 5})(), object()):
    try:
        print(callable(thing), type(thing()).__name__, end="; ")
    except TypeError as error:
        print(error, end="; ")
print()
