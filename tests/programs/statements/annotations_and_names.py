"""Annotations of every kind: evaluated when, where stored, forms of annotationlib, conditional ones, private names, closures."""
import annotationlib
from annotationlib import Format, get_annotations

log = []


def note(value):
    log.append(value)
    return value


module_level: note("module") = 1
undefined_here: Missing


class Plain:
    a: note("a")
    b: int = 5
    __private: str
    c: "a string"
    d: Undefined | None
    (e): int = 1
    if False:
        never: int
    for i in range(2):
        conditional: list[i]
    method: print


print(log, "lazy")
for form in (Format.FORWARDREF, Format.STRING):
    print(form.name, get_annotations(Plain, format=form))
try:
    Plain.__annotations__
except NameError as error:
    print(error, error.name)
Undefined = int
print(Plain.__annotations__, log)
print(Plain.__annotations__ is Plain.__annotations__, "__annotations__" in vars(Plain), callable(Plain.__annotate__))


def outer(T):
    local = "local"

    def f(a: T, *args: local, b: Later = 1, **kw: [x for x in T]) -> (lambda: local)():
        pass

    class C:
        member = int
        x: member
        y: T
        z: local

        def m(self) -> member: ...
    return f, C


f, C = outer(str)
print(get_annotations(f, format=Format.FORWARDREF)["a"], get_annotations(f, format=Format.STRING))
print(C.__annotations__, C.m.__annotations__)
try:
    f.__annotations__
except NameError as error:
    print(error)
Later = float
try:
    print(f.__annotations__)
except TypeError as error:
    print(error)
ref = get_annotations(f, format=Format.FORWARDREF)["b"]
print(ref)
forward = annotationlib.ForwardRef("Nope | int", owner=C)
for form in (Format.FORWARDREF, Format.STRING, Format.VALUE):
    try:
        result = forward.evaluate(format=form)
        print(form.name, type(result).__name__, getattr(result, "__forward_arg__", result))
    except NameError as error:
        print(error)
print(forward.evaluate(locals={"Nope": str}), forward == annotationlib.ForwardRef("Nope | int", owner=C), forward.__forward_arg__)
Plain.__annotations__ = {"replaced": 1}
print(Plain.__annotations__, Plain.__annotate__, get_annotations(Plain))
Plain.__annotate__ = lambda format: {"by hand": format} if format < 3 else {"fake": format}
print(Plain.__annotations__, get_annotations(Plain, format=Format.STRING))
del Plain.__annotations__
print(Plain.__annotations__)


class Child(Plain):
    pass


class Future:
    pass


print(Child.__annotations__, Future.__annotations__, get_annotations(print))
exec("from __future__ import annotations\nclass F:\n    x: Nowhere[1] = 2\n    y: 'quoted'\ndef g(a: b + c) -> d: pass")
print(F.__annotations__, g.__annotations__, get_annotations(g, eval_str=False))
try:
    get_annotations(g, eval_str=True)
except NameError as error:
    print(error)
for bad in (lambda: get_annotations(5), lambda: get_annotations(f, format=Format.STRING, eval_str=True), lambda: setattr(f, "__annotations__", 5), lambda: setattr(f, "__annotate__", 5),
            lambda: f.__annotate__(9), lambda: annotationlib.ForwardRef("1 +")):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print([annotationlib.type_repr(t) for t in (int, list[int], None, ..., print, "s", Plain)], annotationlib.annotations_to_string({"a": int, "b": "x"}))


def effects(x: note("x") = note("default")) -> note("return"):
    y: note("never evaluated") = note("y")
    z: note("nor this")
    [][0:0]: note("but not stored") = []


log.clear()
effects()
try:
    effects()
except TypeError:
    pass
print(log, effects.__annotations__, log)
