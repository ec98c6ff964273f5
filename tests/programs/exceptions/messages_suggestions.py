"""The texts of NameError, AttributeError and ImportError, with their suggestions as a traceback prints them."""
import re
import traceback


def show(action, *arguments):
    try:
        action(*arguments)
    except Exception as error:
        print(re.sub(r"\(/.*?/Lib/|\(/.*?/python3.14/", "(", traceback.format_exception_only(error)[-1].rstrip()))


class Holder:
    bluch = 1
    blech = 2
    _private = 3
    noise = 4

    def __init__(self):
        self.element = self.other_thing = 1

    def method(self):
        return elemnt

    def uses_self(self):
        return other_thing


def name(source):
    show(exec, source, {"alpha": 1, "beta_value": 2, "__builtins__": __builtins__})


show(lambda: Holder().blach)
show(lambda: Holder().elemnt)
show(lambda: Holder().metod)
show(lambda: Holder().private)
show(lambda: Holder().completely_different)
show(lambda: Holder().NOISE)
show(lambda: Holder.bluhc)
show(lambda: [].apend)
show(lambda: "".joined)
show(lambda: {}.key)
show(lambda: (1).reall)
show(lambda: None.anything)
show(lambda: print.foo)
show(lambda: type.mor)
show(lambda: traceback.format_exeption)
show(lambda: Holder().other_thing.x)
show(lambda: Holder().uses_self())
show(lambda: Holder().method())
show(lambda: setattr(1, "x", 2))
show(lambda: setattr(object(), "x", 2))
show(lambda: setattr(Holder, "__dict__", 2))
show(lambda: setattr([], "append", 2))
show(lambda: setattr([], "new", 2))
show(lambda: setattr(int, "new", 2))
show(lambda: delattr([], "append"))
show(lambda: delattr(Holder(), "absent"))
show(lambda: delattr(Holder(), "bluch"))
show(lambda: delattr(Holder, "absent"))
show(lambda: delattr(int, "real"))
show(lambda: object().x)
show(lambda: (lambda: 0).foo)
show(lambda: Holder().method.attr)
show(lambda: super(Holder, Holder()).missing)
show(lambda: 1.5.x)
show(lambda: NotImplemented.x)
show(lambda: (x for x in ()).sned)
name("alhpa")
name("beta_valeu")
name("prnt")
name("ValueErorr")
name("tru")
name("none")
name("zzzzzzz")
name("sys.path")
name("json")
name("def f(): local_name = 1; return locl_name\nf()")
name("def f():\n return x\n x = 1\nf()")
name("def f():\n def g(): return free\n g()\n free = 1\nf()")
name("class C:\n def a(self): pass\n aa")
name("self")
name("del missing")
name("1 + alpa")
name("import sy")
name("import os.pat")
name("import json.decodr")
name("from json import loadz")
name("from json import nothing_alike")
name("from os import paht")
name("from collections import defaultdct")
name("from . import x")
name("from .x import y")
name("import xml.nothere")
name("import string.foo")
name("from string import ascii_leters")
show(lambda: __import__(""))
show(lambda: __import__(5))
show(lambda: __import__("x", level=-1))
show(lambda: getattr(Holder(), 5))
show(lambda: getattr(Holder(), "bluc"))
show(lambda: hasattr(Holder(), 5))
show(lambda: Holder().__private)


class WithGetattr:
    known = 1

    def __getattr__(self, attribute):
        raise AttributeError(attribute)


show(lambda: WithGetattr().knwn)


class Dir:
    def __dir__(self):
        return ["sensible", "suggestion"]


show(lambda: Dir().sensble)


class SlotsOnly:
    __slots__ = ("width", "height")


show(lambda: SlotsOnly().widht)
show(lambda: SlotsOnly().width)
show(lambda: setattr(SlotsOnly(), "widht", 1))
error = NameError("name 'foo' is not defined", name="foo")
show(lambda: (_ for _ in ()).throw(error))
error = AttributeError("custom text", name="appendd", obj=[])
show(lambda: (_ for _ in ()).throw(error))
