"""Exception chaining: __context__, __cause__, suppression, cycles, finally and with, re-raise."""


def show(error, depth=0):
    if error is None:
        return
    print("  " * depth + f"{error!r} suppress={error.__suppress_context__}")
    if error.__cause__ is error:
        print("  " * depth + " its own cause")
    elif error.__cause__ is not None:
        print("  " * depth + " cause:")
        show(error.__cause__, depth + 1)
    if error.__context__ is not None and error.__context__ is not error.__cause__:
        print("  " * depth + " context:")
        show(error.__context__, depth + 1)


def attempt(action):
    print(action.__name__)
    try:
        action()
    except BaseException as error:
        show(error, 1)


def implicit():
    try:
        1 / 0
    except ZeroDivisionError:
        {}["k"]


def explicit():
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise ValueError("explicit") from error


def from_none():
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("hidden") from None


def from_class():
    raise ValueError from KeyError


def from_bad():
    raise ValueError from 5


def three():
    try:
        try:
            raise KeyError(1)
        except KeyError:
            raise ValueError(2)
    except ValueError:
        raise TypeError(3)


def in_finally():
    try:
        raise KeyError("body")
    finally:
        raise ValueError("finally")


def in_exit():
    class M:
        def __enter__(self):
            pass

        def __exit__(self, *args):
            raise ValueError("exit")

    with M():
        raise KeyError("body")


def reraise():
    try:
        raise KeyError("original")
    except KeyError:
        try:
            raise ValueError("second")
        except ValueError:
            pass
        raise


def reraise_same():
    error = KeyError("same")
    try:
        raise error
    except KeyError as caught:
        raise caught


def self_cause():
    error = KeyError("self")
    raise error from error


def cycle():
    a, b = KeyError("a"), ValueError("b")
    try:
        raise a
    except KeyError:
        try:
            raise b
        except ValueError:
            raise a


def raise_nothing():
    raise


def raise_bad():
    raise 5


def raise_bad_class():
    raise int


def raise_string():
    raise "text"


class Refuses(Exception):
    def __new__(cls, *args):
        return 5


def raise_refusing():
    raise Refuses


class NeedsArgs(Exception):
    def __init__(self, a):
        super().__init__(a)


def raise_needs():
    raise NeedsArgs


def nested_functions():
    def inner():
        raise LookupError("inner")

    try:
        inner()
    except LookupError:
        try:
            inner()
        except LookupError as second:
            second.__context__ = None
            raise


def del_in_handler():
    try:
        raise KeyError(1)
    except KeyError as error:
        del error
        raise ValueError("after del")


def loop_context():
    for i in range(3):
        try:
            raise KeyError(i)
        except KeyError:
            pass
    raise ValueError("no context")


def handler_generator():
    def gen():
        try:
            yield
        except KeyError:
            raise ValueError("from generator")

    g = gen()
    next(g)
    g.throw(KeyError("thrown in"))


for action in (implicit, explicit, from_none, from_class, from_bad, three, in_finally, in_exit, reraise, reraise_same, self_cause, cycle, raise_nothing, raise_bad, raise_bad_class, raise_string, raise_refusing, raise_needs, nested_functions, del_in_handler, loop_context, handler_generator):
    attempt(action)

error = ValueError()
for attribute, value in [("__cause__", 5), ("__context__", 5), ("__traceback__", 5), ("__cause__", KeyError()), ("__suppress_context__", 1), ("args", 5), ("args", "ab"), ("__notes__", 5)]:
    try:
        setattr(error, attribute, value)
        print(attribute, repr(getattr(error, attribute)))
    except TypeError as problem:
        print(problem)
for attribute in ("__cause__", "__context__", "__traceback__", "args", "__suppress_context__"):
    try:
        delattr(error, attribute)
        print("deleted", attribute)
    except (TypeError, AttributeError) as problem:
        print(type(problem).__name__, problem)
