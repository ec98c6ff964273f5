"""Coroutines driven without a loop: awaitables of every kind, types.coroutine, double awaits, close in the midst, wrong returns."""
import inspect
import types
import warnings


class Awaits:
    def __init__(self, make):
        self.make = make

    def __await__(self):
        return self.make()


@types.coroutine
def old(n):
    got = yield f"old {n}"
    return got


async def leaf(n):
    return await old(n) + await old(n + 1)


async def middle():
    try:
        return [await leaf(1), await Awaits(lambda: iter(["iterator"]))]
    finally:
        log.append(await old("cleanup"))


async def top():
    return await middle(), await Awaits(lambda: (x for x in "g")), await Awaits(lambda: leaf(9).__await__())


log = []


def drive(coroutine, *sent):
    out = [coroutine.send(None)]
    for value in sent:
        try:
            out.append(coroutine.throw(value) if isinstance(value, BaseException) else coroutine.send(value))
        except StopIteration as stop:
            out.append(("returned", stop.value))
            break
        except BaseException as error:
            out.append(f"{type(error).__name__}({error})")
            break
    return out, log[:]


print(drive(top(), 1, 2, None, "c", None, 10, 20))
log.clear()
print(drive(top(), 1, KeyError("into the leaf"), "cleaned"))
log.clear()
c = top()
c.send(None)
print(c.cr_await.__name__, c.cr_await.cr_await.__name__, inspect.getcoroutinestate(c))
try:
    c.close()
except RuntimeError as error:
    print(error)
for make in (lambda: 5, lambda: [1], lambda: leaf(1), lambda: iter([]), lambda: None):
    async def f():
        return await Awaits(make)
    try:
        print(drive(f(), None))
    except (TypeError, StopIteration) as error:
        print(type(error).__name__, error)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    for bad in (5, None, [], lambda: 0, (x for x in ()), leaf):
        async def g():
            await bad
        try:
            g().send(None)
        except TypeError as error:
            print(error)
c = leaf(1)
c.send(None)


async def twice():
    await c


try:
    twice().send(None)
except RuntimeError as error:
    print(error)
c.close()
for action in (lambda: c.send(None), lambda: c.throw(ValueError("v")), lambda: c.close(), lambda: leaf(1).send(5), lambda: iter(leaf(1)), lambda: [*leaf(1)], lambda: leaf(1) + 1, lambda: next(leaf(1))):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            print(action())
        except (RuntimeError, ValueError, TypeError) as error:
            print(type(error).__name__, error)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    leaf(3)
    print([str(w.message) for w in caught])
print(types.coroutine(leaf) is leaf, inspect.iscoroutinefunction(leaf), inspect.iscoroutinefunction(old), inspect.isawaitable(old(1)), old.__code__.co_flags & inspect.CO_ITERABLE_COROUTINE != 0)


async def stops():
    raise StopIteration("inside")


async def returns_generator_exit():
    try:
        await old(1)
    except GeneratorExit:
        await old("again")


try:
    stops().send(None)
except RuntimeError as error:
    print(error, repr(error.__cause__))
c = returns_generator_exit()
c.send(None)
try:
    c.close()
except RuntimeError as error:
    print(error)
w = leaf(1).__await__()
print(type(w).__name__, w.send(None), w.send(1), hasattr(w, "cr_frame"), iter(w) is w)
w.close()
