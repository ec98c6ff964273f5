"""Imports: packages in a temporary directory, relative imports, __all__, __getattr__, circles, reload, namespace packages."""
import importlib
import os
import sys
import tempfile

root = tempfile.mkdtemp()
sys.path.insert(0, root)
sys.dont_write_bytecode = True


def write(path, text):
    path = os.path.join(root, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)
    importlib.invalidate_caches()


def attempt(source, **scope):
    scope["__name__"] = "__main__"
    try:
        exec(source, scope)
    except BaseException as error:
        print(f"{source!r}: {type(error).__name__}: {str(error).replace(root, 'ROOT')}")
    else:
        print(f"{source!r}:", sorted(k for k in scope if not k.startswith("__")))
    return scope


write("pkg/__init__.py", "print('init pkg', __name__, __package__, __spec__.name)\nvalue = 1\n__all__ = ['value', 'listed']\nhidden = 2\n")
write("pkg/listed.py", "print('init listed')\nx = 1\n_private = 2\n")
write("pkg/sibling.py", "from . import listed\nfrom .listed import x as y\nfrom .. import nothing\n")
write("pkg/sub/__init__.py", "from ..listed import x\nfrom .. import value as parent_value\nfrom . import deep\n")
write("pkg/sub/deep.py", "from .. import hidden\nimport pkg.listed as aliased\nname = __name__, __package__\n")
write("star.py", "a = 1\n_b = 2\n__c = 3\n")
write("badall.py", "__all__ = ['missing']\n")
write("badall2.py", "__all__ = [5]\n")
write("dynamic.py", "def __getattr__(name):\n    if name == 'made':\n        return 'made up'\n    raise AttributeError(f'dynamic has no {name}')\ndef __dir__():\n    return ['made']\n")
write("fails.py", "partial = 1\nraise ValueError('while importing')\n")
write("syntax.py", "def f(:\n")
write("circle_a.py", "print('a begins')\nimport circle_b\nfrom_a = 1\nprint('a ends', circle_b.from_b)\n")
write("circle_b.py", "print('b begins')\nimport circle_a\nprint('a is partial', hasattr(circle_a, 'from_a'))\nfrom_b = 2\n")
write("circle_c.py", "from circle_d import d\nc = 1\n")
write("circle_d.py", "from circle_c import c\nd = 1\n")
write("circle_e.py", "import circle_e\nprint(circle_e.late)\nlate = 1\n")
write("space/one.py", "name = __name__\n")
write("counter.py", "count = globals().get('count', 0) + 1\n")
write("replaces.py", "import sys\nsys.modules[__name__] = 'replaced'\n")
write("removes.py", "import sys\ndel sys.modules[__name__]\nx = 1\n")
write("mainish/__main__.py", "print('run as main', __name__)\n")
write("lazy_pkg/__init__.py", "import importlib\ndef __getattr__(name):\n    if name == 'lazy':\n        return importlib.import_module('.lazy', __name__)\n    raise AttributeError(name)\n")
write("lazy_pkg/lazy.py", "print('lazily loaded')\n")

attempt("import pkg")
attempt("import pkg.listed")
attempt("import pkg.listed as l")
attempt("from pkg import value, hidden as h")
attempt("from pkg import *")
attempt("from pkg import (\n value,\n listed,\n)")
attempt("import pkg.sub")
print(sys.modules["pkg.sub.deep"].name, sys.modules["pkg.sub"].x, sys.modules["pkg.sub"].parent_value)
attempt("import pkg.sibling")
attempt("from star import *")
attempt("from badall import *")
attempt("from badall2 import *")
attempt("from dynamic import made")
attempt("from dynamic import other")
print(dir(sys.modules["dynamic"]))
attempt("import fails")
print("fails" in sys.modules)
attempt("import fails")
attempt("import syntax")
attempt("import circle_a")
attempt("import circle_c")
attempt("import space.one")
import space

