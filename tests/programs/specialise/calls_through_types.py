"""One hot call site that meets functions, lambdas, methods, classes, builtins, partials, instances and errors."""
import functools
import operator


class WithCall:
    def __call__(self, x):
        return "instance", x


class Plain:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"Plain({self.x})"

    def method(self, x):
        return "method", x

    @classmethod
    def on_class(cls, x):
        return cls.__name__, x

    @staticmethod
    def static(x):
        return "static", x


class NewOnly:
    def __new__(cls, x):
        return "new gave", x


class Meta(type):
    def __call__(cls, x):
        return "metaclass", x


class ByMeta(metaclass=Meta):
    pass


def default(x, y=2):
    return x, y


def variadic(*args):
    return args


def keywords(**kw):
    return kw


def needs_two(a, b):
    return a, b


def generator(x):
    yield x


async def coroutine(x):
    return x


def call(f, x):
    return f(x)


def hot(f, x=3, turns=60):
    for _ in range(turns):
        try:
            out = call(f, x)
        except (TypeError, ValueError, AttributeError) as error:
            out = f"{type(error).__name__}: {error}"
        if hasattr(out, "close"):
            out.close()
            out = type(out).__name__
    return out


callables = [default, lambda x: -x, variadic, keywords, needs_two, Plain(1).method, Plain.method, Plain.on_class, Plain.static, Plain,
             NewOnly, ByMeta, WithCall(), functools.partial(needs_two, 1), functools.partial(needs_two, b=7), abs, str, int, type, range,
             [].append, "abc".count, "-".join, operator.itemgetter(0), operator.methodcaller("bit_length"), functools.cache(default), 5,
             None, bool, tuple, len, generator, coroutine, dict.fromkeys, iter, repr, classmethod(default), Plain]
for index, f in enumerate(callables):
    print(index, hot(f))
for index, f in reversed(list(enumerate(callables))):
    out = hot(f, "ab", turns=2)
    if index in (0, 1, 4, 7, 9, 15, 22, 23, 30):
        print(index, out)


def grow(f, turns):
    value = 1
    for turn in range(turns):
        value = f(value)
        if turn == turns // 2:
            f = float
        if turn == turns // 2 + 5:
            f = lambda v: v + 1
    return value


print(grow(lambda v: v * 2, 200), grow(abs, 50), grow(operator.neg, 51))
