"""Decorators: order, arguments, classes, wraps, stacking with descriptors, any expression."""
import functools


def trace(name):
    print("making", name)

    def decorate(function):
        print("decorating", function.__name__, "with", name)

        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            print("enter", name)
            try:
                return function(*args, **kwargs)
            finally:
                print("leave", name)

        return wrapper

    return decorate


@trace("outer")
@trace("inner")
def add(a, b=1):
    """Adds."""
    return a + b


print(add(2), add(2, b=5), add.__name__, add.__doc__, add.__wrapped__.__wrapped__(1, 1), add.__qualname__)


class Count:
    def __init__(self, function):
        functools.update_wrapper(self, function)
        self.function, self.calls = function, 0

    def __call__(self, *args):
        self.calls += 1
        return self.function(*args)

    def __get__(self, instance, owner):
        return self if instance is None else functools.partial(self, instance)


@Count
def square(n):
    "Squares."
    return n * n


print(square(3), square(4), square.calls, square.__doc__, square.__name__)


class C:
    @Count
    def method(self, x):
        return type(self).__name__, x

    @staticmethod
    @trace("static")
    def static(x):
        return x

    @classmethod
    @trace("class")
    def cls(cls):
        return cls.__name__

    @property
    @functools.lru_cache
    def cached(self):
        print("computing")
        return 42

    @functools.cached_property
    def once(self):
        print("once")
        return [1]

    @functools.singledispatchmethod
    def dispatch(self, value):
        return "other"

    @dispatch.register
    def _(self, value: int):
        return "int"

    @dispatch.register(str)
    def _(self, value):
        return "str"


c = C()
print(c.method(1), c.method(2), C.method.calls)
print(c.static(1), C.cls())
print(c.cached, c.cached, c.once, c.once is c.once, "once" in c.__dict__)
print(c.dispatch(1), c.dispatch("a"), c.dispatch(None), c.dispatch(True))

table = {"key": [trace]}


@table["key"][0]("expression")
def subscripted():
    return 1


@(lambda function: function() + 1)
def value():
    return 41


print(subscripted(), value)


@str
@type
@lambda cls: cls()
class Weird:
    pass


print(Weird)


@(picked := Count)
def walrus():
    return "walrus"


print(walrus(), picked is Count)


def register(registry):
    def decorate(thing):
        registry[thing.__name__] = thing
        return thing

    return decorate


registry = {}


@register(registry)
def first():
    pass


@register(registry)
class Second:
    pass


print(list(registry), registry["first"] is first)


@functools.lru_cache(maxsize=2)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(20), fib.cache_info(), fib.cache_parameters())
fib.cache_clear()
print(fib.cache_info())


@functools.singledispatch
def kind(value):
    return "object"


@kind.register(int)
@kind.register(float)
def number(value):
    return "number"


@kind.register
def _(value: list | tuple):
    return "sequence"


print(kind(1), kind(1.5), kind([]), kind(()), kind({}), kind.dispatch(bool) is number)
try:

    @kind.register
    def bad(value):
        pass

except TypeError as error:
    print(str(error).split("Use")[0].split(" at 0x")[0])
try:

    @None
    def no():
        pass

except TypeError as error:
    print(error)
