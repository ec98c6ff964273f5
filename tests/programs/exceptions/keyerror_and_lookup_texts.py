"""str and repr of errors that carry values: KeyError's repr, multi-line texts, empty ones, nested quotes, exceptions as keys."""
import traceback


class Key:
    def __repr__(self):
        return "<key\nover lines>"

    def __str__(self):
        return "str of key"


class Silent(Exception):
    def __str__(self):
        return ""


class Bad(Exception):
    def __str__(self):
        raise ValueError("no str")

    def __repr__(self):
        raise ValueError("no repr")


class NotText(Exception):
    __str__ = lambda self: 5


for error in (KeyError("a"), KeyError("it's"), KeyError('both "\''), KeyError(("t",)), KeyError(), KeyError(1, 2), KeyError(Key()), KeyError("line\nbreak"), KeyError("\x00\u200b"), KeyError(KeyError("inner")), LookupError("plain"), IndexError(Key()), ValueError(""), ValueError(None), ValueError("a", "b"), ValueError(["l"]), Silent("hidden"), Exception("x" * 30), OSError(), OSError("one"), StopIteration(5), SystemExit(Key()),
              UnicodeDecodeError("utf-8", b"ab\xff", 2, 3, "reason"), ExceptionGroup("g\nh", [KeyError("k")]), AssertionError(), AssertionError((1, 2)), NotImplementedError(), RuntimeError(RuntimeError), ImportError("text", name="n"), type("Own", (Exception,), {"__module__": "pkg.mod"})("m"), type("Own", (Exception,), {"__module__": "builtins"})("m"), type("Own", (Exception,), {"__qualname__": "Outer.Own"})("m")):
    print(repr(str(error)), "|", repr(error), "|", [line.rstrip("\n") for line in traceback.format_exception_only(error)])
for error in (Bad(), NotText()):
    for function in (str, repr, lambda e: traceback.format_exception_only(e), lambda e: f"{e}", lambda e: "%s" % e, print):
        try:
            print(function(error))
        except Exception as problem:
            print(type(problem).__name__, problem)
e = ValueError("first")
e.args = ("second", "third")
print(str(e), e.args, repr(e), e == ValueError("second", "third"), hash(e) == hash(e), bool(ValueError()), ValueError("a").args[0], ValueError(*"ab").args, str(ValueError("é\ud800").args))
