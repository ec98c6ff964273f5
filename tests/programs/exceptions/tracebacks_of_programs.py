"""Tracebacks of whole programs: chains, groups, notes, recursion, generators, exec'd code, __main__ in strings."""
import os
import traceback


def text(error=None):
    return traceback.format_exc().replace(os.path.dirname(__file__) + os.sep, "")


def recursive(n):
    if n == 0:
        raise RuntimeError("bottom")
    recursive(n - 1)


def mutual_a(n):
    return mutual_b(n - 1) if n else 1 / 0


def mutual_b(n):
    return mutual_a(n - 1) if n else [][0]


def generator():
    yield 1
    yield from inner()


def inner():
    yield 2
    raise LookupError("inside the generator")


def chained():
    try:
        try:
            int("x")
        except ValueError as error:
            raise KeyError("second") from error
    except KeyError:
        raise OSError("third")


def suppressed():
    try:
        int("x")
    except ValueError:
        raise KeyError("alone") from None


def grouped():
    errors = []
    for action in (lambda: int("y"), lambda: {}["k"], lambda: recursive(1)):
        try:
            action()
        except Exception as error:
            errors.append(error)
    errors[1].add_note("a note\nof two lines")
    raise ExceptionGroup("several", [errors[0], ExceptionGroup("inner", errors[1:])])


def noted():
    error = TypeError("with notes")
    error.add_note("first note")
    error.__notes__.append(5)
    raise error


def executed():
    exec(compile("def f():\n    return g()\ndef g():\n    raise NameError('from a string')\nf()", "<made up>", "exec"))


def syntax():
    compile("a = 1\nb = (2 +\nc = 3\n", "<source>", "exec")


def empty_message():
    raise ValueError


def many_lines():
    raise ValueError("line one\nline two")


class Weird(Exception):
    def __str__(self):
        raise RuntimeError("no text")


def weird():
    raise Weird


def local_class():
    class Inner(Exception):
        pass
    raise Inner(1, 2)


def reraised():
    try:
        recursive(1)
    except RuntimeError as error:
        raise error


for action in (lambda: recursive(6), lambda: mutual_a(5), lambda: list(generator()), chained, suppressed, grouped, noted, executed,
               syntax, empty_message, many_lines, weird, local_class, reraised, lambda: max(1, "a"), lambda: undefinde):
    try:
        action()
    except BaseException:
        print(text())
