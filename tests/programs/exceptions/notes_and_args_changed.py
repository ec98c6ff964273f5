"""Exceptions whose args, notes, str and attributes change after creation; OSError's mapping; repr and pickling of odd ones."""
import copy
import errno
import pickle
import traceback


class Own(Exception):
    def __init__(self, code, *, text="t"):
        super().__init__(code)
        self.code, self.text = code, text


e = ValueError("a", 2)
e.args = ["list"]
print(repr(e), str(e), e.args)
e.args = ()
print(repr(e), repr(str(e)))
for bad in (5, None):
    try:
        e.args = bad
        print(e.args)
    except TypeError as error:
        print(error)
e.add_note("one")
e.__notes__ = ("tuple", 5, "note\nlines")
print(traceback.format_exception_only(e))
e.__notes__ = "text"
print(traceback.format_exception_only(e))
for bad in (5, None):
    try:
        e.add_note(bad)
    except TypeError as error:
        print(error)
for args in ((), (2,), (2, "no such"), (2, "no such", "file"), (2, "x", "a", None, "b"), (errno.EPERM, "x"), (errno.EAGAIN, "x"), ("text", "x"), (2, "a", "b", "c", "d", "e"), (99999, "odd"), (errno.ECONNRESET, "r", "f")):
    o = OSError(*args)
    print(type(o).__name__, o, o.errno, o.strerror, o.filename, o.filename2, o.args)
o = FileNotFoundError(1, "given", "name")
o.filename, o.errno = "changed", 5
print(o, type(o).__name__, repr(o), copy.copy(o), pickle.loads(pickle.dumps(o)).filename)
for action in (lambda: Own(5, text="kept"), lambda: StopIteration(1, 2), lambda: SystemExit(3), lambda: KeyError("k"), lambda: KeyError("a", "b"), lambda: UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), lambda: SyntaxError("m", ("f", 1, 2, "text", 1, 5)), lambda: ImportError("m", name="n", path="p"),
               lambda: AttributeError("m", name="n", obj=[]), lambda: NameError("m", name="n"), lambda: ExceptionGroup("g", [ValueError(1)]), lambda: BlockingIOError(11, "b", 7), lambda: UnicodeTranslateError("abc", 1, 2, "why"), lambda: UnicodeEncodeError("ascii", "é", 0, 1, "no")):
    made = action()
    again = pickle.loads(pickle.dumps(made))
    print(type(made).__name__, str(made), repr(made), made.args, str(again) == str(made), again.__dict__)
for bad in (lambda: KeyError(x=1), lambda: UnicodeDecodeError("a"), lambda: SyntaxError("m", (1, 2)), lambda: ImportError(nme=1), lambda: ValueError().add_note(), lambda: BaseException.__new__(int), lambda: StopIteration(value=1), lambda: AttributeError(obj=1).obj, lambda: SystemExit().code, lambda: OSError(errno=2), lambda: pickle.loads(pickle.dumps(type("Local", (Exception,), {})()))):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, str(error).split(" at 0x")[0])
s = SyntaxError("msg", ("file", 3, 4, "some text", 3, 8))
s.lineno, s.text = 9, None
print(s, s.end_offset, traceback.format_exception_only(s))
u = UnicodeDecodeError("utf-8", b"abc", 1, 2, "why")
u.start, u.end, u.reason, u.object = 5, 9, "other", b"xyz"
print(u, u.start)
