"""async with, async for, comprehensions and finally nested in one another, driven by hand without an event loop."""


class Pause:
    def __init__(self, name):
        self.name = name

    def __await__(self):
        got = yield self.name
        return got


class Resource:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    async def __aenter__(self):
        log.append(f"enter {self.name}")
        await Pause(f"entering {self.name}")
        return self

    async def __aexit__(self, kind, error, tb):
        await Pause(f"leaving {self.name}")
        log.append(f"leave {self.name} {kind and kind.__name__}")
        return self.swallow


class Ticks:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        await Pause(f"tick {self.n}")
        return self.n


async def agen(n):
    async with Resource("agen"):
        for i in range(n):
            try:
                yield i
            finally:
                log.append(f"after {i}")


async def work(fail=None):
    out = []
    async with Resource("a") as a, Resource("b", swallow=True):
        async for n in Ticks(2):
            out.append(n)
            if n == fail:
                raise ValueError(n)
        else:
            out.append("else")
        out += [x * 10 async for x in agen(2) if await Pause("filter") is not False]
    out.append(a.name)
    return out


async def returns_inside():
    async with Resource("r"):
        async for n in Ticks(5):
            async with Resource(f"i{n}"):
                if n == 3:
                    return "returned"


async def breaks_agen():
    g = agen(5)
    async for n in g:
        if n == 1:
            break
    log.append("broke")
    await g.aclose()
    return [k async for k in agen(1)], {k: v async for k, v in pairs()}, {await Pause("in set") or 1 for _ in "ab"}


async def pairs():
    yield "k", await Pause("pair")


log = []


def drive(coroutine, at=None, throw=None):
    seen, value = [], None
    try:
        while True:
            if len(seen) == at:
                paused = coroutine.throw(throw)
            else:
                paused = coroutine.send(value)
            seen.append(paused)
    except StopIteration as stop:
        result = stop.value
    except BaseException as error:
        result = f"{type(error).__name__}: {error}"
    print(result, seen, log, sep="\n    ")
    log.clear()


drive(work())
drive(work(fail=1))
drive(returns_inside())
drive(breaks_agen())
for at in range(1, 9):
    drive(work(), at, KeyError(at))
drive(returns_inside(), 5, GeneratorExit())
coroutine = work()
coroutine.send(None)
coroutine.close()
print(log)
for source in ("async with 5 as x: pass", "async for x in [1]: pass", "[x async for x in 5]", "await 5"):
    namespace = {}
    exec(f"async def f():\n    {source}", namespace)
    drive(namespace["f"]())
