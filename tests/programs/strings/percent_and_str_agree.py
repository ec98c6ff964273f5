"""Old formatting held against format for numbers: flags, star widths, mapping keys, %r %a %c with odd values and errors."""
from fractions import Fraction


class Weird:
    def __repr__(self):
        return "wéird"

    def __str__(self):
        return "str"

    def __int__(self):
        return 7

    def __float__(self):
        return 7.5

    def __index__(self):
        return 8

    def __getitem__(self, key):
        return f"<{key}>"


VALUES = (5, -5, 0, 2**65, 3.7, -3.2, True, Fraction(7, 2), Weird(), "a", "ab", None, 97, 0x1F600, -1, 1e300, float("inf"))
FORMATS = ("%d", "%5d|", "%-5d|", "%05d", "%+d", "% d", "%x", "%#x", "%X", "%#o", "%i", "%u", "%e", "%.2f", "%g", "%#.3g", "%s", "%r", "%a", "%c",
           "%10.3s|", "%.3d", "%+.1e", "%08.3f", "%%%s", "%5%", "%ld", "%.0f")
for form in FORMATS:
    out = []
    for value in VALUES:
        try:
            out.append((form % (value,)).replace("\0", "NUL"))
        except (TypeError, ValueError, OverflowError) as error:
            out.append(f"{type(error).__name__}: {error}")
    print(form, *out, sep=" | ")
for form, args in (("%*d", (5, 3)), ("%-*d|", (5, 3)), ("%*d|", (-5, 3)), ("%.*f", (2, 1.239)), ("%*.*f", (8, 1, 2.25)), ("%*d", ("5", 3)), ("%d %d", (1,)),
                   ("%d", (1, 2)), ("%d", ()), ("%(a)s", {"a": 1}), ("%(a)s %(b)5.1f", {"a": 1, "b": 2, "c": 3}), ("%(a)s", (1,)), ("%(a", {"a": 1}),
                   ("%(a(b))s", {"a(b)": 1}), ("%()s", {"": "empty"}), ("%(a)s %s", {"a": 1}), ("%", ()), ("%q", 1), ("abc", ()), ("abc", {}), ("abc", 1),
                   ("abc", [1]), ("%s", [1]), ("%s", {}), ("%s %s", [1, 2]), ("%s", ((1, 2),)), ("%(x)s", Weird()), ("%s", Weird()), ("%.5", 1),
                   ("%s" * 3, (1, 2, 3)), ("%\u00e9", 1), ("%5", (1,)), ("%1$s", ("a",)), ("%(a)*d", {"a": 1})):
    try:
        print(repr(form), repr(form % args))
    except Exception as error:
        print(repr(form), type(error).__name__, error)
for form, args in ((b"%d", 5), (b"%s", b"x"), (b"%s", "x"), (b"%b", Weird()), (b"%a", "\u00e9"), (b"%c", 65), (b"%c", b"ab"), (b"%x", 255), (b"%.2f", 1), (b"%c", 256)):
    try:
        print(form, form % args)
    except Exception as error:
        print(form, type(error).__name__, error)
