"""Stars in calls, displays, subscripts, targets, for, return, yield, class bases, annotations, type parameters, match; and where not."""
import sys


def attempt(source, **names):
    names["r"] = None
    try:
        exec(source, names)
        print(source.replace("\n", "; ")[:70], "->", names["r"])
    except Exception as error:
        text = error.msg if isinstance(error, SyntaxError) else error
        print(source.replace("\n", "; ")[:70], "->", type(error).__name__, text)


class Sub:
    def __getitem__(self, key):
        return key

    def __class_getitem__(cls, key):
        return "class", key


a, d = (1, 2), {"x": 1}
for source in ("r = [*a, *a]", "r = *a,", "r = *a, 3, *'bc'", "r = {*a}, {**d, 'y': 2, **d}", "r = Sub()[*a]", "r = Sub()[*a, 3]", "r = Sub()[0, *a, 1:2]", "r = Sub[*a]", "x, *y = a; r = y", "*x, = a; r = x", "[x, *y], z = ('abc', 1); r = y, z",
               "for x, *y in [(1, 2, 3), 'ab']: r = x, y", "for x in *a, 9: r = x", "def f(): return *a, 3\nr = f()", "def f(): yield *a, 3\nr = next(f())", "class C(*(int,), **{}): pass\nr = C.__mro__[1]", "def f(*args: *tuple[int]): pass\nr = f.__annotations__",
               "type A[*Ts] = tuple[*Ts]\nr = A.__value__", "match [1, 2, 3]:\n case [x, *_, y]: r = x, y", "match [1, 2, 3]:\n case [*rest]: r = rest", "r = print(*a, sep='-')", "r = max(*a, *[5], key=lambda v: -v)", "f = lambda *a, **k: (a, k); r = f(*a, 5, *a, z=1, **d)",
               "r = (lambda x, /, *, k: (x, k))(*[1], **{'k': 2})", "r = f'{*a, 3}'", "r = [x for x in (*a, 5)]", "r = [*x for x in [a]]", "r = *a", "*a", "r = (*a)", "*x = a", "x, *y, *z = a", "del *x", "r = print(**a)", "r = print(*5)", "r = print(**d, *a)", "r = print(x=1, *a)",
               "r = print(**d, x)", "f(x for x in a, 1)", "r = [**d]", "r = {**d, *a}", "r = {*a, **d}", "r = {**d, 1}", "lambda *: 1", "lambda *, **k: 1", "lambda **k, x: 1", "lambda *a, *b: 1", "lambda x=1, y: 1", "lambda a, a: 1", "lambda a, /, b, /: 1", "lambda /: 1", "lambda *a, /: 1",
               "def f(*a=1): pass", "def f(**k=1): pass", "def f(*): pass", "def f(*, **k): pass", "def f(a, *, /): pass", "r = a[*a:1]", "r = a[**d]", "with *a as b: pass", "import *a", "assert *a", "r = not *a", "r = *a + 1", "r = *a or 1", "*a, b: int = 1", "x: int = *a, 1\nr = x", "x = y = *a, 1\nr = x", "x += *a, 1",
               "r += *a", "raise *a", "if *a: pass", "while *a: pass", "return *a", "class C[*a, *b]: pass\nr = C.__type_params__", "class C[**P, *Ts, T]: pass\nr = C.__type_params__", "class C[*Ts: int]: pass", "def f[T](*args: *T): pass", "global *a", "*(x, y) = a", "*[x, *y], = a\nr = x, y", "(*x, y) = a; r = x, y", "[*x] = a; r = x",
               "match a:\n case [*x, *y]: pass", "match a:\n case *x: pass", "match a:\n case *x, y: r = x", "match d:\n case {**k}: r = k", "match d:\n case {**_}: pass", "match d:\n case {'x': v, **k}: r = v, k", "r = [*a, *()] == list(a)", "r = (*a, *a)[::2]", "print(*a if a else 'b')", "r = [*a if 0 else 'zz']", "r = [*(yield)]", "r = f(*a)(*a)"):
    attempt(source, a=a, d=d, Sub=Sub)
