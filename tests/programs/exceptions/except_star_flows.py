"""except* in loops, with nested groups, raising, re-raising, finally, else, naked exceptions, split and derive of subclasses."""


class Tagged(ExceptionGroup):
    def __new__(cls, message, errors, tag=None):
        self = super().__new__(cls, message, errors)
        self.tag = tag
        return self

    def derive(self, errors):
        return Tagged(self.message, errors, f"derived {self.tag}")


def tree(error):
    if isinstance(error, BaseExceptionGroup):
        tag = f"#{error.tag}" if isinstance(error, Tagged) else ""
        return f"{type(error).__name__}{tag}:{error.message}[{', '.join(map(tree, error.exceptions))}]"
    return f"{type(error).__name__}({error})"


def run(error, *actions):
    """Each action belongs to one handler: 'pass', 'raise', 'new'."""
    log = []

    def act(action, group):
        log.append(tree(group))
        if action == "raise":
            raise
        if action == "new":
            raise LookupError("new")
        if action == "same":
            raise group
        if action == "naked":
            raise group.exceptions[0]

    try:
        try:
            raise error
        except* ValueError as group:
            act(actions[0], group)
        except* (TypeError, OSError) as group:
            act(actions[1], group)
        else:
            log.append("else")
        finally:
            log.append("finally")
    except BaseException as left:
        return log, tree(left), tree(left.__context__) if left.__context__ else None, tree(left.__cause__) if left.__cause__ else None
    return log


def make():
    return Tagged("top", [ValueError(1), ExceptionGroup("in", [TypeError(2), ValueError(3), KeyError(4)]), OSError(5)], "t")


for actions in (("pass", "pass"), ("raise", "pass"), ("new", "pass"), ("same", "raise"), ("naked", "new"), ("new", "new"), ("raise", "raise")):
    print(actions, *run(make(), *actions))
for error in (ValueError("naked"), KeyError("other"), ExceptionGroup("only", [ValueError(1)]), BaseExceptionGroup("base", [KeyboardInterrupt(), ValueError(1)]), OSError("os")):
    for actions in (("pass", "pass"), ("raise", "raise"), ("new", "naked")):
        print(tree(error), actions, run(error, *actions))


def loop():
    out = []
    for kind in (ValueError, TypeError, KeyError):
        try:
            raise ExceptionGroup("g", [kind(1), OSError(2)])
        except* OSError as group:
            out.append(tree(group))
        except* LookupError:
            out.append("lookup")
        except* Exception as group:
            out.append("rest " + tree(group))
    return out


print(loop())
group = make()
print(tree(group.subgroup(ValueError)), group.subgroup(ZeroDivisionError), group.subgroup(lambda e: "4" in str(e)).exceptions[0].message)
match, rest = group.split((ValueError, KeyError))
print(tree(match), tree(rest), match.tag, rest.tag)
print(group.subgroup(lambda e: True) is group, group.split(Tagged)[0] is group, tree(group.derive([ValueError(9)])))
group.add_note("noted")
print(group.split(OSError)[0].__notes__, group.subgroup(ValueError).__notes__ is group.__notes__)
for args in (("m", []), ("m", [1]), ("m", 5), (5, [ValueError()]), ("m",), ("m", [KeyboardInterrupt()]), ("m", (ValueError(1),)), ("m", {ValueError: 1})):
    for kind in (ExceptionGroup, BaseExceptionGroup):
        try:
            print(repr(kind(*args)), end=" ")
        except (TypeError, ValueError) as error:
            print(f"{type(error).__name__}: {error}", end=" ")
    print()
for source in ("try: pass\nexcept* ValueError: pass\nexcept TypeError: pass", "try: pass\nexcept*: pass", "for x in y:\n try: pass\n except* ValueError: continue",
               "def f():\n try: pass\n except* ValueError: return", "while 1:\n try: pass\n except* V: break"):
    try:
        compile(source, "s", "exec")
    except SyntaxError as error:
        print(error.msg)
for kind in (5, ExceptionGroup, (ValueError, BaseExceptionGroup), "x"):
    try:
        try:
            raise ValueError(1)
        except* kind:
            print("handled")
    except BaseException as error:
        print(tree(error), tree(error.__context__) if error.__context__ else None)
