"""format_exception over causes, contexts, cycles, groups in groups, limits, suppressed frames and colour-free output."""
import os
import traceback


def fail(text):
    raise ValueError(text)


def chain(n):
    try:
        if n == 0:
            fail("bottom")
        chain(n - 1)
    except ValueError as error:
        if n % 2:
            raise LookupError(f"level {n}") from error
        raise ValueError(f"level {n}")
    except LookupError as error:
        raise ValueError(f"wrapped {n}") from error


def text(error, **options):
    return "".join(traceback.format_exception(error, **options)).replace(os.path.dirname(__file__) + os.sep, "")


try:
    chain(3)
except LookupError as error:
    print(text(error))
    print(text(error, limit=1), text(error, chain=False), text(error, limit=-1, chain=False))
a, b = ValueError("a"), ValueError("b")
a.__cause__, b.__cause__ = b, a
print(text(a))
a.__cause__ = a
print(text(a))
c = KeyError("c")
c.__context__, c.__suppress_context__ = a, True
print(text(c))


def group():
    errors = []
    for kind in (ValueError, TypeError):
        try:
            raise kind(f"{kind.__name__} inside")
        except kind as error:
            error.add_note("noted")
            errors.append(error)
    try:
        raise ExceptionGroup("inner", errors)
    except ExceptionGroup as inner:
        raise ExceptionGroup("outer", [inner, KeyError("leaf")]) from errors[0]


try:
    group()
except ExceptionGroup as error:
    print(text(error))
wide = ExceptionGroup("wide", [ValueError(i) for i in range(20)])
print(text(wide))
deep = ValueError("deepest")
for i in range(12):
    deep = ExceptionGroup(f"d{i}", [deep])
print(text(deep))
exc = traceback.TracebackException.from_exception(wide, max_group_width=2)
print("".join(exc.format()))
print("".join(traceback.TracebackException.from_exception(deep, max_group_depth=3).format()))


def recursive(n):
    if n:
        return recursive(n - 1)
    fail("after recursion")


try:
    recursive(20)
except ValueError as error:
    print(text(error), text(error, limit=5))
print(traceback.format_exception(None), traceback.format_exception(ValueError, ValueError("old style"), None))
