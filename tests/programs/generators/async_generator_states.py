"""asend, athrow and aclose in every state of an async generator, unfinished steps, hooks, and what is said of misuse."""
import sys


class Step:
    def __await__(self):
        yield "step"


def run(awaitable, throw=None):
    out, it = [], awaitable.__await__() if hasattr(awaitable, "__await__") else awaitable
    try:
        while True:
            out.append(it.send(None))
    except StopIteration as stop:
        out.append(("value", stop.value))
    except BaseException as error:
        out.append(f"{type(error).__name__}({error})")
    return out


async def simple():
    try:
        got = yield 1
        log.append(f"got {got}")
        await Step()
        yield 2
    except LookupError as error:
        log.append(f"caught {error}")
        yield "handled"
    finally:
        await Step()
        log.append("finally")


async def stubborn():
    try:
        yield 1
    finally:
        yield "ignores close"


async def raising():
    yield 1
    raise StopAsyncIteration("by hand")


log = []
for first in (None, "next", "exhaust"):
    for action in ("next", "send None", "send 5", "throw KeyError", "throw GeneratorExit", "throw StopAsyncIteration", "close"):
        g = simple()
        if first:
            run(g.__anext__())
        if first == "exhaust":
            run(g.asend(None))
            run(g.asend(None))
        log.clear()
        step = {"next": g.__anext__, "send None": lambda: g.asend(None), "send 5": lambda: g.asend(5), "throw KeyError": lambda: g.athrow(KeyError("k")), "throw GeneratorExit": lambda: g.athrow(GeneratorExit),
                "throw StopAsyncIteration": lambda: g.athrow(StopAsyncIteration), "close": g.aclose}[action]()
        print(first, action, run(step), run(g.__anext__()), log)
        run(g.aclose())
for make in (stubborn, raising):
    g = make()
    print(make.__name__, run(g.__anext__()), run(g.aclose()) if make is stubborn else run(g.__anext__()), run(g.aclose()))
g = simple()
one = g.__anext__()
two = g.asend(None)
print(run(one), run(one), run(two), run(two))
g = simple()
run(g.__anext__())
step = g.asend(1)
print(step.send(None), run(g.__anext__()), run(g.aclose()))
try:
    print(step.close())
except RuntimeError as error:
    print(error)
g = simple()
step = g.__anext__()
for action in (lambda: step.send(5), lambda: step.throw(ValueError("thrown in")), lambda: step.send(None), lambda: g.asend(5).send(None), lambda: g.athrow(5).send(None), lambda: g.asend(), lambda: iter(g), lambda: next(g), lambda: g.aclose(1)):
    try:
        print(action())
    except BaseException as error:
        print(type(error).__name__, error)
seen = []
old = sys.get_asyncgen_hooks()
sys.set_asyncgen_hooks(firstiter=lambda g: seen.append(("first", g.__name__)), finalizer=lambda g: seen.append(("final", g.__name__)))
g = simple()
run(g.__anext__())
run(g.asend(None))
del g
g = simple()
del g
g = simple()
run(g.__anext__())
run(g.aclose())
del g
sys.set_asyncgen_hooks(*old)
print(seen, tuple(sys.get_asyncgen_hooks()))
for bad in (lambda: sys.set_asyncgen_hooks(firstiter=5), lambda: sys.set_asyncgen_hooks(finalizer="x")):
    try:
        bad()
    except TypeError as error:
        print(error)


async def comprehension():
    return [x async for x in simple() if x != 2], {x: y async for x in simple() for y in "a"}, [y for y in [x async for x in simple()]]


print(run(comprehension()))
