"""ExitStack unwinding with callbacks that raise and swallow, pop_all, closing, suppress with groups, redirects nested, chdir, re-use."""
import contextlib
import io
import os
from contextlib import AsyncExitStack, ExitStack, closing, contextmanager, nullcontext, redirect_stdout, suppress

log = []


@contextmanager
def cm(name, swallow=(), raises=None):
    log.append(f"+{name}")
    try:
        yield name
    except swallow as error:
        log.append(f"{name} swallows {error}")
    finally:
        log.append(f"-{name}")
        if raises:
            raise raises


def chain(error):
    out = []
    while error:
        out.append(f"{type(error).__name__}({error})")
        error = error.__context__
    return " <- ".join(out)


def run(title, *managers, body=None, callbacks=()):
    log.clear()
    try:
        with ExitStack() as stack:
            for manager in managers:
                stack.enter_context(manager)
            for callback in callbacks:
                stack.callback(*callback)
            if body:
                raise body
        result = "done"
    except BaseException as error:
        result = chain(error)
    print(title, result, log)


run("plain", cm("a"), cm("b"))
run("error", cm("a"), cm("b"), body=KeyError("body"))
run("swallowed", cm("a"), cm("b", KeyError), cm("c"), body=KeyError("body"))
run("replaced", cm("a"), cm("b", raises=OSError("b's")), cm("c", raises=ValueError("c's")), body=KeyError("body"))
run("swallow replaced", cm("a", OSError), cm("b", raises=OSError("b's")), body=KeyError("body"))
run("callbacks", cm("a"), callbacks=[(log.append, "cb1"), (lambda *a, **k: log.append(a), 1, 2)])
run("callback raises", cm("a", ZeroDivisionError), callbacks=[(lambda: 1 / 0,), (log.append, "first")])
with ExitStack() as stack:
    stack.enter_context(cm("moved"))
    stack.push(lambda *info: log.append(info[0]))
    later = stack.pop_all()
log.append("after")
later.close()
print(log[-4:])


@contextmanager
def broken(kind):
    if kind == "never":
        return
    yield 1
    if kind == "twice":
        yield 2


for kind in ("never", "twice", "fine"):
    try:
        with broken(kind):
            pass
        print("fine")
    except RuntimeError as error:
        print(error)
manager = cm("once")
with manager:
    pass
try:
    with manager:
        pass
except (RuntimeError, AttributeError) as error:
    print(type(error).__name__, error)
with suppress(KeyError, IndexError):
    [][0]
with suppress(KeyError):
    raise ExceptionGroup("g", [KeyError(1), KeyError(2)])
try:
    with suppress(KeyError):
        raise ExceptionGroup("g", [KeyError(1), ValueError(2)])
except* ValueError as group:
    print(group.exceptions)


@contextmanager
def stops():
    try:
        yield
    except StopIteration as error:
        log.append("saw it")
        raise


try:
    with stops():
        raise StopIteration("from the body")
except StopIteration as error:
    print("kept", error)
out, inner = io.StringIO(), io.StringIO()
with redirect_stdout(out):
    print("outer")
    with redirect_stdout(inner), contextlib.redirect_stderr(out):
        print("inner")
    print("outer again")
print(repr(out.getvalue()), repr(inner.getvalue()))


class Closes:
    def close(self):
        log.append("closed")


with closing(Closes()) as c, nullcontext(5) as five, contextlib.chdir("/"):
    print(os.getcwd(), five)


class Cm(contextlib.AbstractContextManager):
    def __exit__(self, *info):
        return super().__exit__(*info)


with Cm() as c:
    print(type(c).__name__, isinstance(c, contextlib.AbstractContextManager), issubclass(io.StringIO, contextlib.AbstractContextManager))


async def main():
    async with AsyncExitStack() as stack:
        stack.enter_context(cm("sync"))
        stack.push_async_callback(later_callback, 5)
        await stack.enter_async_context(acm("async"))
    return log[-5:]


async def later_callback(n):
    log.append(f"async callback {n}")


@contextlib.asynccontextmanager
async def acm(name):
    log.append(f"+{name}")
    yield
    log.append(f"-{name}")


try:
    main().send(None)
except StopIteration as stop:
    print(stop.value)
for bad in (lambda: ExitStack().enter_context(5), lambda: ExitStack().push(5), lambda: closing(), lambda: contextmanager(5)(), lambda: ExitStack().callback(), lambda: suppress(5).__exit__(ValueError, ValueError(), None), lambda: exec("with ExitStack: pass")):
    try:
        print(bad())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
