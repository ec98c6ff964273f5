"""A tracer that changes locals and jumps by f_lineno: forwards, backwards, into and out of loops, and what is refused."""
import sys


def run(function, plan, *args):
    """plan: {relative line: action}, each done once."""
    seen, plan = [], dict(plan)

    def tracer(frame, event, arg):
        if frame.f_code is not function.__code__:
            return None
        line = frame.f_lineno - frame.f_code.co_firstlineno
        if event == "line":
            seen.append(line)
            if line in plan:
                action = plan.pop(line)
                try:
                    if callable(action):
                        action(frame)
                    else:
                        frame.f_lineno = frame.f_code.co_firstlineno + action
                except (ValueError, TypeError) as error:
                    seen.append(str(error))
        return tracer
    sys.settrace(tracer)
    try:
        result = function(*args)
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    finally:
        sys.settrace(None)
    print(function.__name__, result, seen)


def straight():
    out = []
    out.append(1)
    out.append(2)
    out.append(3)
    return out


def loops():
    out = []
    for i in range(2):
        out.append(i)
        for j in "ab":
            out.append(j)
    out.append("end")
    return out


def tries():
    out = []
    try:
        out.append("try")
        1 / 0
    except ZeroDivisionError:
        out.append("except")
    finally:
        out.append("finally")
    return out


def manages():
    out = []
    with open("/dev/null") as f:
        out.append(1)
        out.append(2)
    return out, f.closed


for function, plans in (
    (straight, ({3: 5}, {3: 2}, {2: 3, 5: 1}, {3: 99, 4: 0}, {3: -5})),
    (loops, ({3: 6}, {1: 3}, {5: 6}, {6: 5}, {3: 2})),
    (tries, ({3: 4}, {4: 6}, {3: 6}, {6: 8}, {8: 2})),
    (manages, ({3: 5}, {2: 4}, {5: 3})),
):
    for plan in plans:
        run(function, plan)


def variables(a):
    b = a + 1

    def inner():
        return b
    c = inner()
    del a
    return b, c, sorted(locals())


def change(**new):
    def action(frame):
        frame.f_locals.update(new)
    return action


def delete(frame):
    try:
        del frame.f_locals["b"]
    except (ValueError, KeyError, TypeError) as error:
        print(type(error).__name__, error)


run(variables, {1: change(a=10)}, 1)
run(variables, {5: change(b="changed")}, 1)
run(variables, {7: change(a="back", extra="new name")}, 1)
run(variables, {5: delete}, 1)
frame = sys._getframe()
for bad in (5, "x", None):
    try:
        frame.f_lineno = bad
    except (ValueError, TypeError, AttributeError) as error:
        print(type(error).__name__, error)
try:
    del frame.f_lineno
except (AttributeError, TypeError) as error:
    print(type(error).__name__, error)


def generator():
    x = yield 1
    yield x
    yield "last"


g = generator()
next(g)
g.gi_frame.f_locals["x"] = "ignored, send decides"
print(g.send("sent"), g.gi_frame.f_locals, g.gi_frame.f_lineno - g.gi_code.co_firstlineno)
g.gi_frame.f_locals["x"] = "set"
print(next(g), g.gi_frame.f_locals["x"])
