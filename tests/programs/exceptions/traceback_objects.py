"""Traceback objects: tb_next chains changed by hand, with_traceback, tb_lineno, frames' locals, TracebackException."""
import io
import traceback
import types


def a(n):
    local = n * 2
    return b(n)


def b(n):
    return c(n + 1)


def c(n):
    raise ValueError(n)


def names(tb):
    out = []
    while tb:
        out.append(tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
    return out


try:
    a(1)
except ValueError as error:
    caught = error
tb = caught.__traceback__
print(names(tb))
print(names(caught.with_traceback(tb.tb_next).__traceback__), caught.__traceback__ is tb.tb_next)
tb.tb_next.tb_next = tb.tb_next.tb_next.tb_next
print(names(tb))
for value, message in ((tb, "loop"), (5, "type")):
    try:
        tb.tb_next.tb_next = value
    except (ValueError, TypeError) as error:
        print(message, error)
made = types.TracebackType(None, tb.tb_frame, 0, 7)
print(made.tb_lineno, made.tb_lasti, made.tb_next)
for args in ((1, tb.tb_frame, 0, 1), (None, 1, 0, 1), (None, tb.tb_frame), ()):
    try:
        types.TracebackType(*args)
    except TypeError as error:
        print(error)
for value in (None, "x", made):
    try:
        caught.__traceback__ = value
        print(names(caught.__traceback__))
    except TypeError as error:
        print(error)
try:
    del caught.__traceback__
except TypeError as error:
    print(error)
try:
    raise KeyError("again").with_traceback(made)
except KeyError as error:
    print(names(error.__traceback__))
try:
    a(5)
except ValueError as error:
    exc = traceback.TracebackException.from_exception(error, capture_locals=True)
    print([(frame.name, frame.line, frame.locals if frame.name != "<module>" else None) for frame in exc.stack])
    print([(frame.colno, frame.end_colno) for frame in exc.stack])
    print(list(exc.format_exception_only()), exc.exc_type_str)
    summary = traceback.extract_tb(error.__traceback__, limit=-1)
    print(summary[0].name, summary[0].lineno == summary[0].end_lineno)
    out = io.StringIO()
    traceback.print_exception(error, limit=1, file=out)
    print(out.getvalue().count("File"))
    print([frame.f_code.co_name for frame, line in traceback.walk_tb(error.__traceback__)])
    traceback.clear_frames(error.__traceback__)
    print([sorted(tb.tb_frame.f_locals) for tb in [error.__traceback__.tb_next, error.__traceback__.tb_next.tb_next]])
try:
    raise caught
except ValueError as error:
    depth = len(names(error.__traceback__))
    try:
        raise
    except ValueError as again:
        print(again is error, depth, len(names(again.__traceback__)))
for _ in range(3):
    try:
        raise caught
    except ValueError:
        pass
print(len(names(caught.__traceback__)) > depth)
