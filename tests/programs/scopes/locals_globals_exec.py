"""locals(), globals(), vars(), exec and eval: snapshots, writes, namespaces given, closures, PEP 667."""


def snapshot():
    a = 1
    first = locals()
    b = 2
    second = locals()
    first["a"] = 100
    return sorted(first), sorted(second), a, first is second


print(snapshot())


def exec_in_function():
    a = 1
    exec("a = 2; c = 3")
    try:
        c
    except NameError as error:
        print(error)
    return a, "c" in locals()


print(exec_in_function())


def exec_namespace():
    a = 1
    ns = locals()
    exec("a = 2; c = a + 1", globals(), ns)
    return a, ns["a"], ns["c"]


print(exec_namespace())
exec("module_level = 1")
print(module_level, globals()["module_level"], globals() is locals(), vars() is globals())
globals()["poked"] = "by dict"
print(poked)
g, l = {}, {}
exec("a = 1\ndef f(): return a\nclass C:\n b = 2", g, l)
print(sorted(l), "a" in g, "__builtins__" in g)
try:
    exec("a = 1\ndef f(): return a\nf()", {}, {})
except NameError as error:
    print(error)
try:
    print(exec("x = 1; y = [x for _ in range(2)]\nprint(y)", {}, {}))
except NameError as error:
    print(error)


class Log(dict):
    def __getitem__(self, key):
        print("get", key)
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        print("set", key)
        super().__setitem__(key, value)

    def __delitem__(self, key):
        print("del", key)
        super().__delitem__(key)

    def __missing__(self, key):
        if key == "invented":
            return 99
        raise KeyError(key)


exec("a = 1\nb = a\ndel a\nprint(invented)", {}, Log())
print(eval("invented + len('ab')", {}, Log()))
import collections

print(eval("a + b", {}, collections.ChainMap({"a": 1}, {"b": 2})))
print(eval("1 +\\\n 2"), eval("  3"), eval("\t4 "), eval(b"5"), eval(compile("6", "f", "eval")))
for arguments in [("1 = 2",), ("x = 1",), ("",), ("1", 5), ("1", {}, 5), (5,), ("import os",), ("1;2",), ("\x00",), ("yield",), ("await x",), ("return",)]:
    try:
        print(eval(*arguments))
    except (SyntaxError, TypeError, ValueError) as error:
        print(type(error).__name__, error.msg if isinstance(error, SyntaxError) else error)
for arguments in [("return 1",), ("break",), ("yield 1",), ("await x",), (5,), ("pass", []), ("from __future__ import braces",), ("x = ",), ("  x = 1",), ("if 1:\nx",)]:
    try:
        exec(*arguments)
        print("fine")
    except (SyntaxError, TypeError) as error:
        print(type(error).__name__, error.msg if isinstance(error, SyntaxError) else error)


def outer():
    x = 10

    def f():
        return x

    return f


f = outer()
code = f.__code__
try:
    exec(code)
except TypeError as error:
    print(error)
exec(code, closure=f.__closure__)
for closure in ((), 5, (1,), f.__closure__ * 2):
    try:
        exec(code, closure=closure)
    except TypeError as error:
        print(error)
try:
    exec("1", closure=f.__closure__)
except TypeError as error:
    print(error)
print(eval("locals()", {}, {"a": 1}), sorted(eval("globals()", {"b": 1})))


class C:
    here = sorted(k for k in locals() if not k.startswith("_"))
    locals()["there"] = 1


print(C.there, C.here)
print(vars(C)["there"], type(vars(C)).__name__)
try:
    vars(5)
except TypeError as error:
    print(error)
print(sorted(vars(type("O", (), {"__init__": lambda s: setattr(s, "q", 1)})())))
print(dir(type("O", (), {"__dir__": lambda s: ["z", "a"]})()))
try:
    dir(type("O", (), {"__dir__": lambda s: 5})())
except TypeError as error:
    print(error)
def dirs():
    b = a = 1
    return dir()
print(dirs())
print((lambda q, *w: locals())(1, 2))
