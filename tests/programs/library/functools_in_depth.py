"""Caches with odd keys and recursion, singledispatch over ABCs and unions, total_ordering gaps, partial trees, reduce, cmp keys."""
import functools
from collections.abc import Mapping, Sequence, Sized
from functools import cached_property, lru_cache, partial, partialmethod, reduce, singledispatch, singledispatchmethod, total_ordering, wraps

calls = []


@lru_cache(maxsize=3)
def slow(n, *rest, **kw):
    calls.append(n)
    return (n, rest, tuple(kw.items()))


for args, kw in (((1,), {}), ((1.0,), {}), ((True,), {}), ((2,), {"a": 1}), ((2,), {"a": 1}), ((3, 4), {}), ((5,), {}), ((1,), {}), (("1",), {})):
    slow(*args, **kw)
print(calls, slow.cache_info(), slow.cache_parameters())


@functools.cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(150), fib.cache_info().hits)


@lru_cache(maxsize=2)
def reenter(n):
    if n:
        reenter(n - 1)
    return n


print(reenter(5), reenter.cache_info(), lru_cache(maxsize=0)(abs)(-1), lru_cache(maxsize=-5)(abs).cache_parameters())


@lru_cache
def fails(n):
    calls.append(n)
    raise ValueError(n)


calls.clear()
for _ in range(2):
    try:
        fails(1)
    except ValueError:
        pass
print(calls, fails.cache_info())


@singledispatch
def show(x):
    return "object"


@show.register
def _(x: int | str):
    return f"int or str {x}"


@show.register(Sized)
def _(x):
    return f"sized {len(x)}"


@show.register(Sequence)
@show.register(Mapping)
def _(x):
    return "sequence or mapping"


@show.register(type(None))
def _(x):
    return "None"


class Both(list, Sized):
    pass


print(*map(show, (1, True, "s", 2.5, [1], (1,), {1}, {1: 2}, None, Both(), b"", range(3))), show.dispatch(bool) is show.dispatch(int), len(show.registry))


class A: ...
class Conflict(Mapping, Sequence):
    __getitem__ = __len__ = __iter__ = lambda *a: 0


for bad in (lambda: show(Conflict()), lambda: show(), lambda: show.register(5), lambda: show.register(list[int], print), lambda: singledispatch(5), lambda: lru_cache(maxsize="x"), lambda: slow([]), lambda: partial(), lambda: partial(5), lambda: reduce(max, []), lambda: reduce(max, 5), lambda: total_ordering(A), lambda: partial(print)(*5), lambda: functools.cmp_to_key()):
    try:
        print(type(bad()).__name__)
    except (RuntimeError, TypeError, ValueError) as error:
        print(type(error).__name__, str(error).split(" at 0x")[0].split(" <function")[0])


@total_ordering
class Version:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n if isinstance(other, Version) else NotImplemented

    def __lt__(self, other):
        return self.n < other.n if isinstance(other, Version) else NotImplemented


v, w = Version(1), Version(2)
print(v <= w, v >= w, v > w, v != w, max(v, w).n, [type(error).__name__ for error in [None]], sorted([w, v], key=lambda x: x.n)[0].n)
try:
    v <= 5
except TypeError as error:
    print(error)


class Service:
    def run(self, a, b=2, *c):
        return a, b, c

    run_one = partialmethod(run, 1)
    run_kw = partialmethod(run_one, b=5)
    made = 0

    @cached_property
    def value(self):
        Service.made += 1
        return Service.made

    @singledispatchmethod
    @classmethod
    def kind(cls, x):
        return cls.__name__, "other"

    @kind.register
    @classmethod
    def _(cls, x: int):
        return cls.__name__, "int"


s = Service()
print(s.run_one(), s.run_one(9, 8), s.run_kw(), s.value, s.value, vars(s), Service.made, s.kind(1), Service.kind("x"))
del s.value
print(s.value, Service.value.attrname)
p = partial(partial(pow, 2), mod=7)
print(p(5), p.func is pow, p.args, p.keywords, repr(p), partial(pow, 2)(3), partial(print, functools.Placeholder, "b", sep="-").args)
partial(print, functools.Placeholder, "b", sep="-")("a", "c")
print(reduce(lambda a, b: a * b, range(1, 6)), reduce(lambda a, b: [*a, b], "ab", []), reduce(max, [3], initial=9), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))
