"""The events that sys.settrace sees of real flows: calls, lines, returns, exceptions, generators, with, local tracers replaced."""
import sys

log = []


def tracer(frame, event, arg):
    if frame.f_code.co_filename != __file__:
        return None
    shown = {"return": lambda: arg if isinstance(arg, (int, list, dict, type(None))) else type(arg).__name__, "exception": lambda: arg[0].__name__}.get(event, lambda: "")()
    log.append(f"{frame.f_code.co_name}:{frame.f_lineno - frame.f_code.co_firstlineno}:{event}" + (f"={shown}" if shown != "" else ""))
    return tracer


def trace(function, *args):
    log.clear()
    sys.settrace(tracer)
    try:
        function(*args)
    except Exception:
        pass
    finally:
        sys.settrace(None)
    print(function.__name__)
    print("   ", " ".join(entry for entry in log if not entry.startswith("trace")))


def loops():
    total = 0
    for i in range(2):
        if i:
            continue
        total += i
    else:
        total = 1
    while total:
        total -= 1
    return total


def fails():
    try:
        1 / 0
    except ZeroDivisionError:
        x = 1
    finally:
        y = 2
    inner()


def inner():
    raise KeyError(
        1)


def generator():
    yield 1
    try:
        yield 2
    finally:
        pass


def uses_generator():
    for _ in generator():
        break
    g = generator()
    next(g)
    g.close()


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, *info):
        return True


def manages():
    with Manager() as m, \
            Manager():
        raise ValueError
    return 5


def comprehension():
    a = [x
         for x in (1, 2)
         if x]
    return {k: v
            for k, v in zip(a, a)}


def several(x,
            y=1):
    z = (x +
         y)
    return [
        z,
        inner_lambda(z),
    ]


inner_lambda = lambda v: \
    v * 2


def deco(f):
    return f


def defines():
    @deco
    def local(a=1):
        return a

    class C:
        x = 1

        def m(self): pass
    return local() and C().m()


def match_it(v):
    match v:
        case 1:
            pass
        case [a, b]:
            return a
        case _:
            return None


for function, *args in ((loops,), (fails,), (uses_generator,), (manages,), (comprehension,), (several, 1), (defines,), (match_it, 1), (match_it, [1, 2]), (match_it, "x")):
    trace(function, *args)


def switching(frame, event, arg):
    log.append(f"global {event} {frame.f_code.co_name}")
    if frame.f_code.co_name == "loops":
        frame.f_trace_lines = False
        frame.f_trace_opcodes = False
        return local_tracer
    return None


def local_tracer(frame, event, arg):
    log.append(f"local {event}")
    if event == "return":
        return None
    return local_tracer


log.clear()
sys.settrace(switching)
loops()
fails_quietly = match_it(3)
sys.settrace(None)
print(log)


def raises(frame, event, arg):
    if frame.f_code.co_name == "loops" and event == "line":
        raise RuntimeError("from the tracer")
    return raises


sys.settrace(raises)
try:
    loops()
except RuntimeError as error:
    print(error, sys.gettrace())
sys.settrace(None)
profiled = []
sys.setprofile(lambda frame, event, arg: profiled.append((event, getattr(arg, "__name__", arg) if event.startswith("c_") else frame.f_code.co_name)))
len("abc")
several(1)
sys.setprofile(None)
print(profiled)
