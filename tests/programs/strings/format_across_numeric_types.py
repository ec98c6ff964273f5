"""Format specifications across ints, bools, floats, complex, Decimal, Fraction and subclasses: widths, signs, z, grouping."""
from decimal import Decimal
from fractions import Fraction


class MyInt(int):
    def __str__(self):
        return "str"


class MyFloat(float):
    def __repr__(self):
        return "repr"


class MyStr(str):
    pass


VALUES = [0, -5, 1234567, True, 2**70, 0.0, -0.0, 1234567.891, -1e-7, 1e16, float("inf"), float("nan"), 1 + 2j, -0.5j, complex("nan-infj"),
          Decimal("1234567.8910"), Decimal("-0.00"), Decimal("NaN"), Fraction(-10, 4), Fraction(1234567), MyInt(42), MyFloat(2.5)]
SPECS = ["", "d", "n", "x", "#x", "#010b", "o", "c", "+", " ", "-", "010", "<10", "^10", ">10", "=10", "*=+10", ",", "_", "_x", ",d", ",.2f",
         "_.3f", ".3", ".3e", ".0f", "#.0f", "#.3g", "g", "G", "E", "%", ".1%", "+.2f", "z.1f", "z", "012,.1f", "s", "10s", ".2s", "e", "f", "F",
         ".10g", "#g", "20,", ",b", "n", ".2n", "q", "5.", "x<08d", "^+12.2e", ",_", "08,", "_e", "+s", "#s", "=s", ".3d", "0", "00", "<05"]
for value in VALUES:
    out = []
    for spec in SPECS:
        try:
            out.append(f"{spec}={ascii(format(value, spec))}")
        except (ValueError, OverflowError, TypeError) as error:
            out.append(f"{spec}!{error}" if not isinstance(value, Decimal) else f"{spec}!{type(error).__name__}")
    print(type(value).__name__, value, "|", " | ".join(out))
for spec in ("10", "<5", "^7", ">3", "=5", "05", ".2", ".0", "s", "d", ",", "+", "z", "#", "*^9.3s", "00005", " "):
    for text in ("abc", MyStr("xyz"), None, [1]):
        try:
            print(f"[{text:{spec}}]", end=" ")
        except (ValueError, TypeError) as error:
            print(f"({error})", end=" ")
    print()
