"""functools: caches and their statistics, partial with placeholders, reduce, ordering, dispatch, wraps."""
import functools
from functools import cache, cached_property, lru_cache, partial, partialmethod, reduce, singledispatch, singledispatchmethod, total_ordering, wraps, cmp_to_key


@lru_cache(maxsize=3)
def square(x):
    print('computing', x)
    return x * x


for x in (1, 2, 1, 3, 4, 1, 2):
    square(x)
print(square.cache_info(), square.cache_parameters())
square.cache_clear()
print(square.cache_info(), square.__wrapped__.__name__)


@lru_cache(typed=True)
def typed(x):
    return type(x).__name__


print(typed(1), typed(1.0), typed(True), typed.cache_info().currsize)


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.cache_info())
try:
    fib([])
except TypeError as error:
    print(error)


class Lazy:
    @cached_property
    def value(self):
        """computed once"""
        print('once')
        return 42


lazy = Lazy()
print(lazy.value, lazy.value, lazy.__dict__, Lazy.value.__doc__)
del lazy.value
print(lazy.value)

add = partial(lambda *args, **kw: (args, kw), 1, 2, key='v')
print(add(3), add(key='w', other=1), add.args, add.keywords)
skip = partial(lambda *args: args, functools.Placeholder, 2, functools.Placeholder, 4)
print(skip(1, 3, 5), skip.args)
try:
    skip(1)
except TypeError as error:
    print(error)


class Cell:
    def __init__(self):
        self.alive = False

    def set_state(self, state):
        self.alive = state

    set_alive = partialmethod(set_state, True)


cell = Cell()
cell.set_alive()
print(cell.alive)
print(reduce(lambda a, b: f'({a}{b})', 'abcd'), reduce(max, [], 0), reduce(lambda a, b: a + b, [[1], [2]], [0]))


@total_ordering
class Version:
    def __init__(self, *parts):
        self.parts = parts

    def __eq__(self, other):
        return self.parts == other.parts if isinstance(other, Version) else NotImplemented

    def __lt__(self, other):
        return self.parts < other.parts if isinstance(other, Version) else NotImplemented


print(Version(1, 2) >= Version(1, 1), Version(1) <= Version(1), Version(2) > Version(3))
try:
    Version(1) < 3
except TypeError as error:
    print(error)


@singledispatch
def show(x):
    return f'object {x}'


@show.register
def _(x: int | str):
    return f'int or str {x}'


@show.register(list)
def _(x):
    return f'list of {len(x)}'


print(show(1), show('a'), show([1, 2]), show(2.5), show(True), show.dispatch(bool).__name__, sorted(k.__name__ for k in show.registry))


class Printer:
    @singledispatchmethod
    def out(self, x):
        return 'generic'

    @out.register
    def _(self, x: int):
        return 'int'

    @out.register
    @classmethod
    def _(cls, x: str):
        return cls.__name__


print(Printer().out(1), Printer().out('s'), Printer().out(None))


def traced(function):
    @wraps(function)
    def wrapper(*args):
        """hidden"""
        return ('traced', function(*args))
    return wrapper


@traced
def documented(a: int) -> str:
    """shown"""
    return str(a)


print(documented(3), documented.__name__, documented.__doc__, documented.__annotations__, documented.__wrapped__(4))
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)), repr(cmp_to_key(len))[:17])
