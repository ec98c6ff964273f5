"""functools and operator: caches, comparison keys, reduce, getters, callers and their errors."""
import functools
import operator


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, error)


calls = []


@functools.lru_cache(maxsize=2)
def f(*args, **kwargs):
    calls.append((args, kwargs))
    return len(calls)


print(f(1), f(1), f(2), f(1), f(3), f(2), f(1.0), f(a=1, b=2), f(b=2, a=1), f.cache_info(), len(calls))
attempt(lambda: f([]), lambda: f.__wrapped__(9), lambda: functools.lru_cache("x"), lambda: functools.lru_cache(maxsize=-5)(len).cache_info(), lambda: functools.lru_cache(typed=True)(lambda x: x).cache_parameters())


@functools.lru_cache(typed=True)
def typed(x):
    return type(x).__name__


print(typed(1), typed(1.0), typed(True), typed.cache_info())


@functools.cache
def fact(n):
    return n * fact(n - 1) if n else 1


print(fact(30), fact.cache_info())


class Cached:
    def __init__(self):
        self.count = 0

    @functools.cached_property
    def value(self):
        self.count += 1
        return self.count

    @functools.lru_cache
    def method(self, x):
        self.count += 1
        return self.count


c = Cached()
print(c.value, c.value, c.method(1), c.method(1), c.__dict__)
del c.value
print(c.value, Cached.value.attrname, type(Cached.value).__name__)
attempt(lambda: functools.cached_property(len).__get__(c), lambda: type("S", (), {"__slots__": (), "p": functools.cached_property(lambda s: 1)})().p)


class Weird:
    pass


Weird.other = functools.cached_property(lambda self: 1)
attempt(lambda: Weird().other)
key = functools.cmp_to_key(lambda a, b: (a > b) - (a < b))
print(sorted([3, 1, 2], key=key), key(1) < key(2), key(1) == key(1), key(5).obj)
attempt(lambda: key(1) < 5, lambda: hash(key(1)), lambda: functools.cmp_to_key(), lambda: functools.reduce(operator.add, []), lambda: functools.reduce(operator.add, [], 5), lambda: functools.reduce(5, [1, 2]), lambda: functools.reduce(operator.add, 5))
getter = operator.itemgetter(1, "a") if False else operator.itemgetter(1)
print(getter("abc"), operator.itemgetter(0, 2)("abc"), operator.itemgetter(slice(1))("abc"), operator.attrgetter("real")(5), operator.attrgetter("__class__.__name__", "imag")(1.5), operator.methodcaller("split", ",", maxsplit=1)("a,b,c"), repr(operator.itemgetter(1, 2)), repr(operator.attrgetter("a.b", "c")), repr(operator.methodcaller("m", 1, k=2)))
attempt(lambda: operator.itemgetter(), lambda: operator.itemgetter(5)("a"), lambda: operator.attrgetter("x.y")(5), lambda: operator.attrgetter(5), lambda: operator.attrgetter(), lambda: operator.methodcaller(), lambda: operator.methodcaller(5), lambda: operator.methodcaller("nope")(5), lambda: operator.itemgetter(1)(), lambda: operator.index(1.5), lambda: operator.add(1), lambda: operator.concat(1, 2), lambda: operator.countOf(5, 1), lambda: operator.indexOf([1], 2), lambda: operator.call(), lambda: operator.length_hint([], "x"), lambda: operator.truth(), lambda: operator.setitem((), 0, 1))
print(operator.add(1, 2), operator.concat([1], [2]), operator.contains("abc", "b"), operator.countOf([1, 1, 2], 1), operator.indexOf("abc", "c"), operator.floordiv(7, 2), operator.matmul.__name__, operator.neg(3), operator.not_(0), operator.is_(None, None), operator.is_not(1, None), operator.is_none(None), operator.is_not_none(None), operator.pow(2, 3), operator.truth([]), operator.xor(5, 3), operator.inv(5), operator.lshift(1, 3), operator.call(max, 1, 2), operator.iadd([1], [2]), operator.ipow(2, 3), operator.getitem({1: 2}, 1), operator.index(True), operator.delitem([1, 2], 0), operator.eq(1, 1.0), operator.__lt__(1, 2), operator.abs(-5), operator.mod("%s", 1), operator.truediv(1, 4), operator.rshift(8, 1), operator.le("a", "b"))


@functools.wraps(len)
def wrapper(*args):
    "own doc"


print(wrapper.__name__, wrapper.__doc__.splitlines()[0], wrapper.__wrapped__ is len, wrapper.__module__)


@functools.singledispatch
def show(x):
    return "default"


show.register(int, lambda x: "int")
show.register(list)(lambda x: "list")


class MyInt(int):
    pass


print(show(1), show(True), show(MyInt(3)), show([]), show(()), show.dispatch(bool)(1), sorted(k.__name__ for k in show.registry), show.registry[object](5))
attempt(lambda: show(), lambda: functools.singledispatch(5) if False else show.register("x"), lambda: functools.total_ordering(int) is int)
print(functools.update_wrapper(lambda: 0, int, assigned=("__doc__",), updated=()).__name__, functools.WRAPPER_ASSIGNMENTS, functools.WRAPPER_UPDATES)


def recursive_repr_test():
    import reprlib

    class R:
        @reprlib.recursive_repr(fillvalue="<loop>")
        def __repr__(self):
            return f"R({self.inner!r})"

    r = R()
    r.inner = [r]
    return repr(r)


print(recursive_repr_test())
