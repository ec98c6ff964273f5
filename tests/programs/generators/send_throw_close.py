"""Generators: send, throw, close, return values, states, finally blocks, errors of misuse."""
import inspect


def echo():
    received = None
    try:
        while True:
            try:
                received = yield received
                print("got", received)
            except ValueError as error:
                print("caught", error)
                received = "after error"
    finally:
        print("cleaning up")


g = echo()
print(inspect.getgeneratorstate(g))
try:
    g.send(1)
except TypeError as error:
    print(error)
print(next(g), g.send(10), g.throw(ValueError("v")), g.send(None), next(g))
print(inspect.getgeneratorstate(g))
print(g.close(), g.close())
print(inspect.getgeneratorstate(g))
try:
    next(g)
except StopIteration as stop:
    print("stopped", stop.value)
try:
    g.throw(KeyError("k"))
except KeyError as error:
    print("finished generators throw straight on:", error)


def returns():
    yield 1
    return "result"


g = returns()
next(g)
try:
    next(g)
except StopIteration as stop:
    print(stop.value, stop.args)
print(list(returns()))
g = returns()
try:
    g.throw(ValueError("at start"))
except ValueError as error:
    print(error, inspect.getgeneratorstate(g))


def closing_value():
    try:
        yield 1
    except GeneratorExit:
        return "value of close"


g = closing_value()
next(g)
print(g.close())


def ignores_exit():
    while True:
        try:
            yield 1
        except GeneratorExit:
            print("ignored")


g = ignores_exit()
next(g)
try:
    g.close()
except RuntimeError as error:
    print(error)
g.gi_frame.f_locals if False else None


def raises_in_close():
    try:
        yield
    finally:
        raise KeyError("from finally")


g = raises_in_close()
next(g)
try:
    g.close()
except KeyError as error:
    print(error, type(error.__context__).__name__)


def stop_inside():
    yield 1
    raise StopIteration("inside")


try:
    list(stop_inside())
except RuntimeError as error:
    print(error, repr(error.__cause__), error.__cause__ is error.__context__)


def reentrant():
    yield next(me)


me = reentrant()
try:
    next(me)
except ValueError as error:
    print(error)


def reenter_all():
    for action in (lambda: own.send(None), lambda: own.throw(ValueError), lambda: own.close()):
        try:
            action()
        except ValueError as error:
            print(error)
    print(own.gi_running, own.gi_suspended)
    yield


own = reenter_all()
next(own)
print(own.gi_running, own.gi_suspended, own.gi_yieldfrom, own.gi_code.co_name, own.gi_frame.f_lineno > 0)
own.close()
print(own.gi_frame, own.gi_suspended)
g = returns()
for arguments in [(), (5,), (int,), (ValueError, "text"), (ValueError, ValueError("instance")), (ValueError(1), 2), (ValueError, None, 5), (ValueError, None, None, None)]:
    import warnings

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            returns().throw(*arguments)
        except Exception as error:
            print(type(error).__name__, error, [str(w.message)[:40] for w in caught])
print(returns.__name__, g.__name__, g.__qualname__)
g.__name__ = "renamed"
g.__qualname__ = "other.renamed"
print(repr(g).split(" at ")[0])
for attribute, value in (("__name__", 5), ("__qualname__", 5), ("gi_running", 1), ("new", 1)):
    try:
        setattr(g, attribute, value)
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
try:
    type(g)()
except TypeError as error:
    print(error)


def order():
    try:
        try:
            yield "a"
        finally:
            print("inner finally")
            yield "yield in finally"
    finally:
        print("outer finally")


g = order()
print(next(g), g.throw(ValueError("x")))
try:
    next(g)
except ValueError as error:
    print("resumed and raised", error)


def context():
    try:
        raise KeyError("handled")
    except KeyError:
        try:
            yield
        except ValueError as error:
            print(repr(error.__context__))
    yield


g = context()
next(g)
g.throw(ValueError())


def exc_info_isolated():
    import sys

    yield sys.exception()
    try:
        raise ValueError("own")
    except ValueError:
        yield sys.exception()
    yield sys.exception()


try:
    raise TypeError("outer")
except TypeError:
    import sys

    g = exc_info_isolated()
    print(repr(next(g)), repr(next(g)), repr(sys.exception()), repr(next(g)))
