"""async for, async comprehensions, async generators and async with, driven by hand."""


def run(coroutine):
    while True:
        try:
            coroutine.send(None)
        except StopIteration as stop:
            return stop.value


class Tick:
    def __await__(self):
        yield


class Count:
    def __init__(self, n):
        self.n, self.i = n, 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        await Tick()
        if self.i >= self.n:
            raise StopAsyncIteration
        self.i += 1
        return self.i


async def loops():
    async for i in Count(4):
        if i == 2:
            continue
        if i == 4:
            print("break")
            break
        print(i)
    else:
        print("never")
    async for i in Count(1):
        pass
    else:
        print("else", i)
    print([i async for i in Count(3)], {i async for i in Count(2)}, {i: i * i async for i in Count(3) if i % 2})
    print([(i, j) async for i in Count(2) for j in range(i)], [(i, j) for i in range(2) async for j in Count(i)])
    gen = (i * 10 async for i in Count(3))
    print(type(gen).__name__, [x async for x in gen])
    print([x async for x in gen])
    print([[y async for y in Count(x)] async for x in Count(3)])


run(loops())


async def agen(n):
    try:
        for i in range(n):
            await Tick()
            got = yield i
            if got:
                print("got", got)
    except ValueError as error:
        print("caught", error)
        yield "handled"
    finally:
        await Tick()
        print("finally")


async def drive():
    g = agen(3)
    print(await g.__anext__(), await g.asend("hello"), await g.athrow(ValueError("v")))
    try:
        await g.__anext__()
    except StopAsyncIteration:
        print("stopped")
    print(await anext(g, "default"))
    g = agen(2)
    await anext(g)
    await g.aclose()
    await g.aclose()
    try:
        await g.asend(None)
    except StopAsyncIteration as stop:
        print("closed", stop.args)
    g = agen(2)
    try:
        await g.asend("not none")
    except TypeError as error:
        print(error)
    print(g.ag_running, g.ag_await, g.ag_code.co_name, g.__name__)
    await g.aclose()
    try:
        await g.athrow(KeyError("after close"))
    except StopAsyncIteration as error:
        print("throw after close", repr(error))
    except KeyError as error:
        print("throw after close", repr(error))
    a = agen(1)
    first = a.__anext__()
    first.send(None)
    try:
        a.__anext__().send(None)
    except RuntimeError as error:
        print(error)
    try:
        a.aclose().send(None)
    except RuntimeError as error:
        print(error)
    try:
        first.close()
    except RuntimeError as error:
        print(error)


run(drive())


class Manager:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    async def __aenter__(self):
        await Tick()
        print("enter", self.name)
        return self.name

    async def __aexit__(self, kind, value, traceback):
        await Tick()
        print("exit", self.name, kind and kind.__name__)
        return self.swallow


async def withs():
    async with Manager("a") as a, Manager("b", True) as b:
        print(a, b)
        raise ValueError("swallowed by b")
    try:
        async with Manager("c"):
            raise KeyError("k")
    except KeyError as error:
        print("out", error)
    for i in range(3):
        async with Manager(i):
            if i == 1:
                break
    async with (
        Manager("x") as x,
        Manager("y") as y,
    ):
        return x, y


print(run(withs()))


class NoAiter:
    pass


class BadAiter:
    def __aiter__(self):
        return 5


class BadAnext:
    def __aiter__(self):
        return self

    def __anext__(self):
        return 5


class NoExit:
    async def __aenter__(self):
        pass


class SyncOnly:
    def __enter__(self):
        pass

    def __exit__(self, *args):
        pass


class BadEnter:
    def __aenter__(self):
        return 5

    async def __aexit__(self, *args):
        pass


async def misuse(kind, thing):
    if kind == "for":
        async for x in thing:
            pass
    else:
        async with thing:
            pass


for kind, thing in [("for", NoAiter()), ("for", BadAiter()), ("for", BadAnext()), ("for", [1]), ("with", NoAiter()), ("with", NoExit()), ("with", SyncOnly()), ("with", BadEnter())]:
    try:
        run(misuse(kind, thing))
    except TypeError as error:
        print(error)
try:
    with Manager("sync"):
        pass
except TypeError as error:
    print(error)
for action in (lambda: aiter(5), lambda: anext(5), lambda: aiter(), lambda: anext(Count(1), 1, 2)):
    try:
        action()
    except TypeError as error:
        print(error)


async def stop_raised():
    yield 1
    raise StopAsyncIteration("inside")


async def catch():
    try:
        async for x in stop_raised():
            print(x)
    except RuntimeError as error:
        print(error, repr(error.__cause__))


run(catch())


async def nested_agen():
    async for x in agen(2):
        yield x * 100


async def use_nested():
    return [x async for x in nested_agen()]


print(run(use_nested()))
import inspect

print(inspect.isasyncgenfunction(agen), inspect.isasyncgen(agen(1)), inspect.iscoroutinefunction(withs))
