"""Template strings: parts, interpolations, nesting, conversions, concatenation, debugging forms, and the errors."""
from string.templatelib import Interpolation, Template, convert

name, value = "world", 42
t = t"hello {name}!"
print(t, type(t).__name__, t.strings, t.values, t.interpolations)
print([type(part).__name__ for part in t], list(t))
i = t.interpolations[0]
print(i.value, i.expression, i.conversion, repr(i.format_spec))
print(t"{value!r:>{value}.2} and {name + 'x' = } {value=} {name=!s:>5}")
print(t"", t"".strings, t"".interpolations, list(t""), t"{value}".strings, list(t"{value}"))
print(t"{value}{name}".strings, t"a" t"b" , t"a{value}" t"{name}b")
print(t"{{literal}} {value}\n \x41 \N{BULLET}".strings, rt"\n{value}".strings)
print((t"a{1}" + t"b{2}c"), (t"a" + t"b").strings)
for other in ("x", 5):
    try:
        t"a" + other
    except TypeError as error:
        print(error)
    try:
        other + t"a"
    except TypeError as error:
        print(error)
nested = t"outer {t"inner {value}"} {f"{value:>5}"}"
print(nested.values[0].values, nested.values[1], nested.interpolations[0].expression)
print(t"{ value }".interpolations[0].expression, t"{value  }".interpolations[0].expression, t"{
    value + 1
}".interpolations[0].expression)
print(t"{value:{name}{1 + 1}}".interpolations[0].format_spec, t"{value!a:}".interpolations[0])


def render(template):
    out = []
    for part in template:
        match part:
            case str() as text:
                out.append(text)
            case Interpolation(v, expression, conversion, spec):
                out.append(f"[{expression}:{format(convert(v, conversion), spec)}]")
    return "".join(out)


print(render(t"x {value:05} y {name!r} z {[1, 2]!s:>10}"))


def lazily():
    calls = []

    def f(x):
        calls.append(x)
        return x

    t"{f(1)} {f(2)}"
    return calls


print(lazily())
print(Template("a", Interpolation(5, "five", "r", ">3"), "b", "c", Interpolation(6), Interpolation(7, "x")))
print(Template(), Template("only"), Template(Interpolation(1)).strings, Template("a", "b", "c").strings)
print(Interpolation(1, "e"), Interpolation(1, expression="e", conversion="s", format_spec="f"), Interpolation.__match_args__)
for action in (
    lambda: Template(5),
    lambda: Template("a", b="c"),
    lambda: Interpolation(),
    lambda: Interpolation(1, 2),
    lambda: Interpolation(1, "e", "x"),
    lambda: Interpolation(1, "e", 5),
    lambda: Interpolation(1, "e", None, 5),
    lambda: setattr(t, "strings", ()),
    lambda: setattr(i, "value", 1),
    lambda: setattr(t, "new", 1),
    lambda: convert(1, "x"),
    lambda: len(t),
    lambda: t[0],
    lambda: t"{1:>{undefined}}",
    lambda: t < t,
):
    try:
        print(repr(action()))
    except (TypeError, AttributeError, ValueError, NameError) as error:
        print(type(error).__name__, error)
try:

    class Sub(Template):
        pass

except TypeError as error:
    print(error)
try:

    class Sub(Interpolation):
        pass

except TypeError as error:
    print(error)
print(t"a" == t"a", t is t, isinstance(t, Template), Template.__module__, Template[int] if hasattr(Template, "__class_getitem__") else "not generic", Interpolation[int])
print(convert("a", "r"), convert("a", "s"), convert("é", "a"), convert(5, None))
for source in ('t"{}"', 't"{"', 't"}"', 't"{a!}"', 't"{a!x}"', 't"{a b}"', 't"a" "b"', '"a" t"b"', 't"a" f"b"', 'f"a" t"b"', 'b"a" t"b"', 'bt""', 'tf""', 'ut""', 't"{*a}"', 't"{lambda x: 1}"', 'tr"\\{a}"', 'Rt"x"', 'T"x"', "t'{a'"):
    try:
        compile(source, "s", "eval")
        print("fine:", source)
    except SyntaxError as error:
        print(f"{source!r}: {error.msg}")
print(iter(t).__class__.__name__, next(iter(t)), t"{1}{2}".values)
import pickle, copy

try:
    print(copy.copy(t) is t or copy.copy(t).strings)
except TypeError as error:
    print(error)
