"""A meta path finder that serves modules from a dict: packages, submodules, relative imports, failures, removal."""
import importlib
import importlib.abc
import importlib.util
import sys

SOURCES = {
    "mem": "import sys\nfrom . import low\nvalue = 'package'\n__all__ = ['low', 'value']",
    "mem.low": "from .deep import depth\nname = __name__, __package__, depth",
    "mem.deep": "from . import __name__ as parent\ndepth = parent + '!'",
    "mem.sub": "from ..low import name as from_low\nfrom .. import value",
    "mem.sub.leaf": "from .. import low\nfrom .. import *\nhere = sorted(k for k in globals() if not k.startswith('_'))",
    "broken": "before = 1\nraise LookupError('on purpose')",
    "halfway": "import halfway as me\nseen = sorted(k for k in vars(me) if not k.startswith('_'))\nafter = 2",
    "first": "import second\nname = 'first'\nfrom_second = second.name",
    "second": "import first\nname = 'second'\nhas = hasattr(first, 'name')",
    "bad_from": "from mem import nothing",
    "too_far": "from .... import x",
    "replaced": "import sys\nsys.modules[__name__] = 'a string for a module'",
    "syntax": "def f(:\n  pass",
}
log = []


class Memory(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    def find_spec(self, name, path=None, target=None):
        log.append(name)
        if name not in SOURCES:
            return None
        package = any(other.startswith(name + ".") for other in SOURCES)
        return importlib.util.spec_from_loader(name, self, origin="memory", is_package=package)

    def get_source(self, name):
        return SOURCES[name]

    def is_package(self, name):
        return any(other.startswith(name + ".") for other in SOURCES)


finder = Memory()
sys.meta_path.insert(0, finder)


def attempt(title, action):
    log.clear()
    try:
        print(title, action(), log)
    except BaseException as error:
        print(title, f"{type(error).__name__}: {error}", getattr(error, "name", None), log)


def statement(text):
    def run():
        namespace = {"__name__": "runner", "__package__": ""}
        exec(text, namespace)
        return {k: getattr(v, "__name__", v) for k, v in namespace.items() if not k.startswith("__")}
    return run


for text in ("import mem", "import mem.sub.leaf", "import mem.sub.leaf as x", "from mem import *", "from mem.sub import leaf, value", "import broken",
             "import broken", "import halfway", "import first", "import second", "import bad_from", "import too_far", "import replaced",
             "from replaced import upper", "import syntax", "import mem.none", "from mem import none", "import nowhere.at.all", "from . import x",
             "from .mem import x"):
    attempt(text, statement(text))
mem = sys.modules["mem"]
print(mem.__spec__.origin, mem.__path__, mem.__loader__ is finder, mem.sub.leaf.here, sorted(k for k in vars(mem) if not k.startswith("__")))
SOURCES["mem.low"] = "name = 'reloaded'"
attempt("reload", lambda: (importlib.reload(mem.low).name, hasattr(mem.low, "depth")))
del sys.modules["mem.low"]
attempt("again", statement("import mem.low; is_new = mem.low.name"))
sys.modules["mem.low"] = None
attempt("None", statement("import mem.low"))
attempt("relative", lambda: importlib.import_module("..deep", "mem.sub").depth)
attempt("no package", lambda: importlib.import_module(".deep"))
attempt("find_spec", lambda: importlib.util.find_spec("mem.deep").name)
attempt("missing spec", lambda: importlib.util.find_spec("nowhere"))
sys.meta_path.remove(finder)
attempt("finder gone", statement("import broken"))
attempt("still there", statement("import mem.deep"))
