"""Warning filters, once and default registries, stack levels, catch_warnings nested, deprecated, errors, formats."""
import sys
import warnings


def emit(text, category=UserWarning, level=1):
    warnings.warn(text, category, stacklevel=level)


def caller(*args):
    emit(*args)


class Mine(UserWarning):
    pass


def recorded(action, *filters, **options):
    with warnings.catch_warnings(record=True, **options) as caught:
        warnings.resetwarnings()
        for entry in filters:
            warnings.filterwarnings(*entry) if isinstance(entry, tuple) else warnings.simplefilter(entry)
        try:
            action()
        except Warning as error:
            print("raised", repr(error))
    return [(w.category.__name__, str(w.message), w.lineno - sys._getframe().f_code.co_firstlineno > 0) for w in caught]


def thrice():
    for i in range(3):
        emit("same")
    emit("same")
    emit("other", Mine)


for kind in ("always", "default", "once", "module", "ignore", "error"):
    globals().pop("__warningregistry__", None)
    print(kind, [text for _, text, _ in recorded(thrice, kind)])
print(recorded(thrice, "always", ("ignore", "sa")), recorded(thrice, "always", ("error", "", Mine)), recorded(thrice, "ignore", ("always", "oth.*", UserWarning, "__main__")))
with warnings.catch_warnings(record=True) as outer:
    warnings.simplefilter("always")
    emit("one")
    with warnings.catch_warnings(record=True) as inner:
        emit("two")
    with warnings.catch_warnings(action="ignore", category=Mine):
        emit("three", Mine)
        emit("four")
    emit("five")
print([str(w.message) for w in outer], [str(w.message) for w in inner])
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    base = sys._getframe().f_lineno
    for level in (1, 2, 3, 50):
        caller("leveled", UserWarning, level)
    warnings.warn(Mine("instance"), DeprecationWarning)
    warnings.warn_explicit("explicit", RuntimeWarning, "made/up.py", 7, module="made")
    eval("1 is 1")
    exec("assert (1, 'always true')")
    compile("'\\q'", "s", "exec")
print([(w.lineno - base, str(w.message), w.category.__name__) for w in caught[:5]], [(w.filename[-5:], w.lineno, str(w.message)) for w in caught[5:]])


@warnings.deprecated("use new()")
def old(): return "old"


@warnings.deprecated("whole class", category=FutureWarning)
class Old:
    pass


class Derived(Old):
    pass


print(recorded(old, "always"), recorded(Old, "always"), recorded(lambda: type("E", (Old,), {}), "always"), recorded(Derived, "always"), old.__deprecated__)
print(warnings.formatwarning("msg", UserWarning, "f.py", 3, "the line"), warnings.WarningMessage("m", UserWarning, "f", 1).category.__name__)
for bad in (lambda: warnings.simplefilter("loud"), lambda: warnings.filterwarnings("ignore", 5), lambda: warnings.warn("x", int), lambda: warnings.warn("x", 5), lambda: warnings.filterwarnings("ignore", lineno=-1),
            lambda: warnings.warn_explicit("x", UserWarning, "f", "1"), lambda: warnings.deprecated(5), lambda: warnings.filterwarnings("ignore", category=int)):
    try:
        print(bad())
    except (TypeError, ValueError, AssertionError) as error:
        print(type(error).__name__, error)
shown = []
warnings.showwarning = lambda message, category, filename, lineno, file=None, line=None: shown.append(f"{category.__name__}: {message}")
with warnings.catch_warnings():
    warnings.simplefilter("always")
    emit("through showwarning")
print(shown)
