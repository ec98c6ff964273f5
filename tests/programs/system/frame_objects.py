"""Frames: f_locals as a write-through proxy, f_back, f_lineno, clear, generators' frames, tracebacks."""
import sys


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, error)


def proxy():
    a, b = 1, 2
    frame = sys._getframe()
    p = frame.f_locals
    p["a"] = 10
    p["extra"] = "not a variable"
    unset = None
    del unset
    print(a, p["a"], p["extra"], "extra" in locals(), "extra" in frame.f_locals, "unset" in p, type(p).__name__, list(p)[:2], len(p) > 3, p == frame.f_locals, p.get("zz", 5), p.keys() if False else sorted(k for k in p.keys() if len(k) == 1), dict(p)["b"], p | {"q": 1} != p, "b" in p, p.pop("extra"), p.setdefault("b", 9), list(reversed(p))[-1])
    attempt(lambda: p["nope"], lambda: p.__delitem__("a"), lambda: p.pop("a"), lambda: p.clear(), lambda: hash(p), lambda: p.update(a=5), lambda: p.update({"b": 50}), lambda: p.copy()["b"], lambda: p.popitem(), lambda: len(p.items()) == len(p), lambda: p.__ior__({"a": 7}) is p)
    return a, b


print(proxy())


def closure():
    cell = 1

    def inner():
        frame = sys._getframe()
        frame.f_locals["cell"] = 2
        frame.f_back.f_locals["cell"] += 1
        return cell

    return inner(), cell


print(closure())


class Body:
    x = 1
    sys._getframe().f_locals["y"] = 2
    names = sorted(k for k in sys._getframe().f_locals if not k.startswith("_"))


print(Body.y, Body.names, sys._getframe().f_locals is globals())


def gen():
    value = "kept"
    yield 1
    yield 2


g = gen()
print(g.gi_frame.f_locals, g.gi_frame.f_lineno - gen.__code__.co_firstlineno, next(g), g.gi_frame.f_locals, g.gi_frame.f_back, g.gi_frame.f_lineno - gen.__code__.co_firstlineno)
g.gi_frame.f_locals["value"] = "changed"
print(g.gi_frame.f_locals["value"])
attempt(lambda: g.gi_frame.clear(), lambda: g.close(), lambda: g.gi_frame)


def raises():
    local = "seen in the traceback"
    raise ValueError("v")


try:
    raises()
except ValueError as error:
    tb = error.__traceback__
    inner = tb.tb_next
    frame = inner.tb_frame
    print(tb.tb_frame is sys._getframe(), frame.f_code.co_name, frame.f_locals, inner.tb_lineno - raises.__code__.co_firstlineno, inner.tb_next, frame.f_lineno == inner.tb_lineno)
    frame.clear()
    print(frame.f_locals)
    attempt(lambda: tb.tb_frame.clear(), lambda: setattr(tb, "tb_next", tb), lambda: setattr(tb, "tb_next", 5), lambda: setattr(inner, "tb_next", None), lambda: setattr(tb, "tb_lineno", 5))
    import types

    made = types.TracebackType(None, sys._getframe(), 0, 42)
    print(made.tb_lineno, made.tb_lasti, error.with_traceback(made) is error, error.__traceback__ is made)
    attempt(lambda: types.TracebackType(5, sys._getframe(), 0, 1), lambda: types.TracebackType(None, 5, 0, 1), lambda: error.with_traceback(5), lambda: types.TracebackType())
f = sys._getframe()
attempt(lambda: setattr(f, "f_locals", {}), lambda: setattr(f, "f_back", None), lambda: setattr(f, "f_code", None), lambda: type(f)(), lambda: delattr(f, "f_trace"), lambda: f.f_generator if hasattr(f, "f_generator") else None, lambda: f.clear())


def depth(n):
    return depth(n - 1) if n else [fr.f_code.co_name for fr in walk(sys._getframe())]


def walk(frame):
    while frame:
        yield frame
        frame = frame.f_back


print(depth(3))


def keeps():
    big = [1, 2, 3]
    return sys._getframe()


kept = keeps()
print(kept.f_locals, kept.f_lineno - keeps.__code__.co_firstlineno, kept.clear(), kept.f_locals, repr(kept).split(", file")[0].split(" at ")[0])


def eval_locals(x):
    return eval("x + y", {"y": 1}, sys._getframe().f_locals), exec("x = 99", {}, sys._getframe().f_locals), x


print(eval_locals(1))


def comprehension_frame():
    outer = 1
    return [sorted(sys._getframe().f_locals) for inner in range(1)], [sys._getframe().f_code.co_name for _ in "a"], list(sys._getframe().f_code.co_name for _ in "a")


print(comprehension_frame())
