"""A logging tree written to StringIO: filters, adapters, propagation, formatters, handlers' levels, dictConfig, exceptions."""
import io
import logging
import logging.config
import logging.handlers
import re

out = io.StringIO()


def show(title):
    print(f"-- {title}")
    print(re.sub(r'File ".*?", line \d+', "File X", out.getvalue()), end="")
    out.seek(0)
    out.truncate()


root = logging.getLogger()
handler = logging.StreamHandler(out)
handler.setFormatter(logging.Formatter("{levelname:<8}{name}:{message}", style="{"))
root.addHandler(handler)
root.setLevel(logging.INFO)
app, db = logging.getLogger("app"), logging.getLogger("app.db")
db.debug("hidden")
db.info("shown %s %d%%", "with args", 5)
app.warning("named %(x)s", {"x": 1})
app.log(35, "between")
show("propagation")
db.propagate = False
db.info("quiet")
app.setLevel(logging.ERROR)
app.warning("filtered by level")
logging.getLogger("app.web").warning("inherits ERROR")
logging.getLogger("app.web").error("passes")
show("levels")


class Redact(logging.Filter):
    def filter(self, record):
        record.msg = re.sub(r"\d{4,}", "####", str(record.msg))
        return not record.getMessage().startswith("drop")


handler.addFilter(Redact())
root.error("card 123456")
root.error("drop me")
show("filter")
adapter = logging.LoggerAdapter(root, {"user": "ann"}, merge_extra=True)
handler.setFormatter(logging.Formatter("%(levelname)s %(user)s %(extra)s %(funcName)s %(message)s", defaults={"user": "-", "extra": "none"}))


def function():
    adapter.warning("from the adapter", extra={"extra": "more"})
    root.warning("plain")


function()
show("adapter")
try:
    try:
        {}["key"]
    except KeyError:
        raise ValueError("outer")
except ValueError:
    root.exception("went wrong %s", "here")
    root.error("no trace", exc_info=False)
show("exception")
memory = logging.handlers.MemoryHandler(10, flushLevel=logging.ERROR, target=handler)
quiet = logging.getLogger("memory")
quiet.propagate = False
quiet.addHandler(memory)
quiet.warning("kept")
show("before the flush")
quiet.error("flushes")
show("after")
logging.config.dictConfig({
    "version": 1, "disable_existing_loggers": False,
    "formatters": {"short": {"format": "%(name)s|%(message)s"}},
    "filters": {"only": {"()": lambda: (lambda record: record.levelno < 40)}},
    "handlers": {"out": {"class": "logging.StreamHandler", "stream": out, "formatter": "short", "filters": ["only"], "level": "DEBUG"}},
    "loggers": {"configured": {"level": "DEBUG", "handlers": ["out"], "propagate": False}},
})
logging.getLogger("configured").debug("by dict")
logging.getLogger("configured").error("filtered")
show("dictConfig")
print(logging.getLevelName(35), logging.getLevelNamesMapping()["WARN"], db.getEffectiveLevel(), app.isEnabledFor(30), db.hasHandlers(), app.getChild("x.y").name)
logging.addLevelName(35, "NOTICE")
print(logging.getLevelName(35), logging.getLevelName("NOTICE"), logging.getLogger("app") is app, app.parent.name, [c.name for c in sorted(app.getChildren(), key=lambda c: c.name)])
logging.disable(logging.CRITICAL)
root.critical("disabled")
show("disabled")
for action in (lambda: logging.getLogger(5), lambda: app.setLevel("LOUD"), lambda: logging.Formatter("%(x)", style="?"), lambda: logging.Formatter("{x", style="{")):
    try:
        action()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
