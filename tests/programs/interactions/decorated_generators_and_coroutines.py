"""Decorators around generators, coroutines, async generators and context managers, that count, cache, time out and restart them."""
import asyncio
import functools
from contextlib import asynccontextmanager, contextmanager


def counted(f):
    @functools.wraps(f)
    def wrapper(*a, **k):
        wrapper.calls += 1
        result = yield from f(*a, **k)
        return result, wrapper.calls
    wrapper.calls = 0
    return wrapper


def primed(f):
    @functools.wraps(f)
    def start(*a):
        g = f(*a)
        next(g)
        return g
    return start


def restarting(times):
    def decorator(f):
        @functools.wraps(f)
        async def run(*a):
            for attempt in range(times):
                try:
                    return await f(*a, attempt)
                except ValueError as error:
                    log.append(str(error))
            raise RuntimeError("gave up")
        return run
    return decorator


log = []


@counted
def numbers(n):
    for i in range(n):
        yield i
    return "done"


@primed
def collector():
    items = []
    while True:
        items.append((yield list(items)))


@restarting(3)
async def flaky(limit, attempt):
    await asyncio.sleep(0)
    if attempt < limit:
        raise ValueError(f"attempt {attempt}")
    return attempt


@asynccontextmanager
async def resource(name):
    log.append(f"+{name}")
    yield name
    log.append(f"-{name}")


@contextmanager
@primed
def never_right():
    yield 1
    yield 2


def ended(g):
    out = []
    while True:
        try:
            out.append(next(g))
        except StopIteration as stop:
            return out, stop.value


print(ended(numbers(2)), ended(numbers(1)), numbers.calls, numbers.__name__)
c = collector()
print(c.send("a"), c.send("b"), collector().send("other"))
with never_right() as value:
    print("inside", value)


async def main():
    async with resource("r") as r:
        results = await asyncio.gather(flaky(0), flaky(2), flaky(5), return_exceptions=True)
    return r, results


print(asyncio.run(main()), log)
