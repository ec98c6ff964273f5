"""try, raise, except and finally in hot loops whose exceptions' types change, with tracebacks that stay right."""
import sys
import traceback


class A(Exception):
    pass


class B(A):
    pass


def work(i, kind):
    try:
        if i % 3 == 0:
            raise kind(i)
        if i % 3 == 1:
            return {}[i]
        return i
    except A as error:
        return f"A{error}"
    except KeyError as error:
        return -error.args[0]
    finally:
        counts[i % 3] += 1


counts = [0, 0, 0]


def hot(kind, turns=90):
    out = []
    for i in range(turns):
        try:
            out.append(work(i, kind))
        except Exception as error:
            out.append((type(error).__name__, error.__traceback__.tb_next.tb_lineno - work.__code__.co_firstlineno))
    return out[-3:]


for kind in (A, B, ValueError, KeyError, lambda i: A("made"), 5, type("C", (B, KeyError), {}), StopIteration):
    print(getattr(kind, "__name__", kind), hot(kind), sys.exception())
print(counts)


def nested(n):
    try:
        try:
            return 1 // n
        except ZeroDivisionError:
            return [][n]
        finally:
            log.append(n)
    except IndexError as error:
        return type(error.__context__).__name__


log = []
print([nested(n % 2) for n in range(100)][-2:], len(log))


def lines():
    for i in range(50):
        try:
            (i
             + (1 // (25 - i)))
        except ZeroDivisionError as error:
            frames = traceback.extract_tb(error.__traceback__)
            return [(f.lineno - lines.__code__.co_firstlineno, f.line) for f in frames]


print(lines())


def generator():
    for i in range(100):
        try:
            yield i
        except A as error:
            yield f"caught {error}"


g = generator()
out = []
for i in range(60):
    out.append(next(g) if i % 2 else g.throw(B(i)) if i else next(g))
print(out[-4:])


def unwinds(depth):
    try:
        if depth == 0:
            raise B("bottom")
        unwinds(depth - 1)
    except B as error:
        error.add_note(str(depth))
        raise


for _ in range(20):
    try:
        unwinds(20)
    except B as error:
        caught = error
print(len(caught.__notes__), caught.__notes__[:3], len(traceback.extract_tb(caught.__traceback__)))
A.__str__ = lambda self: "own text"
print(hot(A), str(B(1)))
E = KeyError


def by_name(key):
    try:
        return {1: "one"}[key]
    except E:
        return "handled"


for _ in range(60):
    out = by_name(2), by_name(1)
E = (ValueError, LookupError)
print(out, by_name(2))
E = OSError
try:
    by_name(2)
except KeyError as error:
    print(repr(error))
E = "no class"
try:
    by_name(2)
except TypeError as error:
    print(error)
del E
try:
    by_name(2)
except NameError as error:
    print(error, "|", repr(error.__context__))


def loop_with_break():
    done = []
    for i in range(1000):
        try:
            if i == 500:
                break
            continue
        finally:
            if i % 250 == 0:
                done.append(i)
    return done, i


print(loop_with_break())
