"""warnings and logging: filters, categories, catching, formats, levels, handlers, hierarchies, exceptions."""
import io
import logging
import sys
import warnings


def show(caught):
    return [(w.category.__name__, str(w.message)) for w in caught]


def warn(n=0):
    warnings.warn(f"message {n}", UserWarning, stacklevel=2)


for action in ("always", "ignore", "default", "module", "once", "all"):
    with warnings.catch_warnings(record=True) as caught:
        warnings.resetwarnings()
        warnings.simplefilter(action)
        for i in range(3):
            warn(0)
        warn(1)
        print(action, show(caught))
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        warn(5)
    except UserWarning as error:
        print("raised", error)
with warnings.catch_warnings(record=True) as caught:
    warnings.resetwarnings()
    warnings.filterwarnings("ignore", message="mess.*1")
    warnings.filterwarnings("error", category=DeprecationWarning)
    warnings.filterwarnings("always", module="elsewhere", append=True)
    warn(0), warn(1), warn(2)
    try:
        warnings.warn("old", DeprecationWarning)
    except DeprecationWarning as error:
        print("error", error)
    warnings.warn(RuntimeWarning("an instance"))
    warnings.warn_explicit("explicit", SyntaxWarning, "file.py", 7, module="mod")
    print(show(caught), caught[-1].filename, caught[-1].lineno)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    compile("'a' is 'b'", "s", "eval"), compile("()()", "s", "eval"), compile("'\\d'", "s", "eval"), compile("assert (1, 'x')", "s", "exec"), compile("1 if 2else 3", "s", "eval"), compile("[1][1.5]", "s", "eval") if False else compile("(1)(2)", "s", "eval"), compile("def f():\n try: pass\n finally: return 1", "s", "exec"), compile("0x1for x in y", "s", "eval") if False else None
    for w in caught:
        print(w.category.__name__, w.message, w.lineno)


@warnings.deprecated("use other")
def old():
    return 1


@warnings.deprecated("gone soon", category=FutureWarning)
class Old:
    pass


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    old(), Old(), type("Sub", (Old,), {})
    print(show(caught), old.__deprecated__)
for action in (lambda: warnings.warn("x", int), lambda: warnings.warn(5) , lambda: warnings.simplefilter("nope"), lambda: warnings.filterwarnings("error", message=5), lambda: warnings.warn("x", stacklevel="a"), lambda: warnings.warn()):
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        try:
            print(action())
        except Exception as error:
            print(type(error).__name__, error)
print(warnings.formatwarning("text", UserWarning, "file.py", 3, "the line"))
stream = io.StringIO()
handler = logging.StreamHandler(stream)
handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(funcName)s:%(message)s"))
root = logging.getLogger()
root.addHandler(handler)
log = logging.getLogger("a.b")
child = logging.getLogger("a.b.c")
print(log.level, log.getEffectiveLevel(), child.parent is log, log.parent is root, logging.getLogger("a.b") is log, log.isEnabledFor(logging.INFO), child.name, log.propagate, log.hasHandlers())
log.setLevel(logging.INFO)


def work():
    log.debug("hidden")
    log.info("info %s and %d", "text", 5)
    child.warning("from child %(k)s", {"k": "mapped"})
    child.error("plain")
    log.log(35, "between")
    try:
        1 / 0
    except ZeroDivisionError:
        log.exception("failed")
    log.critical("last", extra={"custom": 1}, stacklevel=1)


work()
print("\n".join(line for line in stream.getvalue().splitlines() if "File" not in line and "~" not in line))


class Filter(logging.Filter):
    def filter(self, record):
        record.msg = "filtered " + str(record.msg)
        return "drop" not in record.msg


class ListHandler(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.records = []

    def emit(self, record):
        self.records.append((record.levelname, record.getMessage(), record.args))


listing = ListHandler()
log.addHandler(listing)
log.addFilter(Filter())
log.propagate = False
log.warning("keep %s", 1), log.warning("drop"), log.info("below"), child.error("child skips the filter of its parent")
print(listing.records, log.handlers == [listing], log.removeHandler(listing))
logging.addLevelName(35, "BETWEEN")
print(logging.getLevelName(35), logging.getLevelName("INFO"), logging.getLevelName(99), logging.getLevelNamesMapping()["ERROR"], log, logging.root, handler.level)
for style, fmt in (("%", "%(message)s|%(levelno)d"), ("{", "{message}|{levelno:>4}"), ("$", "$message|${levelno}")):
    record = logging.LogRecord("n", 20, "p.py", 5, "m %s", (1,), None, "func")
    print(logging.Formatter(fmt, style=style).format(record), record.module, record.filename, record.lineno, record)
for action in (lambda: log.setLevel("NOPE"), lambda: log.setLevel([]), lambda: log.log("x", "m"), lambda: logging.Formatter("x", style="?"), lambda: logging.Formatter("{x", style="{"), lambda: logging.getLogger(5), lambda: log.info("m", extra={"message": 1})):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)
logging.disable(logging.ERROR)
print(log.isEnabledFor(logging.ERROR), log.isEnabledFor(logging.CRITICAL), logging.disable(logging.NOTSET))
adapter = logging.LoggerAdapter(logging.getLogger("adapted"), {"who": "me"})
stream.truncate(0), stream.seek(0)
adapter.warning("adapted %s", 1)
print(stream.getvalue().strip())
