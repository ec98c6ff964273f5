"""throw and athrow with no, too many and wrong arguments, by position and by keyword, on everything that has them."""
import types
import warnings


def generator():
    try:
        yield 1
    except BaseException as error:
        print("  caught", type(error).__name__, error.args)
        yield "caught"


async def asynchronous():
    yield 1


@types.coroutine
def waits():
    yield 1


async def coroutine():
    try:
        await waits()
    except BaseException as error:
        print("  caught", type(error).__name__, error.args)


def attempt(label, action):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            result = action()
            print(" ", label, result if isinstance(result, (str, int, type(None))) else type(result).__name__)
        except BaseException as error:
            print(" ", label, type(error).__name__, error)
    for warning in seen:
        print("   ", warning.category.__name__, warning.message)


def awaited(awaitable):
    try:
        awaitable.send(None)
    except StopIteration as error:
        return error.value


def started(make):
    made = make()
    made.send(None)
    return made


for args in ((), (ValueError,), (ValueError("x"), None), (ValueError, "x"), (ValueError, ("a", "b"), None), (ValueError("z"), 5), (ValueError, None, 5), (1,), (ValueError, 1, None, 4), (None,), (GeneratorExit,)):
    print([arg if isinstance(arg, (type, str, int, tuple, type(None))) else type(arg) for arg in args])
    attempt("generator", lambda: started(generator).throw(*args))
    attempt("new generator", lambda: generator().throw(*args))
    attempt("coroutine", lambda: started(coroutine).throw(*args))
    attempt("wrapper", lambda: started(lambda: coroutine().__await__()).throw(*args))
    attempt("athrow", lambda: awaited(asynchronous().athrow(*args)))
    attempt("asend().throw", lambda: asynchronous().asend(None).throw(*args))
    attempt("athrow().throw", lambda: asynchronous().athrow(KeyError).throw(*args))
    attempt("aclose().throw", lambda: asynchronous().aclose().throw(*args))
    attempt("anext().throw", lambda: anext(asynchronous(), 5).throw(*args))
print("others")
attempt("throw", lambda: generator().throw(value=1))
attempt("athrow", lambda: asynchronous().athrow(value=1))
attempt("athrow made", lambda: asynchronous().athrow().close())
attempt("aclose", lambda: asynchronous().aclose(1))
attempt("asend", lambda: asynchronous().asend())
attempt("asend", lambda: asynchronous().asend(value=1))
attempt("send", lambda: generator().send(1, 2))
attempt("send", lambda: generator().send(value=1))
attempt("close", lambda: generator().close(1))
a = asynchronous()
t = a.athrow()
attempt("first", lambda: t.send(None))
attempt("then", lambda: t.send(None))
attempt("another", lambda: a.asend(None).send(None))
