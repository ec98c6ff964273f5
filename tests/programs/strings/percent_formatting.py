"""printf-style formatting of str and bytes: all conversions, flags, widths from arguments, mappings, errors."""


def show(template, values):
    try:
        print(f"{template!r} % {values!r} -> {template % values!r}")
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        print(f"{template!r} % {values!r} -> {type(error).__name__}: {error}")


for template in ("%d", "%i", "%u", "%5d", "%-5d|", "%05d", "%+d", "% d", "%x", "%#x", "%X", "%#X", "%o", "%#o", "%c", "%s", "%r", "%a", "%e", "%f", "%.2f", "%g", "%G", "%E", "%F", "%10.3f", "%-10.3f|", "%+.1e", "%#.0f", "%.3d", "%5.3d", "%.0s", "%%", "%5%", "%s%%", "%ld", "%hd", "%Ld", "%b", "%z", "%", "%(", "%()s", "% "):
    show(template, 42)
for value in (3.99, -3.99, "x", None, 10**20, True, 1e300, -0.0, float("inf"), float("nan"), 2 + 1j, [1], "é"):
    for template in ("%d", "%x", "%s", "%r", "%a", "%.2f", "%c", "%g"):
        show(template, value)
for template, values in [
    ("%s %s", (1, 2)), ("%s %s", (1,)), ("%s", (1, 2)), ("%s", ()), ("", ()), ("", 5), ("", (1,)), ("x", {}), ("x", {"a": 1}), ("x", []), ("%s", []), ("%s", {}),
    ("%(a)s %(b)d", {"a": 1, "b": 2}), ("%(a)s", {}), ("%(a)s", 5), ("%(a)s", (1,)), ("%(a(b))s", {"a(b)": 1}), ("%()s", {"": 3}), ("%(a)s %s", {"a": 1}), ("%(a)", {"a": 1}),
    ("%*d", (5, 3)), ("%-*d|", (5, 3)), ("%*d|", (-5, 3)), ("%.*f", (2, 3.14159)), ("%*.*f", (8, 2, 3.14159)), ("%*d", ("a", 3)), ("%*d", (5,)), ("%.*f", (-1, 2.5)),
    ("%c", "ab"), ("%c", ""), ("%c", 0x10FFFF), ("%c", 0x110000), ("%c", -1), ("%c", 1.5), ("%c", b"a"), ("%5c|", "a"), ("%-5c|", 97),
    ("%.3s", "abcdef"), ("%10.3s|", "abcdef"), ("%-10s|", "abc"), ("%05s", "ab"), ("%.2r", "abc"), ("%5a", "é"),
    ("%x", -255), ("%#o", -8), ("%+x", 255), ("%08x", -255), ("%#08x", 255), ("%-#8x|", 255), ("% x", 5), ("%.5x", 255), ("%#.5x", 255), ("%x", True), ("%X", 1.0), ("%d", "5"), ("%f", "5"), ("%e", None),
    ("%.50f", 0.1), ("%.0f", 2.5), ("%.0f", 3.5), ("%5.1f|%-7.2e|%+G", (1.25, 12345.678, 1e-10)), ("%#g", 1.0), ("%g", 1e6), ("%g", 1e5), ("%g", 1e-5), ("%.10g", 1 / 3), ("%r %s", ("a", "b")), ("%s", ((1, 2),)), ("100%", ()), ("%d%%", 50), ("%(a)s %(a)r %(a)5s", {"a": "x"}),
]:
    show(template, values)


class Index:
    def __index__(self):
        return 255


class Int:
    def __int__(self):
        return 7


class Float:
    def __float__(self):
        return 1.5


for template in ("%d", "%x", "%f", "%c", "%o"):
    for value in (Index(), Int(), Float()):
        try:
            print(template, type(value).__name__, template % value)
        except TypeError as error:
            print(template, type(value).__name__, error)
for template, values in [(b"%s", b"x"), (b"%s", "x"), (b"%b", b"y"), (b"%a", "\xe9"), (b"%r", "x"), (b"%d", 5), (b"%5d|%-5s|", (1, b"a")), (b"%c", 65), (b"%c", b"B"), (b"%c", 256), (b"%c", "A"), (b"%(k)d", {b"k": 1}), (b"%(k)d", {"k": 1}), (b"%.2f", 1.5), (b"%x", 255), (b"%s", bytearray(b"z")), (b"%s", 5), (b"%%", ()), (b"%s %s", (b"a",)), (bytearray(b"%s"), b"q")]:
    show(template, values)