print(space.__path__.__class__.__name__, space.__file__ if hasattr(space, "__file__") else "no file", space.__spec__.origin, space.__spec__.loader.__class__.__name__, space.one.name)
attempt("import space.two")
attempt("import pkg.nope")
attempt("import star.nope")
attempt("import nope.deeper")
attempt("from pkg import nope")
attempt("from star import nope")
attempt("from star import aa")
attempt("from . import x")
attempt("from .x import y")
attempt("import replaces")
print(sys.modules["replaces"])
attempt("import removes")
attempt("from lazy_pkg import lazy")
attempt("from lazy_pkg import busy")
import counter

print(counter.count, importlib.reload(counter) is counter, counter.count, importlib.reload(counter).count)
for action in (lambda: importlib.reload("counter"), lambda: importlib.reload(type(sys)("unregistered")), lambda: importlib.import_module(".x"), lambda: importlib.import_module(".listed", "pkg").__name__, lambda: importlib.import_module("..x", "pkg"), lambda: importlib.import_module("pkg.sub").__name__, lambda: __import__("pkg.sub").__name__, lambda: __import__("pkg.sub", fromlist=["deep"]).__name__, lambda: __import__("listed", {"__package__": "pkg", "__name__": "pkg.x"}, None, ["x"], 1).__name__, lambda: importlib.util.find_spec("nope_at_all"), lambda: importlib.util.find_spec("pkg.listed").name):
    try:
        print(action())
    except (ImportError, TypeError, ValueError) as error:
        print(type(error).__name__, error)
sys.modules["blocked"] = None
attempt("import blocked")
attempt("from blocked import x")
del sys.modules["blocked"]
import pkg

pkg_listed = pkg.listed
del sys.modules["pkg.listed"]
import pkg.listed

print(pkg.listed is pkg_listed)


class Finder:
    @staticmethod
    def find_spec(name, path, target=None):
        if name == "virtual" or name.startswith("virtual."):
            print("finding", name, path)
            return importlib.util.spec_from_loader(name, Finder, is_package=name == "virtual")

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        module.made_by = "Finder"


sys.meta_path.append(Finder)
import virtual.child

print(virtual.made_by, virtual.child.made_by, virtual.__path__, repr(virtual.child).replace(hex(id(Finder)), "ID"))
sys.meta_path.remove(Finder)
spec = importlib.util.spec_from_file_location("by_path", os.path.join(root, "star.py"))
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.a, module.__name__, "by_path" in sys.modules, module.__file__.replace(root, "ROOT"))
import runpy

print(runpy.run_path(os.path.join(root, "star.py"))["a"], sorted(k for k in runpy.run_module("star") if not k.startswith("__")))
runpy.run_path(os.path.join(root, "mainish"), run_name="__main__")
loader = pkg.__loader__
print(type(loader).__name__, loader.name, loader.is_package("pkg"), loader.get_source("pkg").splitlines()[1], pkg.__spec__.submodule_search_locations[0].replace(root, "ROOT"), pkg.__cached__ is not None if hasattr(pkg, "__cached__") else "no cached")
for source in ("import a.b as c.d", "from a import b.c", "import (a)", "from a import ()", "from a import (b,)", "from a import b,", "from . import *", "def f(): from a import *", "class C: from a import *", "import a as 1", "from a import", "import", "from import a", "from .import a", "from ... import a", "from .. .a import b", "from a import (b, c", "import a,", "from a import *, b", "from __future__ import nope", "x = 1\nfrom __future__ import annotations", "from __future__ import (annotations, division)", "import a.b.c, d as e", "from a import b as c, d as e", "import a as b.c", "from a import (b as c.d)", "import a or b", "from a import b as f()"):
    try:
        compile(source, "s", "exec")
        print("fine:", repr(source))
    except SyntaxError as error:
        print(f"{source!r}: {error.msg}")
sys.path.remove(root)
import shutil

shutil.rmtree(root)
