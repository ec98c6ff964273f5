"""with: order, targets, several managers, suppression, errors in enter and exit, lookup on the class, parentheses."""
import sys


class M:
    def __init__(self, name, suppress=False, enter_error=None, exit_error=None):
        self.name, self.suppress, self.enter_error, self.exit_error = name, suppress, enter_error, exit_error

    def __enter__(self):
        print("enter", self.name)
        if self.enter_error:
            raise self.enter_error
        return self.name + "!"

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind and kind.__name__, value, traceback is not None)
        if self.exit_error:
            raise self.exit_error
        return self.suppress


def attempt(function):
    try:
        print(function.__name__, "->", function())
    except Exception as error:
        print(function.__name__, "raised", repr(error), "context", repr(error.__context__))


def simple():
    with M("a") as a, M("b"), M("c") as c:
        return a, c


def parenthesised():
    with (
        M("a") as a,
        M("b") as b,
    ):
        return a + b


def tuple_value():
    with (M("a"), M("b")):
        pass
    with (M("x")) as x:
        return x


def targets():
    class O:
        pass

    o, items = O(), [0, 0]
    with M("ab") as o.attribute, M("cd") as items[1], M("ef") as (x, y, *z), M("gh") as [p, *q]:
        return o.attribute, items, x, y, z, p, q


def suppressed():
    with M("s", suppress=True):
        raise ValueError("v")
    return "after"


def inner_suppressed():
    with M("outer"), M("inner", suppress=True):
        raise ValueError("v")
    return "after"


def outer_suppressed():
    with M("outer", suppress=True), M("inner"):
        raise ValueError("v")
    return "after"


def enter_fails():
    with M("first"), M("second", enter_error=KeyError("enter")), M("third"):
        pass


def enter_fails_suppressed():
    with M("first", suppress=True), M("second", enter_error=KeyError("enter")):
        print("never")
    return "after"


def exit_fails():
    with M("first"), M("second", exit_error=KeyError("exit")):
        raise ValueError("body")


def exit_fails_cleanly():
    with M("first"), M("second", exit_error=KeyError("exit")):
        pass


def target_fails():
    with M("a") as [x]:
        pass


def loop_control():
    out = []
    for i in range(4):
        with M(str(i), suppress=True):
            if i == 0:
                continue
            if i == 1:
                raise KeyError
            if i == 3:
                break
            out.append(i)
    return out


def returns_in_with():
    with M("r"):
        with M("s"):
            return "value"


def suppress_then_return():
    with M("r", suppress=True):
        raise ValueError
        return "never"


def nested_exceptions():
    with M("a", suppress=True):
        try:
            raise KeyError("k")
        finally:
            with M("b"):
                raise ValueError("v")
    return sys.exception()


def handled_inside():
    class Checks:
        def __enter__(self):
            pass

        def __exit__(self, *args):
            print("exception is", repr(sys.exception()))
            return True

    with Checks():
        raise ValueError("seen")
    with Checks():
        pass
    return sys.exception()


for function in (simple, parenthesised, tuple_value, targets, suppressed, inner_suppressed, outer_suppressed, enter_fails, enter_fails_suppressed, exit_fails, exit_fails_cleanly, target_fails, loop_control, returns_in_with, suppress_then_return, nested_exceptions, handled_inside):
    attempt(function)


class NoExit:
    def __enter__(self):
        print("never entered")


class NoEnter:
    def __exit__(self, *args):
        pass


class InstanceOnly:
    pass


instance = InstanceOnly()
instance.__enter__ = lambda: print("never")
instance.__exit__ = lambda *args: None
for manager in (NoExit(), NoEnter(), instance, 5, None, "text"):
    try:
        with manager:
            pass
    except TypeError as error:
        print(error)


class Dynamic:
    def __getattr__(self, name):
        print("never asked for", name)
        raise AttributeError(name)


try:
    with Dynamic():
        pass
except TypeError as error:
    print(error)


class Weird:
    __enter__ = staticmethod(lambda: "static enter")
    __exit__ = classmethod(lambda cls, *args: print("class exit", cls.__name__, len(args)))


with Weird() as w:
    print(w)


class Truthy:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        return self

    def __bool__(self):
        print("asked for truth")
        return False


with Truthy():
    print("no exception, no question")
try:
    with Truthy():
        raise ValueError("asked")
except ValueError as error:
    print(error)
with open("/dev/null") as f, open("/dev/null") as g:
    print(f.closed, g.closed)
print(f.closed, g.closed)
for source in ("with: pass", "with a as: pass", "with a as 1: pass", "with a as f(): pass", "with (a as b, c): pass", "with (a, b) as c: pass", "with (a as b): pass", "with (yield) as x: pass", "with a, : pass", "with (a,): pass", "with (a for a in b): pass", "with a as b, : pass", "with a as (b, c): pass", "with a as [b.c, d[0]]: pass", "with a as {}: pass", "with a as None: pass", "with (a as b) as c: pass", "with a\npass", "with a if b else c as d: pass", "with a as b or c: pass"):
    try:
        compile(f"def f():\n {source}" if "\n" not in source else source, "s", "exec")
        print("fine:", source)
    except SyntaxError as error:
        print(f"{source!r}: {error.msg}")
