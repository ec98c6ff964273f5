"""What generators, coroutines and async generators show of themselves at each stage, and their frames' lives."""
import inspect
import sys


def simple(a, b=2):
    c = a + b
    yield c
    d = yield c + 1
    return d


def delegating():
    yield from simple(1)


async def coroutine():
    await Awaitable()


class Awaitable:
    def __await__(self):
        yield "waiting"


async def asynchronous():
    yield 1


def stage(g):
    prefix = {"generator": "gi", "coroutine": "cr", "async_generator": "ag"}[type(g).__name__]
    frame = getattr(g, prefix + "_frame")
    waits = getattr(g, prefix + ("_yieldfrom" if prefix == "gi" else "_await"))
    state = {"gi": inspect.getgeneratorstate, "cr": inspect.getcoroutinestate, "ag": inspect.getasyncgenstate}[prefix](g)
    print(f"{g.__name__:14}{state:16}", getattr(g, prefix + "_running"), getattr(g, prefix + "_suspended"), type(waits).__name__,
          frame and frame.f_lineno - frame.f_code.co_firstlineno, frame and sorted(frame.f_locals))


g = simple(5)
stage(g)
next(g)
stage(g)
print(inspect.getgeneratorlocals(g), g.gi_frame.f_back, g.gi_frame.f_generator is g)
next(g)
stage(g)
try:
    g.send("end")
except StopIteration as stop:
    print(stop.value)
stage(g)
print(inspect.getgeneratorlocals(g), g.gi_code.co_name)
d = delegating()
stage(d)
next(d)
stage(d)
stage(d.gi_yieldfrom)
c = coroutine()
stage(c)
print(c.send(None))
stage(c)
c.close()
stage(c)
a = asynchronous()
stage(a)
step = a.__anext__()
try:
    step.send(None)
except StopIteration as stop:
    print(stop.value)
stage(a)
closing = a.aclose()
try:
    closing.send(None)
except StopIteration:
    pass
stage(a)


def looks_at_itself():
    print(me.gi_running, me.gi_suspended, me.gi_frame is sys._getframe(), sys._getframe().f_back.f_code.co_name)
    yield
    print(inspect.getgeneratorstate(me), sys._getframe().f_back.f_code.co_name)
    yield


def resumes():
    next(me)


me = looks_at_itself()
next(me)
resumes()
g = simple(1)
g.__name__, g.__qualname__ = "renamed", "some.where"
print(repr(g).split(" at ")[0], g.__name__, simple.__name__)
for name, value in (("__name__", 5), ("__qualname__", None), ("gi_frame", None), ("gi_code", 1), ("new", 1), ("gi_running", True)):
    try:
        setattr(g, name, value)
        print("set", name)
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
next(g)
frame = g.gi_frame
g.close()
print(frame.f_locals, frame.f_lineno - frame.f_code.co_firstlineno, frame.f_generator)
g = simple(7)
next(g)
frame = g.gi_frame
try:
    frame.clear()
    print("cleared", inspect.getgeneratorstate(g), list(g))
except RuntimeError as error:
    print(error)
for made in (simple(1), (x for x in ()), coroutine(), asynchronous()):
    print(type(made).__name__, made.__qualname__, inspect.isgenerator(made), inspect.isawaitable(made), inspect.isasyncgen(made), hasattr(made, "__next__"), hasattr(made, "__del__"))
    if inspect.iscoroutine(made):
        made.close()
for kind in (type(g), type(c), type(a)):
    try:
        kind()
    except TypeError as error:
        print(error)
print(simple.__code__.co_flags & inspect.CO_GENERATOR != 0, coroutine.__code__.co_flags & inspect.CO_COROUTINE != 0, asynchronous.__code__.co_flags & inspect.CO_ASYNC_GENERATOR != 0)
