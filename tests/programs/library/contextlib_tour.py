"""contextlib: generator managers, ExitStack, suppress, redirects, closing, async managers, decorators, reentrancy."""
import contextlib
import io
from contextlib import AbstractContextManager, AsyncExitStack, ContextDecorator, ExitStack, asynccontextmanager, chdir, closing, contextmanager, nullcontext, redirect_stdout, suppress


def attempt(action):
    try:
        print("result:", action())
    except BaseException as error:
        print(type(error).__name__, error, "| context:", repr(error.__context__))


@contextmanager
def tag(name, swallow=False):
    print("enter", name)
    try:
        yield name.upper()
    except ValueError as error:
        print("caught in", name, repr(error))
        if not swallow:
            raise
    finally:
        print("exit", name)


with tag("a") as a, tag("b") as b:
    print(a, b)
with tag("s", swallow=True):
    raise ValueError("swallowed")


def propagates():
    with tag("p"):
        raise ValueError("propagated")


attempt(propagates)


@tag("decorator")
def decorated(x):
    return x * 2


print(decorated(4), decorated(5))


@contextmanager
def no_yield():
    return
    yield


@contextmanager
def two_yields():
    yield 1
    yield 2


@contextmanager
def two_after_error():
    try:
        yield 1
    except KeyError:
        yield 2


@contextmanager
def replaces():
    try:
        yield
    except KeyError as error:
        raise LookupError("replaced") from error


def use(manager, error=None):
    def run():
        with manager as value:
            if error:
                raise error
            return value

    return run


attempt(use(no_yield()))
attempt(use(two_yields()))
attempt(use(two_after_error(), KeyError("k")))
attempt(use(replaces(), KeyError("k")))
attempt(use(tag("stop"), StopIteration("si")))
attempt(use(nullcontext(5)))
attempt(use(suppress(KeyError, ValueError), KeyError("gone")))
attempt(use(suppress(), KeyError("stays")))


def suppress_group():
    with suppress(ValueError):
        raise ExceptionGroup("g", [ValueError(1), TypeError(2)])


attempt(suppress_group)
out = io.StringIO()
with redirect_stdout(out):
    print("captured")
    with contextlib.redirect_stderr(out):
        import sys

        print("error stream", file=sys.stderr)
print(repr(out.getvalue()))


class Thing:
    def close(self):
        print("closed")


with closing(Thing()) as thing:
    print(type(thing).__name__)
with ExitStack() as stack:
    for name in "xyz":
        stack.enter_context(tag(name))
    stack.callback(print, "callback", 1, sep="-")
    stack.push(lambda *exc: print("push saw", exc[0]))

    @stack.callback
    def final():
        print("decorated callback")


def stack_errors():
    with ExitStack() as stack:
        stack.callback(lambda: 1 / 0)
        stack.push(lambda kind, value, tb: print("sees", kind.__name__) or False)
        stack.enter_context(tag("inner"))
        raise ValueError("original")


attempt(stack_errors)
with ExitStack() as stack:
    stack.enter_context(tag("moved"))
    moved = stack.pop_all()
print("still open")
moved.close()


def swallow_in_stack():
    with ExitStack() as stack:
        stack.push(lambda *exc: True)
        stack.enter_context(tag("before swallow"))
        raise ValueError("swallowed by push")
    return "survived"


attempt(swallow_in_stack)
attempt(lambda: ExitStack().enter_context(5))
attempt(lambda: ExitStack().push(5) and "pushed anything")


class Deco(ContextDecorator):
    def __enter__(self):
        print("deco enter")
        return self

    def __exit__(self, *exc):
        print("deco exit", exc[0])
        return True


@Deco()
def fails():
    raise KeyError


print(fails())


class Abstract(AbstractContextManager):
    def __exit__(self, *exc):
        return None


with Abstract() as me:
    print(type(me).__name__)
print(issubclass(Thing, AbstractContextManager), isinstance(open("/dev/null"), AbstractContextManager))
try:
    AbstractContextManager()
except TypeError as error:
    print(error)


def run(coroutine):
    try:
        while True:
            coroutine.send(None)
    except StopIteration as stop:
        return stop.value


@asynccontextmanager
async def atag(name):
    print("aenter", name)
    try:
        yield name
    finally:
        print("aexit", name)


async def main():
    async with atag("one") as one, AsyncExitStack() as stack:
        await stack.enter_async_context(atag("two"))
        stack.enter_context(tag("sync in async"))
        stack.push_async_callback(callback, 5)
        async with contextlib.aclosing(agen()) as gen:
            async for x in gen:
                print(x)
                break
        async with nullcontext("null") as n:
            print(n, one)
    return "done"


async def callback(x):
    print("async callback", x)


async def agen():
    try:
        yield 1
        yield 2
    finally:
        print("agen closed")


print(run(main()))


@atag("async decorator")
async def adecorated():
    return "adecorated"


print(run(adecorated()))
cm = tag("once")
with cm:
    pass
attempt(use(cm))
