"""What `throw` and `close` do while a generator waits for another."""
import sys
import types
import warnings


def names(frame):
    found = []
    while frame is not None and frame.f_code.co_name != "<module>":
        found.append(frame.f_code.co_name)
        frame = frame.f_back
    return found


class Delegate:
    def __init__(self, owner=None, result=None):
        self.owner, self.result = owner, result

    def __iter__(self):
        return self

    __await__ = __iter__

    def __next__(self):
        return "waiting"

    def throw(self, *args):
        print("thrown", names(sys._getframe()), self.owner[0].gi_running if self.owner else None)
        if self.result is not None:
            raise self.result
        return "handled"

    def close(self):
        print("closed", self.owner[0].gi_running if self.owner else None)


def outer(delegate):
    return (yield from delegate)


def attempt(action, *args):
    try:
        print("gave", action(*args))
    except BaseException as error:
        print(type(error).__name__, error)


owner = []
generator = outer(Delegate(owner))
owner.append(generator)
next(generator)
attempt(generator.throw, ValueError)
print(generator.gi_running, generator.gi_suspended)
attempt(generator.throw, GeneratorExit)
for result in StopIteration, StopIteration(5), KeyError("k"):
    generator = outer(Delegate(None, result))
    next(generator)
    attempt(generator.throw, ValueError)


def inner():
    try:
        yield 1
    except ValueError:
        yield names(sys._getframe())
    except GeneratorExit:
        yield "refused"


def middle():
    try:
        yield from inner()
    except RuntimeError as error:
        print("middle sees", error)
        yield "after"


generator = outer(middle())
next(generator)
attempt(generator.throw, ValueError())
generator = outer(middle())
next(generator)
attempt(generator.throw, GeneratorExit)
generator = outer(middle())
next(generator)
attempt(generator.close)


class NoException(Exception):
    def __new__(cls):
        return cls


class Arguments(Exception):
    def __init__(self, a, b):
        super().__init__(a, b)


def catching():
    while True:
        try:
            yield
        except Exception as error:
            print("inside:", type(error).__name__, str(error).partition(" NoException")[0])


generator = catching()
next(generator)
attempt(generator.throw, NoException)
attempt(generator.throw, Arguments)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    attempt(generator.throw, Arguments, (1, 2))
    attempt(generator.throw, Arguments, Arguments(3, 4))
    attempt(generator.throw, Arguments(5, 6), 7)
    attempt(generator.throw, ValueError, 1, 2)
attempt(generator.throw)
attempt(generator.throw, 1)
attempt(generator.throw, 1, 2, 3, 4)
attempt(generator.close, 1)


def frame_of():
    generator = (sys._getframe() for _ in range(1))
    frame = next(generator)
    list(generator)
    return frame.f_back


print(frame_of())


async def coroutine():
    return 1


made = coroutine()
attempt(next, outer(made))
attempt(next, types.coroutine(outer)(made))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")

    async def agen():
        yield

    coroutine()
    for method, args in ("asend", (None,)), ("athrow", (ValueError,)), ("aclose", ()), ("__anext__", ()):
        getattr(agen(), method)(*args)
    print(sorted(str(warning.message) for warning in caught))
for method in types.CoroutineType.send, types.GeneratorType.throw, types.AsyncGeneratorType.aclose:
    print(method.__doc__.splitlines()[0])
