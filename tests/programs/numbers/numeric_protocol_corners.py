"""Corners between numeric types: hash equality, mixed comparison, rounding, conversion limits, repr of extremes."""
import math
import sys
from decimal import Decimal
from fractions import Fraction

GROUPS = [
    (1, 1.0, True, 1 + 0j, Fraction(1), Decimal(1)), (0, 0.0, -0.0, False, 0j, Decimal("-0")), (2**70, 2.0**70, Fraction(2**70), Decimal(2**70)),
    (0.5, Fraction(1, 2), Decimal("0.5"), 0.5 + 0j), (-1, -1.0, Fraction(-1)), (2**61 - 1, 0), (-(2**61 - 1), 0), (2**61, 1),
    (float("inf"), Decimal("inf")), (1e300, int(1e300), Fraction(1e300)),
]
for group in GROUPS:
    print([hash(item) for item in group][:2], len({hash(item) for item in group}), len({*group}), all(item == group[0] for item in group))
BIG = 2**53
for a, b in ((BIG + 1, float(BIG)), (BIG + 1, BIG + 1.0), (10**400, 1e308), (-10**400, float("-inf")), (Fraction(1, 3), 1 / 3),
             (Decimal("0.1"), 0.1), (Fraction(1, 10), Decimal("0.1")), (1, float("nan")), (10**308, 1e308), (True, 1.5)):
    out = []
    for name in ("__lt__", "__eq__", "__gt__"):
        try:
            out.append({"__lt__": lambda: a < b, "__eq__": lambda: a == b, "__gt__": lambda: a > b}[name]())
        except TypeError as error:
            out.append(str(error)[:30])
    print(out)
for value in (0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1e16 + 1, 5e-324, 1e22, 123456.789):
    print(round(value), round(value, 2), round(value, -1), round(value, -5), math.floor(value), math.ceil(value), math.trunc(value))
for value, digits in ((5, -1), (15, -1), (25, -1), (-25, -1), (12345, -2), (10**20 + 5, -1), (5, -2), (True, -1), (7, 2), (50, -400)):
    print(round(value, digits), end=" ")
print()
for text in ("1_000", "0x10", "  12\n", "1__0", "_1", "٣٤", "1e3", "+5", "- 5", "", "0b1", "1_0.5_0", "nan", "-InF", "infinity", "1e400", ".5.",
             "1e-400", "0_7", "1" * 20, "³"):
    out = []
    for kind in (int, float, complex, Fraction, Decimal):
        try:
            out.append(repr(kind(text)))
        except (ValueError, ArithmeticError) as error:
            out.append(type(error).__name__)
    print(repr(text), *out)
for text, base in (("z", 36), ("0x1f", 16), ("0x1f", 0), ("0o17", 0), ("017", 0), ("0", 0), ("12", 2), ("1", 1), ("1", 37), (b"11", 2), ("0b", 2)):
    try:
        print(int(text, base), end=" ")
    except ValueError as error:
        print(error, end=" ")
print()
print(sys.int_info.default_max_str_digits)
for action in (lambda: str(10**5000), lambda: int("1" * 5000), lambda: len(hex(10**5000)), lambda: f"{10**5000}", lambda: "%d" % 10**5000,
               lambda: 10**5000 == 10**5000 + 0, lambda: float(10**400), lambda: 10**400 / 10**399, lambda: 10**400 * 1.0, lambda: int(math.inf),
               lambda: int(math.nan), lambda: 1 << 10**20, lambda: 1 >> 10**20, lambda: -1 >> 10**20, lambda: 0 << 10**20, lambda: 5 << -1,
               lambda: 0.0 ** -1, lambda: 1 % 0, lambda: 1.0 // 0, lambda: divmod(1, 0.0), lambda: 0 ** 0.0, lambda: (-8) ** (1 / 3),
               lambda: math.inf % 5, lambda: 5 % math.inf, lambda: -5 % math.inf, lambda: -5.0 // math.inf):
    try:
        print(action())
    except (ValueError, ArithmeticError) as error:
        print(type(error).__name__, error)
