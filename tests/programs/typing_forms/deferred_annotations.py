"""Annotations of Python 3.14: lazily evaluated, __annotate__, the formats of annotationlib, scopes, classes and modules."""
import annotationlib
import re
from annotationlib import Format, ForwardRef, get_annotations

x: int = 1
y: undefined_one
z: list["quoted"]


def f(a: int, b: undefined_two = 5, *c: x, d: "text" = 1, **e: list[undefined_three]) -> undefined_four.attribute:
    local: never_evaluated = 1
    return local


print(f(1))
try:
    f.__annotations__
except NameError as error:
    print(error)
for format in (Format.VALUE, Format.FORWARDREF, Format.STRING):
    try:
        print(format.name, re.sub(' at 0x[0-9a-f]+', '', str(get_annotations(f, format=format))))
    except NameError as error:
        print(format.name, error)
print(f.__annotate__.__name__, callable(f.__annotate__))
try:
    f.__annotate__(1)
except NameError as error:
    print(error)
for bad in (3, 4, 5):
    try:
        print(f.__annotate__(bad))
    except NotImplementedError as error:
        print("NotImplementedError", error)
undefined_two, undefined_three = bool, str


class undefined_four:
    attribute = "resolved"


print(f.__annotations__, f.__annotations__ is f.__annotations__)
try:
    print(__annotations__)
except NameError as error:
    print(error)
print(get_annotations(f, format=Format.STRING))


class C:
    first: int
    second: Later
    third: first_ref = 3
    if True:
        fourth: str
    else:
        fifth: str
    (parenthesised): int = 1

    def method(self, other: C) -> "C":
        self.attribute: not_evaluated = 1
        return self


class Later:
    pass


try:
    C.__annotations__
except NameError as error:
    print(error)
first_ref = "a string annotation"
print(C.__annotations__, C.method.__annotations__, get_annotations(C, format=Format.FORWARDREF))
print(sorted(vars(C).keys() & {"__annotations__", "__annotate__", "__annotate_func__", "__annotations_cache__"}))


class D(C):
    pass


print(D.__annotations__, D.__annotate__, get_annotations(D))


def closure():
    local_type = dict

    class Inner:
        field: local_type
        other: Inner

    def g(x: local_type, y: later_local): ...

    before = get_annotations(g, format=Format.FORWARDREF)
    later_local = tuple
    return Inner.__annotations__, before, g.__annotations__


print(re.sub(' at 0x[0-9a-f]+', '', str(closure())))
ref = ForwardRef("undefined_five[int]")
print(ref, ref.__forward_arg__, ref == ForwardRef("undefined_five[int]"))
try:
    ref.evaluate()
except NameError as error:
    print(error)
print(ref.evaluate(globals={"undefined_five": list}), ref.evaluate(format=Format.STRING), ForwardRef("x + 1").evaluate(globals={"x": 1}))
try:
    ForwardRef("a b")
except SyntaxError as error:
    print(error.msg)


def simple(p: int): ...


simple.__annotations__ = {"replaced": str}
print(simple.__annotations__, simple.__annotate__)
simple.__annotate__ = lambda format: {"made": format}
print(simple.__annotations__, get_annotations(simple, format=Format.STRING))
for value in (5, "x", lambda: None):
    try:
        simple.__annotate__ = value
        print(simple.__annotations__)
    except TypeError as error:
        print(error)
simple.__annotate__ = None
print(simple.__annotations__)
simple.__annotate__ = lambda format: 5
try:
    simple.__annotations__
except TypeError as error:
    print(error)
del simple.__annotations__
print(simple.__annotations__)
for thing in (len, int, object(), f.__code__, C()):
    try:
        print(get_annotations(thing))
    except TypeError as error:
        print(str(error).split(" at 0x")[0])


def operators(a: X + Y, b: X[Y, ...], c: X | None, d: -X, e: X.y(z, k=1), g: [X, *Y], h: lambda: X, j: X if Y else Z, k: {X: Y}, l: (X, Y), m: X < Y): ...


for name, text in get_annotations(operators, format=Format.STRING).items():
    print(name, re.sub(' at 0x[0-9a-f]+', '', str(text)))
print(annotationlib.type_repr(int), annotationlib.type_repr(list[int]), annotationlib.type_repr(C), annotationlib.type_repr("x"), annotationlib.type_repr(...), annotationlib.annotations_to_string({"a": int, "b": None}))
namespace = {}
exec("from __future__ import annotations\na: undefined\ndef f(x: undefined + 1) -> int: ...\nclass C:\n b: also.undefined", namespace)
print(namespace["__annotations__"], namespace["f"].__annotations__, namespace["C"].__annotations__)
for source in ("def f(): x: int; nonlocal x", "x: int, y: int", "(x, y): int", "[x]: int", "x: int = yield", "x: (yield) = 1", "x: (await y) = 1", "x: (z := 1)", "def f(a: (yield)): pass", "lambda x: int: x", "x: *int", "def f(*a: *int): pass", "def f(a: *int): pass", "x.y: int", "x[0]: int = 1", "f(): int", "5: int", "x: int: str", "for x: int in y: pass", "with a as x: int: pass"):
    try:
        compile(source, "s", "exec")
        print("fine:", source)
    except SyntaxError as error:
        print(f"{source}: {error.msg}")
