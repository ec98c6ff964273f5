"""Parameters of all kinds together: binding, defaults, packing, keyword names that are no identifiers."""
import inspect


def everything(a, b=2, /, c=3, *args, d, e=5, **kwargs):
    return a, b, c, args, d, e, kwargs


print(everything(1, d=4))
print(everything(1, 20, 30, 40, 50, d=4, e=6, f=7))
print(everything(1, d=4, a=100, b=200))
print(everything(*range(5), d=1, **{"x y": 1, "class": 2}))
print(inspect.signature(everything))
print(everything.__defaults__, everything.__kwdefaults__, everything.__code__.co_argcount, everything.__code__.co_posonlyargcount, everything.__code__.co_kwonlyargcount)
print(everything.__code__.co_varnames)


def bare_star(a, *, b):
    return a, b


def only_args(*args):
    return args


def only_kwargs(**kwargs):
    return kwargs


print(bare_star(1, b=2), only_args(), only_args(*"ab", *[1]), only_kwargs(), only_kwargs(a=1, **{"b": 2}))
arguments = [1, 2]
packed = only_args(*arguments)
arguments.append(3)
print(packed)
options = {"a": 1}
got = only_kwargs(**options)
got["b"] = 2
print(options, got)
print(list(only_kwargs(z=1, y=2, **{"x": 3}, w=4)))

counter = iter(range(10))


def evaluated_once(value=next(counter)):
    return value


print(evaluated_once(), evaluated_once(), next(counter))


def mutable(item, into=[]):
    into.append(item)
    return into


print(mutable(1), mutable(2), mutable(3, []), mutable.__defaults__)
mutable.__defaults__ = (["changed"],)
print(mutable(4))
mutable.__defaults__ = None
try:
    mutable(5)
except TypeError as error:
    print(error)
bare_star.__kwdefaults__ = {"b": "late default", "unknown": 1}
print(bare_star(1))
bare_star.__kwdefaults__ = None
try:
    bare_star(1)
except TypeError as error:
    print(error)
for value in ((1, 2), 5, [1]):
    try:
        mutable.__defaults__ = value
        print(mutable.__defaults__)
    except TypeError as error:
        print(error)
try:
    mutable.__kwdefaults__ = 5
except TypeError as error:
    print(error)


def names(self, cls, _, __, *_args):
    return sorted(locals())


print(names(1, 2, 3, 4))
lambda_all = lambda a, /, b, *c, d=4, **e: (a, b, c, d, e)
print(lambda_all(1, 2, 3, d=5, z=6), inspect.signature(lambda_all))
print((lambda *, k: k)(k=1), (lambda *a: a)(1, 2), (lambda **k: k)(a=1))


class Mapping:
    def keys(self):
        print("keys")
        return ["a", "b"]

    def __getitem__(self, key):
        print("getitem", key)
        return key * 2


print(only_kwargs(**Mapping()))
print({**Mapping()}, dict(Mapping()))


def rename(value, *, key=None):
    def value(value=value):
        return value, key

    return value


print(rename(1, key=2)(), rename(1)(5))


def annotated(a: int, b: "forward", *c: str, d: list = None, **e: dict) -> None:
    pass


print(annotated.__annotations__)
print(inspect.signature(annotated))
for text in (
    "def f(a, a): pass", "def f(a=1, b): pass", "def f(*, **k): pass", "def f(*): pass", "def f(*a, *b): pass", "def f(**k, a): pass", "def f(/, a): pass",
    "def f(a, /, b, /): pass", "def f(*a, /): pass", "def f(**k, **l): pass", "def f(*a=1): pass", "def f((a, b)): pass", "def f(a, *, /): pass", "def f(None): pass",
    "lambda a, a: 0", "f(a=1, a=2)", "f(**k, *a)", "f(a=1, 2)", "f(**k, 1)", "f(1=2)", "f(a.b=1)", "f(True=1)", "f(x for x in y, 1)", "f(a, b for b in c)", "def f(a, b=, c): pass", "f(a=)", "f(*)", "f(a b)",
):
    try:
        compile(text, "t", "exec")
        print("fine:", text)
    except SyntaxError as error:
        print(f"{text}: {error.msg} {error.offset}-{error.end_offset}")
