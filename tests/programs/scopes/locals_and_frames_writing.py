"""locals(), vars(), globals(), dir() and frames' f_locals: snapshots and write-through in functions, classes, comprehensions, generators."""
import sys


def function(a):
    b = 2
    snapshot = locals()
    snapshot["b"], snapshot["new"] = "changed", 1
    frame = sys._getframe()
    frame.f_locals["b"] = "through the frame"
    frame.f_locals["extra"] = 5
    again = locals()
    return b, sorted(again), snapshot["b"], again is snapshot, "extra" in frame.f_locals, frame.f_locals["extra"], len(frame.f_locals) >= 5


print(function(1))


def closure():
    x = 1

    def inner():
        nonlocal x
        sys._getframe(1).f_locals["x"] = "by the inner"
        return x, sys._getframe().f_locals["x"]
    return inner(), x


print(closure())


class Body:
    a = 1
    locals()["b"] = 2
    c = a + b
    same = locals() is sys._getframe().f_locals
    names = sorted(k for k in dir() if not k.startswith("__"))


print(Body.c, Body.same, Body.names)


def comprehension():
    outer = 1
    return [sorted(locals()) for x in [0]], [sorted(vars()) for _ in "a"], list(sorted(locals()) for y in [0])


print(comprehension())


def generator():
    n = 0
    while n < 3:
        n += 1
        yield n


g = generator()
next(g)
g.gi_frame.f_locals["n"] = 2
print(list(g))


def proxies():
    x, y = 1, 2
    p = sys._getframe().f_locals
    p.update({"x": 10})
    copied = dict(p)
    out = [x, p["x"], "y" in p, p.get("zz"), sorted(p.keys()), p == sys._getframe().f_locals, type(p).__name__, p.setdefault("made", 7), p | {"q": 1} == dict(p) | {"q": 1}, p.copy()["y"]]
    for bad in (lambda: p.pop("x"), lambda: p.clear(), lambda: p["nope"], lambda: p.popitem(), lambda: hash(p), lambda: p.update(5)):
        try:
            out.append(bad())
        except Exception as error:
            out.append(f"{type(error).__name__}: {error}")
    try:
        del p["x"]
    except ValueError as error:
        out.append(str(error))
    del p["made"]
    return out, copied["x"]


print(proxies())
x = "module"
print(locals() is globals(), vars() is globals(), sys._getframe().f_locals is globals(), sys._getframe().f_globals is globals())
locals()["made_here"] = 1
print(made_here, "made_here" in dir())


def unbound():
    if False:
        later = 1
    sys._getframe().f_locals["later"] = "bound by the frame"
    return later


print(unbound())


def deleted():
    z = 1
    del z
    before = "z" in locals()
    sys._getframe().f_locals["z"] = "again"
    return before, z, "z" in locals()


print(deleted())
for bad in (lambda: vars(5), lambda: vars(1, 2), lambda: dir(1, 2), lambda: locals(1), lambda: vars(object()), lambda: globals(1), lambda: sys._getframe(100), lambda: sys._getframe("x")):
    try:
        print(bad())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
