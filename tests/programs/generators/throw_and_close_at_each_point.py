"""throw, close and send at every point of a generator with try, with, for, yield from: what runs and what comes out."""
from contextlib import contextmanager


class Stop(Exception):
    pass


@contextmanager
def manager(name):
    try:
        yield
    except Stop:
        log.append(f"{name} swallows")
    finally:
        log.append(f"{name} exits")


def inner():
    try:
        got = yield "i1"
        log.append(f"inner got {got}")
        yield "i2"
    except KeyError as error:
        log.append("inner handles KeyError")
        yield "i3"
    finally:
        log.append("inner finally")
    return "inner result"


def subject():
    log.append("start")
    yield "a"
    try:
        yield "b"
    except ValueError:
        log.append("handled ValueError")
        yield "c"
    else:
        log.append("else")
    with manager("m"):
        yield "d"
        for x in (1, 2):
            try:
                yield x
            finally:
                log.append(f"after {x}")
    result = yield from inner()
    log.append(f"result {result}")
    try:
        yield "e"
    except GeneratorExit:
        log.append("exit seen")
        raise
    return "end"


def drive(point, action):
    generator = subject()
    out = []
    try:
        for _ in range(point):
            out.append(next(generator))
        out.append(("did", action(generator)))
        out.extend(generator)
    except BaseException as error:
        out.append(f"{type(error).__name__}({error})")
    print(point, *out, "|", *log, "|", generator.gi_frame is None)
    log.clear()


log = []
ACTIONS = {
    "close": lambda g: g.close(),
    "ValueError": lambda g: g.throw(ValueError("v")),
    "KeyError": lambda g: g.throw(KeyError),
    "Stop": lambda g: g.throw(Stop()),
    "StopIteration": lambda g: g.throw(StopIteration("s")),
    "GeneratorExit": lambda g: g.throw(GeneratorExit),
    "send": lambda g: g.send("sent"),
}
for name, action in ACTIONS.items():
    print(name)
    for point in range(11):
        drive(point, action)
for args in ((5,), (int,), (ValueError("a"), "b"), (ValueError, "text", 5), ()):
    generator = inner()
    next(generator)
    try:
        generator.throw(*args)
    except Exception as error:
        print(args, type(error).__name__, error)
    generator.close()
