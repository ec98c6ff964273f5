"""Floats to text and back: repr's shortest digits, hex, rounding at halves, huge and tiny, formatting against exact fractions."""
import math
import random
import struct
from fractions import Fraction

random.seed(99)
EDGES = [0.1, 1 / 3, 1e22, 1e23, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 9007199254740993.0, 123456789012345680.0, 1e16, 9999999999999998.0, 1e-5, 0.0001, 123e-7, 4.35, 0.5, -0.0, 2**0.5, 1e15 + 0.3, 2.5, 1e100]
for value in EDGES:
    print(repr(value), value.hex(), f"{value:.17g} {value:g} {value:.3e} {value:.0f}"[:80], value.as_integer_ratio()[1].bit_length(), value == float(repr(value)) == float.fromhex(value.hex()), math.ulp(value), math.frexp(value)[1])
for _ in range(400):
    value = struct.unpack("<d", random.randbytes(8))[0]
    if math.isfinite(value):
        assert float(repr(value)) == value and float.fromhex(value.hex()) == value and float(f"{value:.17g}") == value, value
        numerator, denominator = value.as_integer_ratio()
        assert numerator / denominator == value and Fraction(value) == Fraction(numerator, denominator)
        digits = repr(abs(value)).replace(".", "").split("e")[0].strip("0")
        assert len(digits) <= 17
for _ in range(200):
    value = random.uniform(-1000, 1000)
    places = random.randrange(0, 6)
    exact = Fraction(value) * 10**places
    low = exact.numerator // exact.denominator
    best = low if exact - low < Fraction(1, 2) else low + 1 if exact - low > Fraction(1, 2) else low + (low & 1)
    assert Fraction(f"{value:.{places}f}") == Fraction(best, 10**places), (value, places)
    assert float(f"{value:.{places}f}") == round(value, places)
print("round trips hold")
for text in ("1e400", "-1e400", "1e-400", "0x1p3", "1_0.5", "١.٥", " 1.5 ", "1.5e", ".", "+.5", "5.", "1e5_0", "infinit", "nan(1)", "1,5", "0x", "--1", "1.7976931348623159e308", "2.47e-324", "2.4703282292062328e-324", "9007199254740993", "0.1000000000000000055511151231257827", "179769313486231580793728971405301e276"):
    try:
        print(repr(float(text)), end=" ")
    except ValueError as error:
        print(error, end=" ")
print()
for text in ("0x1.8p1", "-0x.1", "0x1p-1074", "0x1p-1075", "0x1.0000000000000800001p0", "1.8p3", "inf", "nan", "0x", "0x1p", "0x1p99999", "0x1g", " 0X1P+2 "):
    try:
        print(float.fromhex(text), end=" ")
    except (ValueError, OverflowError) as error:
        print(error, end=" ")
print()
print([round(x) for x in (0.5, 1.5, 2.5, -0.5, 2.4999999999999996)], round(2.675, 2), round(1e22, -21), round(5.5e-324, 323), round(-0.04, 1), round(1.5, -1), round(15, -1), round(1e308, -308), math.nextafter(1, 2), math.nextafter(0, -1), math.copysign(0, -1.5), math.remainder(5, 3), math.fmod(-5, 3), -5 % 3.0, 5.0 // -2, divmod(-0.0, 1), divmod(1e-20, -1))
print(math.fsum([0.1] * 10) == 1.0, sum([0.1] * 10) == 1.0, math.sumprod([0.1] * 3, [10] * 3), math.prod([0.5] * 3), math.hypot(3e200, 4e200), math.dist((0, 0), (3, 4)), math.isclose(0.1 + 0.2, 0.3), math.gcd(12, 18), math.isqrt(10**30), math.exp2(10), math.log2(2**70), math.log(10**400), math.comb(50, 25), math.perm(5), math.fma(2, 3, 4))
for bad in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.exp(1000), lambda: math.pow(0, -1), lambda: math.factorial(-1), lambda: math.isqrt(-1), lambda: int(float("nan")), lambda: round(float("inf")), lambda: (10.0).__round__(1.5), lambda: 2.0 ** 10000, lambda: 1e308 * 10 // 1, lambda: float("x" * 50), lambda: float(b"\xff"), lambda: math.floor(float("inf")), lambda: f"{1.5:d}", lambda: f"{1.5:.99999999999f}", lambda: "%.*f" % (500, 1.5) and "long", lambda: math.log(2, 1), lambda: math.acos(2), lambda: math.gamma(-1), lambda: float.fromhex(5)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
