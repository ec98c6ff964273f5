"""Floats: repr, parsing, rounding, special values, hex, comparisons with ints, floor division and modulo signs."""
import math
import sys

inf, nan = float("inf"), float("nan")
for value in (0.1, 1 / 3, 1e16, 1e15, 123456789012345680.0, 1e-4, 1e-5, 0.0001234, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1e22, 1e23, 9007199254740993.0, 0.1 + 0.2, 100.0, -0.0, 1e100, 123456.789, 2**63 * 1.0, 4.35, 2.675, 1e-323, 0.30000000000000004, 1.0000000000000002):
    print(repr(value), str(value), value.hex(), value.as_integer_ratio(), value.is_integer(), f"{value:.3g}", int(value) if abs(value) < 1e30 else "big")
for text in ("1", "1.", ".5", "1e5", "1E-5", "+1.5", "-1.5e+3", "1_000.5_0", " 1.5\n", "inf", "-Infinity", "nan", "+nan", "iNf", "1e400", "-1e400", "1e-400", "0x1p3", "", ".", "e5", "1e", "1__0", "_1", "1_", "1.5.5", "1 5", "١.٥", "infinit", "0.1e1_0", "1e5.5", "\x001"):
    try:
        print(repr(text), float(text))
    except ValueError as error:
        print(error)
for text in ("0x1p3", "0x1.8p1", "-0x.8p0", "1.5", "0x1p-1074", "0x1p1024", "inf", "nan", "0x1.fffffffffffff8p0", "0x1.ffffffffffffp1023", "", "0x", "0xg"):
    try:
        print(text, float.fromhex(text))
    except (ValueError, OverflowError) as error:
        print(text, type(error).__name__, error)
for a in (7.5, -7.5, 0.0, -0.0, 1e300, inf, nan):
    for b in (2.0, -2.0, 0.3, inf, -inf):
        print(a // b, a % b, divmod(a, b), end=" | ")
    print()
print(inf - inf, inf * 0, inf / inf, inf // 1, nan == nan, nan is nan, [nan] == [nan], inf == inf, -inf < inf, nan < 1, nan > 1, max(nan, 1), max(1, nan), min(nan, 1), sorted([3, nan, 1], key=str), -0.0 == 0.0, math.copysign(1, -0.0), str(-0.0), 0.0 * -1)
for value, digits in ((2.5, None), (3.5, None), (-2.5, None), (0.5, None), (1.5, 0), (2.675, 2), (1.005, 2), (1234.5678, -2), (1e300, -299), (5e-324, 3), (0.15, 1), (0.25, 1), (0.35, 1), (1e22, 2), (123.456, 400), (123.456, -400), (-0.4, 0), (-0.4, None), (5.015, 2)):
    print(round(value, digits) if digits is not None else round(value), end=" ")
print()
for action in (lambda: round(inf), lambda: round(nan), lambda: int(inf), lambda: inf.as_integer_ratio(), lambda: nan.as_integer_ratio(), lambda: 1.0 / 0, lambda: 1.0 % 0, lambda: 1.0 // 0, lambda: 0.0**-1, lambda: 2.0**10000, lambda: (-8) ** (1 / 3), lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.exp(1000), lambda: math.floor(inf), lambda: math.factorial(1.5), lambda: float([]), lambda: float("1" * 400), lambda: round(1.5, 2**70), lambda: 1.5.__round__("x"), lambda: float.fromhex(5), lambda: 1.5 << 1, lambda: 1.5 & 1, lambda: ~1.5, lambda: hex(1.5), lambda: range(1.5), lambda: [1][1.0], lambda: "a" * 1.5, lambda: float(1, 2), lambda: pow(2.0, 3, 4), lambda: divmod(1.0, 0), lambda: math.pow(0, -1), lambda: math.fmod(inf, 1), lambda: math.remainder(1, 0), lambda: math.ldexp(1.0, 5000), lambda: math.gamma(-1), lambda: math.acos(2)):
    try:
        print(action())
    except (OverflowError, ValueError, ZeroDivisionError, TypeError) as error:
        print(type(error).__name__, error)
print(1 == 1.0, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53, 2**53 + 1 > 2.0**53, 10**30 < 1e30, 10**30 == 1e30, 10**22 == 1e22, 1 < 1.5 < 2, -1 > -1.5, 2**1024 > sys.float_info.max, 2**1024 > inf, True == 1.0, 0 == -0.0, 3 < nan, 3 > nan)
print(hash(1.0), hash(0.1), hash(-0.0), hash(inf), hash(-inf), hash(1e100), hash(2.5), hash(-1.0), {1: "a"}[1.0], hash(5e-324), len({0.0, -0.0, 0}))
print(sys.float_info.max, sys.float_info.min, sys.float_info.epsilon, sys.float_info.dig, sys.float_info.mant_dig, sys.float_repr_style)
print(math.floor(-1.5), math.ceil(-1.5), math.trunc(-1.5), -1.5 // 1, int(-1.5), round(-1.5), math.modf(-1.5), math.frexp(10.0), math.ldexp(0.5, 4), math.nextafter(1.0, 2.0), math.ulp(1.0), math.fsum([0.1] * 10), sum([0.1] * 10), math.hypot(3, 4), math.dist((0, 0), (1, 1)), math.isclose(0.1 + 0.2, 0.3), math.sumprod([1.5, 2], [2, 3]), math.exp2(0.5), math.log2(8), math.log10(1000), math.log(8, 2), math.log1p(1e-10), math.expm1(1e-10), math.degrees(math.pi))
print(1.0.real, 1.5.imag, 1.5.conjugate(), (1.5).__floor__(), (1.5).__ceil__(), 1.5.__trunc__(), float.__getformat__("double"), float(), float(True), float("1e3"), float(10**22), 1.e5, 1_0.0_1, .5e-3)
print(sum([1e308, 1e308, -1e308]), sum([1e16, 1.0, -1e16]), sum([0.1, 0.2, 0.3]), sum([1, 2.5, 3]), sum((0.1,) * 3, 0.5), sum([inf, -inf]), math.prod([1.5, 2, 3]))
x = 0.0
for i in range(10):
    x += 0.1
print(x, x == 1.0, 1.1 + 2.2, 3 * 1.1, 0.1 * 3, 1 - 0.9, 1e16 + 1, 2**0.5, 10**-2, 4**-0.5, 5.0**3, 1e-200 * 1e-200, 1e200 * 1e200, -1e200 * 1e200)


class F(float):
    def __repr__(self):
        return f"F({float.__repr__(self)})"


print(F(1.5), F(1.5) + 1, [F(2)], f"{F(3)}", str(F(4)), F("5"), float(F(6)), type(F(1) * 1).__name__, F.fromhex("0x1p2"))
print(float.from_number(5), float.from_number(F(2)))
try:
    float.from_number("5")
except TypeError as error:
    print(error)
