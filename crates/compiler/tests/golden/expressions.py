"""Expressions whose code is built in more than one way."""
import json as module


class Base:
    def method(self, *args, **kwargs):
        return super().method(*args, **kwargs) or super().attribute

    def two(self, other):
        self.value = super(Base, self).value
        return super(
            Base, other
        ).two(self, key=1)


def calls(f, a, *rest, **named):
    f()
    f(a, key=a)
    a.method(a, key=a)
    module.function(a)
    f(*rest)
    f(a, *rest, key=1, **named)
    f(**named, x=1, **a)
    f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, a)
    a.method(
        a
    ).other(
        key=a,
    )
    return all(x for x in a), any(x for x in a), tuple(x for x in a), list(x for x in a)


def displays(a, b):
    yield [a, *b], (*a, b), {a, *b}, {a: b, **a, 1: 2}
    yield [1, 2, 3], (1, (2, "x")), {1, 2, 3}, {"k": 1}
    yield a in {1, 2, 3}, a not in [1, b], [x for x in [1, 2]]
    x, (y, *z) = a
    [x.y, *z[0]] = b
    del x, (y, [z[1]])
    return a < b < 3 and not a == b or (a if b else 0)


def subscripts(a, i):
    a[i:] = a[1:2] + a[i] + a[::i] + a[:, 1:2]
    a[i:i + 1] += 1
    a[i] -= 1
    a.b.c **= 2
    del a[i:]
    return a[-1:]


def strings(a, width):
    return (f"", f"{a}", f"x{a!r:>{width}}y", f"{a=}", "%s and %r" % (a, width),
            t"", t"{a}", t"x{a!s:{width}}{width}", f"{a}" "z")


def comprehensions(a, b):
    c = [x + y for x in a if x for y in [x * 2] if y < b]
    d = {k: [lambda: k for v in w] for k, w in a.items()}
    return c, d, {x for x in a}, (x async for x in a), [(n := x) for x in a]


async def asynchronous(a):
    async with a as b, b.c:
        async for x in b:
            yield [y async for y in x if await y]
    await a


lambdas = lambda a, /, b=1, *, c=2, **d: (lambda: a + b + c), (yield_ for yield_ in lambdas)
