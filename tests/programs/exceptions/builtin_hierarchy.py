"""The built-in exceptions: the tree, their attributes, arguments, str and repr, and constructors."""
import errno


def tree(cls, depth=0):
    print("  " * depth + cls.__name__)
    for sub in sorted((c for c in cls.__subclasses__() if c.__module__ == "builtins"), key=lambda c: c.__name__):
        tree(sub, depth + 1)


tree(BaseException)
for error in [
    Exception(), Exception(1), Exception("a"), Exception(1, "b"), KeyError("k"), KeyError(1, 2), KeyError(), StopIteration(5), StopIteration(), SystemExit(3), SystemExit(),
    SystemExit("text"), SystemExit(1, 2), OSError(), OSError("one"), OSError(2, "msg"), OSError(2, "msg", "file"), OSError(2, "msg", "file", None, "file2"), OSError(errno.ENOENT, "no", b"bytes"), OSError("a", "b"), OSError(1, 2, 3, 4, 5, 6),
    ImportError("m", name="n", path="p"), ModuleNotFoundError("m"), AttributeError("a", name="x", obj=1), NameError("n", name="y"), UnicodeError("u"),
    UnicodeDecodeError("utf-8", b"abc", 1, 2, "reason"), UnicodeEncodeError("ascii", "ab\xe9", 2, 3, "bad"), UnicodeTranslateError("abc", 0, 2, "two"), UnicodeDecodeError("x", b"abc", 0, 3, "many"),
    SyntaxError("m"), SyntaxError("m", ("f.py", 1, 2, "text")), SyntaxError("m", ("f.py", 1, 2, "text", 1, 5)), SyntaxError(), IndentationError("i"), BlockingIOError(11, "again", 5),
    AssertionError("x"), MemoryError(), RecursionError("deep"), Warning("w"), UserWarning("u", 1), KeyboardInterrupt(), GeneratorExit("g"), EOFError("e"), ZeroDivisionError("z"), OverflowError("o"), ArithmeticError(), BufferError("b"), NotImplementedError("n"), PythonFinalizationError("p"),
]:
    names = [n for n in ("errno", "strerror", "filename", "filename2", "name", "path", "obj", "value", "code", "encoding", "object", "start", "end", "reason", "msg", "lineno", "offset", "text", "end_lineno", "end_offset", "characters_written", "print_file_and_line") if hasattr(error, n)]
    print(repr(error), "|", str(error), "|", error.args, {n: getattr(error, n) for n in names})
for number in (1, 2, 4, 10, 11, 13, 17, 20, 21, 32, 103, 104, 110, 111, 114, 108, 3, 9999):
    print(number, type(OSError(number, "m")).__name__, end="; ")
print()


class Sub(OSError):
    def __init__(self, a):
        super().__init__(2, a)


print(repr(Sub("x")), Sub("x").strerror)


class Plain(OSError):
    pass


print(type(Plain(2, "x")).__name__, type(FileNotFoundError(13, "y")).__name__)
for action in (
    lambda: UnicodeDecodeError(),
    lambda: UnicodeDecodeError("a", "b", 1, 2, "c"),
    lambda: UnicodeEncodeError("a", b"b", 1, 2, "c"),
    lambda: UnicodeEncodeError("a", "b", "x", 2, "c"),
    lambda: UnicodeTranslateError("a"),
    lambda: ImportError(bad=1),
    lambda: ImportError("m", nam="n"),
    lambda: AttributeError(foo=1),
    lambda: Exception(a=1),
    lambda: SyntaxError("m", 5),
    lambda: SyntaxError("m", (1, 2)),
    lambda: BaseException.__new__(),
    lambda: BaseException.__new__(int),
    lambda: StopIteration(a=1),
):
    try:
        print(repr(action()))
    except (TypeError, IndexError) as error:
        print(type(error).__name__, error)
e = UnicodeDecodeError("utf-8", b"abc", 1, 2, "reason")
e.start, e.end, e.reason, e.object = 0, 100, "changed", b"xy"
print(e)
for name, value in (("start", "x"), ("object", 5), ("reason", 5), ("encoding", None)):
    try:
        setattr(e, name, value)
        print(name, "set", e)
    except TypeError as error:
        print(error)
s = StopIteration(1, 2)
s.value = "changed"
print(s.value, s.args)
k = KeyError("x")
k.args = ("y", "z")
print(k, repr(k))
print(IOError is OSError, EnvironmentError is OSError, issubclass(UnicodeDecodeError, ValueError), IndentationError.__mro__[1:3])
try:
    open("/no/such/file")
except FileNotFoundError as error:
    print(error, error.errno == errno.ENOENT, error.filename, error.args)
try:
    open("/")
except IsADirectoryError as error:
    print(error)
print(ValueError("a") == ValueError("a"), ValueError.__doc__, KeyError.__text_signature__)
import pickle, copy

for error in (ValueError("v", 1), OSError(2, "m", "f"), UnicodeDecodeError("utf-8", b"abc", 1, 2, "r"), ImportError("m", name="n"), KeyError("k"), AttributeError("a", name="b")):
    error.extra = [1]
    again = pickle.loads(pickle.dumps(error))
    print(repr(again), again.__dict__, repr(copy.copy(error)), getattr(again, "name", "-"))
