"""yield in every place an expression may stand: arguments, subscripts, displays, conditions, f-strings, defaults, decorators."""


def drive(function, *sent):
    g = function()
    out = []
    try:
        out.append(next(g))
        for value in sent:
            out.append(g.send(value))
        while True:
            out.append(g.send(None))
    except StopIteration as stop:
        return out, stop.value
    except Exception as error:
        return out, f"{type(error).__name__}: {error}"


def arguments():
    return max((yield "a"), (yield "b"), *(yield "rest"), key=(yield "key"))


def display():
    return [(yield 1), *(yield 2)], {(yield 3): (yield 4), **(yield 5)}, {(yield 6)}, ((yield 7),)


def subscripts():
    table = {}
    table[(yield "key")] = yield "value"
    table[(yield "key2")] = table[(yield "key3")][(yield "low"):(yield "high")]
    del table[(yield "del")]
    return table


def conditions():
    if (yield "test"):
        x = (yield "then") if (yield "inner") else (yield "else")
    while (yield "loop"):
        x += 1
    assert (yield "assert"), (yield "message")
    return x, (yield "l") or (yield "r"), (yield "l2") and (yield "r2"), not (yield "not")


def strings():
    return f"{(yield 'a')}-{(yield 'b')!r:>{(yield 'width')}}", "%s" % (yield "c")


def comparisons():
    return (yield "a") < (yield "b") < (yield "c"), (yield "d") in (yield "e"), (yield "f") is (yield "g")


def statements():
    for x in (yield "iterable"):
        last = yield x
    with (yield "manager") as m:
        pass
    raise (yield "error") from (yield "cause")


def definitions():
    @(yield "decorator")
    def f(a=(yield "default"), *, k=(yield "kw")):
        return a, k

    class C((yield "base"), metaclass=(yield "meta")):
        pass
    return f(), C.__mro__[1].__name__, (lambda a=(yield "lambda"): a)()


def assignments():
    a, *b = yield "unpack"
    a += yield "augmented"
    c = d = yield "chain"
    (e := (yield "walrus"))
    return a, b, c, d, e


def tuples():
    x = yield 1, 2
    y = yield
    yield (yield (yield "inner"))
    return x, y


def lambdas():
    f = lambda: (yield "from the lambda")
    return (yield from f()), [*(lambda: (yield 1))()]


def match():
    match (yield "subject"):
        case [a, b] if (yield "guard"):
            return "pair", a, b
        case str() as text:
            return (yield text)
    return "none"


import contextlib

print(drive(arguments, 3, -9, [5], abs))
print(drive(display, "x", "yz", "k", "v", {"m": 1}, 6, 7))
print(drive(subscripts, "value!", "k", "k2", "k", 0, 3, "k"))
print(drive(conditions, True, True, 1, True, False, True, 0, "r", 1, "r2", ""))
print(drive(conditions, True, False, 9, False, False, "the message"))
print(drive(strings, 1, "q", 6, "pct"), drive(comparisons, 1, 2, 0, "x", "xyz", None, None), drive(comparisons, 2, 1, "a", "abc", 1, 1.0))
print(drive(statements, "ab", None, None, contextlib.nullcontext(5), ValueError("sent"), KeyError("cause")))
print(drive(definitions, lambda f: f, "A", "K", dict, type, "L"))
print(drive(tuples, "x", "y", "deep", "deeper"), drive(lambdas, "got"), drive(match, [1, 2], True), drive(match, [1, 2], False), drive(match, "t", "end"))
try:
    print(drive(assignments, "abc", "d", "c", "w"))
except SyntaxError as error:
    print(error)
for source in ("def f(): [(yield x) for x in y]", "def f(): ((yield) for x in y)", "def f(): [x for x in (yield)]", "yield 1", "class C: yield 1", "lambda: (yield)", "def f(): yield = 1",
               "def f(): x = yield = 1", "def f(): await x", "async def f(): yield from x", "def f(a=(yield)): pass", "def f(): del (yield)", "async def f():\n yield 1\n return 2"):
    try:
        compile(source, "s", "exec")
        print("fine", source)
    except SyntaxError as error:
        print(error.msg)
