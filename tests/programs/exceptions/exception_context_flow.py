"""Which exception is being handled: __context__ and sys.exception across functions, generators, threads, finally and callbacks."""
import contextlib
import sys
import threading


def chain(error):
    out = []
    while error:
        out.append(f"{type(error).__name__}({error})" + ("!" if error.__suppress_context__ else ""))
        error = error.__context__
    return " <- ".join(out)


def current():
    return repr(sys.exception())


def catch(action):
    try:
        action()
    except BaseException as error:
        return chain(error)


def generator():
    yield current()
    try:
        raise KeyError("in the generator")
    except KeyError:
        yield current()
    yield current()
    raise ValueError("from the generator")


def resumed():
    g = generator()
    print(next(g))
    try:
        raise OSError("outside")
    except OSError:
        print(next(g), current())
        print(next(g), current())
        next(g)


print(catch(resumed), current())


def nested():
    try:
        raise A1("a")
    except A1:
        try:
            raise A2("b")
        except A2 as two:
            pass
        raise A3("c")


class A1(Exception): ...
class A2(Exception): ...
class A3(Exception): ...


print(catch(nested))


def in_finally():
    try:
        raise A1("first")
    finally:
        print("finally", current())
        with contextlib.suppress(A2):
            raise A2("suppressed")
        print("still", current())
        raise A3("last")


print(catch(in_finally))


def cycle():
    try:
        raise A1("a")
    except A1 as a:
        try:
            raise A2("b")
        except A2 as b:
            raise a


print(catch(cycle))


def same_again():
    error = A1("same")
    try:
        raise error
    except A1:
        raise error


print(catch(same_again))


def from_none():
    try:
        raise A1
    except A1:
        raise A2("from none") from None


def from_cause():
    try:
        raise A1
    except A1:
        raise A2("with cause") from A3("cause")


print(catch(from_none), catch(from_cause))


class Noisy:
    def __exit__(self, *info):
        raise A3(f"exit during {info[0].__name__ if info[0] else None}, {current()}")

    def __enter__(self):
        return self

    def __del__(self):
        seen.append(current())


seen = []


def exits():
    with Noisy():
        raise A1("body")


print(catch(exits), seen)


def deleted_while_handling():
    noisy = Noisy()
    try:
        raise A1("handled")
    except A1:
        del noisy
    noisy = Noisy()
    del noisy


seen.clear()
deleted_while_handling()
print(seen)


def thread():
    results = []
    try:
        raise A1("main")
    except A1:
        t = threading.Thread(target=lambda: results.append(current()))
        t.start()
        t.join()
    return results


print(thread())


def sorts():
    def key(x):
        keys.append(current())
        raise A2("in key")
    keys = []
    try:
        raise A1("before sort")
    except A1:
        try:
            sorted([1], key=key)
        except A2 as error:
            return keys, chain(error)


print(sorts())
for handled in (lambda: sys.exc_info(), current):
    try:
        raise A1
    except A1:
        print(handled() if handled is current else handled()[0].__name__, end=" ")
    print(handled())
for bad in (5, "text", A1, None):
    error = A2("x")
    for name in ("__context__", "__cause__"):
        try:
            setattr(error, name, bad)
            print(name, "accepts", bad, error.__suppress_context__)
        except TypeError as problem:
            print(problem)
for source in ("raise", "raise 5", "raise A1 from 5", "raise A1 from A2", "raise type('T', (), {})", "raise A1('x') from None", "raise object", "raise BaseException()"):
    print(source, catch(lambda: exec(source)))
