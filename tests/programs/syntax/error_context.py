"""What the parser's errors know, and lines of exceptions that pass handlers."""
import sys
import traceback

SOURCES = [
    "asynch def f():\n  pass\n", "a = 1\nwhile True:\n  raisee ValueError(3)\n", "def f():\n  if 1:\n    pass\n  x y\n",
    "class A: pass\nx y", "if 1:\n  if 2:\n    pass\nx=(1 2)\n", "x='abc", "@f\nclass A: pass\nx y",
]
for source in SOURCES:
    try:
        compile(source, "<source>", "exec")
    except SyntaxError as error:
        print(error._metadata[:2], traceback.format_exception_only(error)[-1], end="")
try:
    compile("return", "<source>", "exec")
except SyntaxError as error:
    print(error._metadata, len(error.args[1]))

limit = sys.get_int_max_str_digits()
for digits in 1000, 0:
    sys.set_int_max_str_digits(digits)
    try:
        compile("a = 1\nb = " + "3" * 5000, "<source>", "exec")
        print("compiled")
    except SyntaxError as error:
        print(error)
sys.set_int_max_str_digits(limit)
for name in bytearray(b"f"), memoryview(b"f"), 1:
    try:
        compile("1", name, "exec")
    except TypeError as error:
        print(error)


def lines(function):
    try:
        function()
    except Exception as error:
        entry = error.__traceback__.tb_next
        while entry:
            frame = entry.tb_frame
            print(function.__name__, entry.tb_lineno - frame.f_code.co_firstlineno, frame.f_lineno - frame.f_code.co_firstlineno)
            entry = entry.tb_next


def in_except():
    try:
        1 / 0
    except:
        [].x
        pass


def in_finally():
    try:
        1 / 0
    finally:
        pass


def in_with():
    import contextlib
    with contextlib.nullcontext():
        1 / 0
        pass


def raised_again():
    try:
        1 / 0
    except ZeroDivisionError as error:
        kept = error
    raise kept


for function in in_except, in_finally, in_with, raised_again:
    lines(function)
