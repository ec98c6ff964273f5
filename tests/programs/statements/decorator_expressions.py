"""Decorators as arbitrary expressions: order, results of other types, classes, stacked on methods, conditional, walrus, errors in between."""
log = []


def mark(name, result=None):
    log.append(f"eval {name}")

    def apply(f):
        log.append(f"apply {name} to {getattr(f, '__name__', f)}")
        return f if result is None else result
    return apply


@mark("a")
@mark("b")
def f(x=mark("default")): ...


print(log)
log.clear()


@(lambda f: [f])
@(mark("c") if log else mark("d"))
def g(): ...


print(type(g).__name__, log)
log.clear()
table = {"k": mark("from a table", result="replaced")}


@table["k"]
class K: ...


@(saved := mark("walrus"))
class L:
    @mark("method")
    @staticmethod
    @mark("inner")
    def m(): return "static"

    @property
    @mark("property")
    def p(self): return "prop"

    @mark("gone", result=5)
    def n(self): ...


print(K, L.m(), L().p, L.n, saved is not None, log)
log.clear()
try:
    @mark("outer")
    @(1 / 0)
    @mark("never")
    def h(): ...
except ZeroDivisionError:
    print(log, "h" in globals())
log.clear()
try:
    @mark("not reached")
    @5
    def i(): ...
except TypeError as error:
    print(error, log, "i" in globals())


@type
def kind(): ...


@str
@repr
class Text: ...


@list
@iter
@lambda f: "abc"
def letters(): ...


print(kind.__name__, Text, letters)
