"""ExceptionGroup and except*: splits, nesting, derive, notes, what is raised afterwards, and the errors."""


def tree(error, depth=0):
    pad = "  " * depth
    if isinstance(error, BaseExceptionGroup):
        print(f"{pad}{type(error).__name__} {error.message!r}")
        for inner in error.exceptions:
            tree(inner, depth + 1)
    else:
        print(f"{pad}{error!r}")


def group():
    return ExceptionGroup("top", [ValueError(1), ExceptionGroup("mid", [TypeError(2), ValueError(3), ExceptionGroup("low", [KeyError(4)])]), OSError(5)])


match_, rest = group().split(ValueError)
tree(match_)
tree(rest)
match_, rest = group().split((TypeError, KeyError))
tree(match_)
tree(rest)
print(group().split(Exception)[1], group().split(ZeroDivisionError)[0])
tree(group().subgroup(lambda e: isinstance(e, (KeyError, OSError))))
tree(group().subgroup(lambda e: isinstance(e, ExceptionGroup) and e.message == "mid"))
print(group().subgroup(lambda e: False))
g = group()
print(g, repr(g), g.args, len(g.exceptions))
print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__)
for action in (
    lambda: ExceptionGroup("only message"),
    lambda: ExceptionGroup(5, [ValueError()]),
    lambda: ExceptionGroup("m", 5),
    lambda: ExceptionGroup("m", []),
    lambda: ExceptionGroup("m", [5]),
    lambda: ExceptionGroup("m", [ValueError]),
    lambda: ExceptionGroup("m", [KeyboardInterrupt()]),
    lambda: ExceptionGroup("m", {ValueError()}),
    lambda: g.split(5),
    lambda: g.subgroup("x"),
    lambda: g.split((ValueError, 5)),
    lambda: g.derive([]),
):
    try:
        print(repr(action()))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


class Custom(ExceptionGroup):
    def __new__(cls, message, errors, code):
        self = super().__new__(cls, message, errors)
        self.code = code
        return self

    def derive(self, errors):
        return Custom(self.message, errors, self.code)


c = Custom("custom", [ValueError(1), TypeError(2)], 99)
c.add_note("a note")
match_, rest = c.split(ValueError)
print(match_.code, rest.code, match_.__notes__, type(rest).__name__)


def run(error, handlers):
    def body():
        try:
            raise error
        except* ValueError as eg:
            print("  ValueError:", repr(eg))
            if "raise" in handlers:
                raise RuntimeError("from the handler")
            if "bare" in handlers:
                raise
        except* (TypeError, OSError) as eg:
            print("  TypeError/OSError:", repr(eg))
            if "raise2" in handlers:
                raise LookupError("second")
        else:
            print("  else")
        finally:
            print("  finally")

    try:
        body()
    except BaseException as out:
        print("out:")
        tree(out, 1)
        print("  context", repr(out.__context__), "cause", repr(out.__cause__))
    else:
        print("nothing out")


run(group(), ())
run(group(), ("raise",))
run(group(), ("bare",))
run(group(), ("raise", "raise2"))
run(ValueError("naked"), ())
run(KeyError("naked unmatched"), ())
run(ExceptionGroup("all", [ValueError(1), TypeError(2)]), ())
run(BaseExceptionGroup("base", [ValueError(1), KeyboardInterrupt()]), ())


def no_error():
    try:
        pass
    except* ValueError:
        print("never")
    else:
        print("else runs")


no_error()


def bad_type(kind):
    try:
        raise ValueError(1)
    except* kind:
        pass


for kind in (5, ExceptionGroup, (ValueError, BaseExceptionGroup), "x", int):
    try:
        bad_type(kind)
    except TypeError as error:
        print(error)


def in_loop():
    for i in range(3):
        try:
            raise ExceptionGroup("g", [ValueError(i)])
        except* ValueError as eg:
            x = eg.exceptions[0].args
    try:
        eg
    except UnboundLocalError as error:
        print(error, x)


in_loop()
for source in ("except* ValueError: return", "except* ValueError: break", "except* ValueError: continue", "except*: pass", "except* ValueError: pass\n    except TypeError: pass", "except ValueError: pass\n    except* TypeError: pass", "except* ValueError, TypeError: pass", "except ValueError, TypeError: pass", "except ValueError, TypeError as e: pass", "except* ValueError, TypeError as e: pass"):
    try:
        compile(f"def f():\n  for x in y:\n    try: pass\n    {source}", "s", "exec")
        print("fine:", source)
    except SyntaxError as error:
        print(f"{source!r}: {error.msg}")
notes = ValueError("with notes")
notes.add_note("one")
notes.add_note("two")
print(notes.__notes__)
try:
    notes.add_note(5)
except TypeError as error:
    print(error)
notes.__notes__ = "not a list"
try:
    notes.add_note("three")
except TypeError as error:
    print(error)
