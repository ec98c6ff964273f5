"""Traceback texts: carets of every kind of expression, chained errors, groups, notes, recursion and syntax errors."""
import io
import linecache
import traceback

SOURCE = '''
def binary(a, b):
    return 1 + (a / b) * 2
def call(f):
    return [f(1), f(
        2,
    )]
def attribute(x):
    return x.first.second.third
def subscript(x):
    return x["a"][0]["b"]
def chained(x):
    return 1 < x < "a"
def unary(x):
    return -x
def comp(x):
    return [1 / i for i in x]
def multi(x):
    return (
        x
        +
        1
    )
def raising():
    raise ValueError("raised")
def asserting(x):
    assert x == 1, "message"
def named():
    return undefined_name_here
def method(x):
    return x.method(1)(2).other()
def unpack(x):
    a, b = x
def loop(x):
    for i in x: pass
def with_(x):
    with x as y: pass
def imports():
    import does_not_exist_anywhere
def importfrom():
    from os import does_not_exist
def augmented(x):
    x["k"] += 1
def deleting(x):
    del x["k"]
def lambda_(x):
    return (lambda: x / 0)()
def fstring(x):
    return f"{x} {x.nope!r:>{10}}"
def keyword():
    return dict(a=1, **{"a": 2})
def star(x):
    return print(*x)
def context():
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError("second")
def cause():
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise KeyError("second") from e
def hidden():
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError("second") from None
def noted():
    e = ValueError("with notes")
    e.add_note("note one")
    e.add_note("note two\\nlines")
    raise e
def group():
    raise ExceptionGroup("group", [ValueError(1), ExceptionGroup("inner", [TypeError("t"), OSError(2, "os")])])
def recursive(n=0):
    return recursive(n + 1)
def syntax():
    compile("x = (1 +", "<inner>", "exec")
def unicode_(x):
    é = "日本"; return é + x.日
def empty_message():
    raise ValueError
def multiline_message():
    raise ValueError("line one\\nline two")
class Custom(Exception):
    def __str__(self): return "custom str"
def custom():
    raise Custom(1, 2)
class BadStr(Exception):
    def __str__(self): raise RuntimeError
def badstr():
    raise BadStr
def generator():
    def gen():
        yield 1
        raise LookupError("in generator")
    list(gen())
def indirect(f, *args):
    if args: return f(*args)
'''
linecache.cache["<example>"] = (len(SOURCE), None, SOURCE.splitlines(True), "<example>")
scope = {"__name__": "example"}
exec(compile(SOURCE, "<example>", "exec"), scope)


def show(name, *arguments):
    print("#", name)
    try:
        scope[name](*arguments)
    except BaseException as error:
        error.__traceback__ = error.__traceback__.tb_next
        print("".join(traceback.format_exception(error)).replace(__file__, "FILE"), end="")


class O:
    first = None


for call in [("binary", 1, 0), ("call", lambda x: 1 if x == 1 else 1 / 0), ("attribute", O()), ("subscript", {"a": [{}]}), ("chained", 5), ("unary", "a"), ("comp", (1, 0)), ("multi", "a"), ("raising",), ("asserting", 2), ("named",), ("method", O()), ("unpack", [1]), ("loop", 5), ("with_", 5), ("imports",), ("augmented", {}), ("deleting", {}), ("lambda_", 1), ("fstring", 5), ("keyword",), ("star", 5), ("context",), ("cause",), ("hidden",), ("noted",), ("group",), ("syntax",), ("unicode_", 1), ("empty_message",), ("multiline_message",), ("custom",), ("badstr",), ("generator",), ("indirect", lambda x: x.a, 1)]:
    show(*call)
try:
    scope["recursive"]()
except RecursionError as error:
    lines = traceback.format_exception(error)
    print(len(lines) < 20, lines[-1], [line for line in lines if "repeated" in line][0][:25])
try:
    scope["binary"](1, 0)
except ZeroDivisionError as error:
    print(traceback.format_exception_only(error), traceback.format_tb(error.__traceback__, limit=-1), len(traceback.extract_tb(error.__traceback__)), traceback.extract_tb(error.__traceback__)[-1].name, traceback.extract_tb(error.__traceback__)[-1].lineno, traceback.extract_tb(error.__traceback__)[-1].colno)
    te = traceback.TracebackException.from_exception(error, capture_locals=True)
    print("".join(te.format()).split("in binary")[1])
    frames = list(traceback.walk_tb(error.__traceback__))
    print([f.f_code.co_name for f, _ in frames], error.__traceback__.tb_next.tb_lineno, error.__traceback__.tb_next.tb_frame.f_locals)
out = io.StringIO()
traceback.print_exception(ValueError("no traceback"), file=out)
print(out.getvalue(), traceback.format_exception_only(KeyError("k")), traceback.format_exception_only(None) if False else "", traceback.format_exception_only(SyntaxError("msg", ("f.py", 2, 5, "some text here\n", 2, 9))))
