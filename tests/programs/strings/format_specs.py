"""Format specifications: every type of int, float, str and complex, alignment, grouping, and the refusals."""


def show(value, *specs):
    for spec in specs:
        try:
            print(f"{value!r}:{spec!r} -> {format(value, spec)!r}")
        except (ValueError, OverflowError) as error:
            print(f"{value!r}:{spec!r} -> {type(error).__name__}: {error}")


show(42, "", "d", "5", "<5", ">5", "^5", "=5", "05", "+", "+05", " ", "-", "x", "X", "#x", "#X", "o", "#o", "b", "#b", "#010b", "c", "n", ",", "_", "_x", "_b", ",x", "e", ".2f", "%", ".3", "s", "*^9", "é>5", "010,", "<010", "^+9", "#,", "z")
show(-1234567, ",", "_", "012,", "+,d", "=+15,", "x", "#_x", "_b", ",.2f", "015,.1f", "e", "g", "G", "%", "c")
show(10**30, ",", "x", "e", "g", ".3f", "_", "n")
show(True, "", "d", "5", "x", "s", ">6")
show(0, "", "05", "x", "#x", "c", "+", "e", ",")
show(3.14159265, "", "f", ".2f", ".0f", "#.0f", "e", ".3e", ".0e", "E", "g", ".3g", "#.3g", "G", "%", ".1%", "n", "10", "<10", "^10.2f", "010.2f", "+.1f", " .1f", ",.3f", "_.3f", ".3", ".10", ".0", "d", "x", "s", "c", "z.1f", ".2_f", ".4,f", ".50f")
show(1234567.891, ",", ",.2f", "_.2f", "e", "g", "n", "015,.1f", ".3", ".10", "+,.0f", "._f", ".,f")
show(-0.0, "", "f", "z", "z.1f", "+", "+z", "g", "e", "05")
show(-0.04, ".1f", "z.1f", "+z.1f")
show(float("nan"), "", "f", "F", "10", "+", "e", "05", "=6", "%", ",")
show(float("inf"), "", "f", "F", "+", "g", "G", "010", "e", "%")
show(float("-inf"), "", "F", "010")
show(1e22, "", "f", "g", "r" if False else "e", ",")
show(1e-7, "", "f", "g", ".10f", ".20", "%")
show(123456789.0, "", "g", ".3g", ".20g", "#g", "n")
show(0.1, ".0f", ".1f", ".17g", ".20f", ".25f", ".3%")
show(2.5, ".0f"), show(3.5, ".0f"), show(0.5, ".0f"), show(1.5, ".0f")
show("hello", "", "s", "10", ">10", "^11", "<10", "*<10", ".3", "10.3", ".0", "=10", "010", "<010", "d", "+", " ", ",", "x", ".", "10s", "#", "é^9", "_^9", "z")
show(1 + 2j, "", ".2f", "e", "g", "20", "<20", ">20.1f", "+", "n", "=20", "020", "%", "d", "x", ",", ",.2f")
show(-1.5j, "", "f", "g", ".0f", "+.1e")
show(complex("nan"), "", "f")
show(None, "")
for value in (None, [], {}, (), object, len):
    try:
        format(value, ">5")
    except TypeError as error:
        print(str(error))
for spec in ("{:}", "{0:{1}}", "{0:{width}.{precision}f}", "{0!r:>10}", "{a.real:.1f}", "{b[0]:>3}", "{b[-1]}", "{c[k]}", "{c[k k]}", "{:{}}", "{0}{0}", "{!s}", "{:{}{}}", "{{}}", "{:}}", "{0:{1:{2}}}", "{0[}", "{0.}", "{0]}", "{ 0}", "{0 }", "{-1}", "{0!}", "{0!r", "{0!rr}", "{:{!r}}", "{00}", "{0x}", "{a!s:{w}}", "{0[0][1]}", "{0.a.b}"):
    try:
        print(repr(spec), "->", repr(spec.format(3.5, ">8", 5, width=9, precision=2, a=2.5, b=[7, 8], c={"k": 1, "k k": 2}, w=4)))
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as error:
        print(repr(spec), "->", type(error).__name__, error)
print("{0.__class__.__name__} {0:>{0}}".format(5), "{a}".format_map({"a": 1}), "%s".__mod__(5))


class Missing(dict):
    def __missing__(self, key):
        return f"<{key}>"


print("{x} {y.real}".format_map(Missing(y=3)) , "{x[0]}".format_map(Missing()))
try:
    "{0}".format_map({"0": 1})
    "{}".format_map({})
except (KeyError, ValueError) as error:
    print(type(error).__name__, error)
