"""__import__ replaced, import statements in odd namespaces, path hooks, and what each statement passes on."""
import builtins
import sys

calls = []
real = builtins.__import__


def spy(name, globals=None, locals=None, fromlist=(), level=0):
    calls.append((name, fromlist, level, globals is not None and globals.get("__name__")))
    if name == "imaginary":
        class Fake:
            thing = "thing"
            sub = type("Sub", (), {"deep": "deep"})
        return Fake
    return real(name, globals, locals, fromlist, level)


builtins.__import__ = spy
TEXTS = ("import os", "import os.path", "import os.path as p", "from os import path", "from os import path as q, sep", "import sys, os",
         "import imaginary", "from imaginary import thing", "import imaginary.sub as s", "from imaginary import *", "from imaginary import missing",
         "import imaginary.nothing.more as s", "from .x import y", "from . import z", "from ..a.b import c", "import imaginary.x.y")
for text in TEXTS:
    namespace = {"__name__": "pkg.mod", "__package__": "pkg"}
    try:
        exec(text, namespace)
        result = sorted(k for k in namespace if not k.startswith("__"))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(f"{text:40}", calls, result)
    calls.clear()
builtins.__import__ = real
namespace = {"__builtins__": {"__import__": lambda *args: args[0].upper()}}
exec("import something.here\nimport other as o", namespace)
print(namespace["something"], namespace["o"])
for builtin in ({}, {"__import__": 5}):
    try:
        exec("import os", {"__builtins__": builtin})
    except (ImportError, TypeError) as error:
        print(type(error).__name__, error)
for namespace in ({"__package__": 5}, {"__package__": None, "__name__": "a.b"}, {"__name__": 5}, {}, {"__package__": "", "__name__": "x"},
                  {"__spec__": None, "__name__": "a.b", "__package__": "never"}, {"__name__": "email.mime.x", "__package__": "email.mime"}):
    try:
        exec("from .. import charset", namespace)
        print("fine", namespace["charset"].__name__)
    except Exception as error:
        print(type(error).__name__, error)
for args in ((), ("",), (5,), ("os", {}, {}, (), -1), ("os.path", {}, {}, ["x"]), ("os.path",), ("nothing_here",), ("os.nothing",), ("sys.x",),
             ("os", {}, {}, [5])):
    try:
        print(__import__(*args).__name__)
    except Exception as error:
        print(type(error).__name__, error)


class Attributes(dict):
    def __setitem__(self, key, value):
        print("binds", key)
        super().__setitem__(key, value)


exec("import json.decoder as d, json.encoder\nfrom json import loads as l", {}, Attributes())


class Body:
    import json.decoder
    from json import dumps
    text = dumps(json.decoder.JSONDecoder().decode("[1]"))


print(Body.text, Body.json.__name__)


def function():
    import json.scanner
    return sorted(locals())


print(function(), "json" in globals())
saved = sys.modules["json"]
sys.modules["json"] = "not a module"
import json

print(json)
try:
    from json import loads
except ImportError as error:
    print(error)
sys.modules["json"] = saved
