"""Coroutines driven by hand: await of all kinds, send, throw, close, errors, never-awaited warnings, decorated generators."""
import inspect
import types
import warnings


class Pause:
    def __init__(self, name):
        self.name = name

    def __await__(self):
        print("  pausing", self.name)
        try:
            got = yield self.name
        finally:
            print("  leaving", self.name)
        return got


def run(coroutine, *sends):
    sends = list(sends)
    value = None
    while True:
        try:
            out = coroutine.send(value)
        except StopIteration as stop:
            return stop.value
        print("  out", out)
        value = sends.pop(0) if sends else None


async def simple():
    return 5


async def adds(a):
    x = await Pause("one")
    y = await simple()
    return a, x, y, [await Pause(i) for i in "pq"], (await simple()) + await simple()


print(run(adds(1), "first", "second", "third"))
c = adds(2)
print(inspect.getcoroutinestate(c), c.cr_await, c.cr_running, c.cr_suspended, c.cr_origin)
c.send(None)
print(inspect.getcoroutinestate(c), type(c.cr_await).__name__, c.cr_suspended, c.cr_code.co_name)
try:
    c.throw(KeyError("thrown"))
except KeyError as error:
    print(error, inspect.getcoroutinestate(c))
try:
    c.send(None)
except RuntimeError as error:
    print(error)
c.close()
c = adds(3)
c.send(None)
c.close()
try:
    c.throw(ValueError)
except (RuntimeError, ValueError) as error:
    print(type(error).__name__, error)

s = simple()
try:
    s.send(1)
except TypeError as error:
    print(error)
try:
    iter(s)
except TypeError as error:
    print(error)
try:
    next(s)
except TypeError as error:
    print(error)
s.close()


async def awaits(value):
    return await value


class BadAwait:
    def __await__(self):
        return 5


class CoroutineAwait:
    def __init__(self):
        self.made = simple()

    def __await__(self):
        return self.made


class IterAwait:
    def __await__(self):
        return iter([1, 2])


class Raises:
    def __await__(self):
        raise OSError("in __await__")


for make in (lambda: 5, lambda: None, lambda: simple, lambda: [1], BadAwait, CoroutineAwait, Raises):
    thing = make()
    try:
        awaits(thing).send(None)
    except (TypeError, OSError) as error:
        print(type(error).__name__, error)
    if isinstance(thing, CoroutineAwait):
        thing.made.close()
print(run(awaits(IterAwait())))


@types.coroutine
def old_style(n):
    got = yield n
    return got * 2


print(run(awaits(old_style(1)), 21), inspect.isawaitable(old_style(1)), inspect.iscoroutine(old_style(1)))


async def reuse():
    s = simple()
    print(await s)
    try:
        await s
    except RuntimeError as error:
        print(error)


run(reuse())


async def already():
    p = adds(1)
    p.send(None)
    try:
        await p
    except RuntimeError as error:
        print(error)
    p.close()


async def two_waiters():
    global shared
    await shared


@types.coroutine
def suspends():
    yield


shared = (lambda: awaits(suspends()))()
a, b = two_waiters(), two_waiters()
a.send(None)
try:
    b.send(None)
except RuntimeError as error:
    print(error)
a.close()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    adds(1)
    simple()
    for warning in caught:
        print(warning.category.__name__, warning.message)


async def stops():
    raise StopIteration("x")


try:
    stops().send(None)
except RuntimeError as error:
    print(error, repr(error.__cause__))
for source in ("await x", "def f(): await x", "async def f(): yield from x", "def f(): async with x: pass", "def f(): async for x in y: pass", "async def f(): [await x for x in y]", "def f(): [x async for x in y]", "async def f(): return (x async for x in y)", "async def f():\n yield\n return 1", "lambda: await x", "async def f(): lambda: await x", "class C: await x", "async with x: pass", "async def f(await): pass", "async = 1", "def await(): pass", "[await x for y in z]"):
    try:
        compile(source, "s", "exec")
        print("fine:", source)
    except SyntaxError as error:
        print(f"{source!r}: {error.msg}")


async def nested_defs():
    async def inner(x):
        return x * 2

    f = lambda x: inner(x)
    return await inner(await f(3)), [await inner(i) for i in range(3)], {i: await inner(i) async for i in agen()}


async def agen():
    for i in range(2):
        yield i


print(run(nested_defs()))
print(repr(c).split(" at ")[0], c.__name__, c.__qualname__)
