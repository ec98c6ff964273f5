"""numbers, fractions, decimal: mixed arithmetic, conversions, contexts, exactness, abstract classes, errors."""
import decimal
import numbers
from decimal import ROUND_HALF_UP, Context, Decimal, getcontext, localcontext
from fractions import Fraction

for value in (1, 1.5, 1j, True, Fraction(1, 2), Decimal("1.5"), "1"):
    print(type(value).__name__, [cls.__name__ for cls in (numbers.Number, numbers.Complex, numbers.Real, numbers.Rational, numbers.Integral) if isinstance(value, cls)])
print(Fraction(6, 4), Fraction("3/7"), Fraction("-1.25"), Fraction("1e-3"), Fraction(0.5), Fraction(Decimal("0.1")), Fraction(1.1).limit_denominator(10), Fraction(-3), Fraction(" 5 / 3 ".replace(" ", "")), Fraction("1_000/3"))
f, g = Fraction(3, 4), Fraction(-5, 6)
print(f + g, f - g, f * g, f / g, f // g, f % g, divmod(f, g), f**2, f**-2, f**0.5, f + 1, 1 - f, f * 0.5, 2**f, abs(g), -f, +g, round(f), round(f, 1), int(g), float(f), bool(Fraction(0)), f < g, f == 0.75, f == Decimal("0.75") if False else hash(f) == hash(0.75), f > 0.5, f.numerator, g.denominator, f.as_integer_ratio(), f.is_integer())
print(repr(f), str(g), f"{f}", f"{f:.3f}", f"{Fraction(1, 3):>10}", f"{Fraction(10**6, 7):,.2f}", f"{Fraction(1, 3):.2%}", f"{Fraction(1, 7):.5e}", Fraction(5) == 5, Fraction(7, 2).__floor__(), Fraction(7, 2).__ceil__(), Fraction(7, 2).__trunc__(), complex(f), f + 1j)
for action in (lambda: Fraction(1, 0), lambda: Fraction("x"), lambda: Fraction(1.5, 2), lambda: Fraction(None), lambda: Fraction("1/0"), lambda: Fraction(float("nan")), lambda: Fraction(float("inf")), lambda: Fraction(1, 2) / 0, lambda: Fraction(0) ** -1, lambda: Fraction(1) + "a", lambda: Fraction(1) < "a", lambda: Fraction(1) < 1j, lambda: Fraction(1, 2, 3)):
    try:
        print(action())
    except (TypeError, ValueError, ZeroDivisionError, OverflowError) as error:
        print(type(error).__name__, error)
print(Decimal("1.10"), Decimal(1.1), Decimal("1E+5"), Decimal("-0"), Decimal("NaN"), Decimal("-Infinity"), Decimal("sNaN"), Decimal((0, (1, 2, 3), -2)), Decimal("1_000.5"), Decimal(10**30), Decimal(" 1.5 "), Decimal("٣.٥"), repr(Decimal("1.0E-10")), Decimal("0E-7"), Decimal("123E+2"))
a, b = Decimal("1.1"), Decimal("2.25")
print(a + b, a - b, a * b, a / b, a // b, b % a, divmod(b, a), a**2, a**-1, -a, abs(-a), a + 1, 5 - b, a == Decimal("1.10"), a < 2, b > 2.2, a == 1.1, hash(Decimal("1.5")) == hash(1.5), max(a, b), sum([a, b]), round(b), round(b, 1), round(Decimal("2.5")), int(b), float(b), bool(Decimal(0)), b.as_integer_ratio(), b.as_tuple())
print(Decimal(1) / 3, Decimal(2).sqrt(), Decimal(10).ln(), Decimal(2).exp(), Decimal(100).log10(), (Decimal(7) / 3).quantize(Decimal("0.01")), Decimal("2.675").quantize(Decimal("0.01"), rounding=ROUND_HALF_UP), Decimal("1.5").to_integral_value(), Decimal("1.200").normalize(), Decimal("123.456").to_eng_string(), Decimal("1e10").to_eng_string(), Decimal("1.23").copy_negate(), Decimal("3").compare(Decimal("4")), Decimal("1.5").is_signed(), Decimal("12.34").adjusted(), Decimal("1.1").next_plus(), Decimal("8").scaleb(2), Decimal("5").remainder_near(3), Decimal("2").fma(3, 4))
with localcontext() as context:
    context.prec = 5
    print(Decimal(1) / 7, Decimal("123456.789") + 0, bool(context.flags[decimal.Inexact]))
    context.rounding = decimal.ROUND_DOWN
    print(Decimal(2) / 3, +Decimal("1.99999999"))
    context.traps[decimal.DivisionByZero] = False
    context.traps[decimal.InvalidOperation] = False
    print(Decimal(1) / 0, Decimal(0) / 0, Decimal("nan") + 1, Decimal("inf") - Decimal("inf"), Decimal(-1).sqrt())
with localcontext(prec=50):
    print(Decimal(1) / 3, Decimal(2) ** Decimal("0.5"))
print(getcontext().prec, getcontext().rounding, Context(prec=3).create_decimal("1.23456"), Context(prec=3).divide(Decimal(1), Decimal(3)))
for rounding in (decimal.ROUND_UP, decimal.ROUND_DOWN, decimal.ROUND_CEILING, decimal.ROUND_FLOOR, decimal.ROUND_HALF_UP, decimal.ROUND_HALF_DOWN, decimal.ROUND_HALF_EVEN, decimal.ROUND_05UP):
    print(rounding, [str(Decimal(v).quantize(Decimal(1), rounding=rounding)) for v in ("1.5", "2.5", "-1.5", "-2.5", "1.1", "-1.1", "1.9")])
print(f"{a}", f"{b:.1f}", f"{Decimal('1234567.891'):,.2f}", f"{b:>10}", f"{b:e}", f"{b:%}", f"{Decimal('0.000001')}", f"{Decimal('1E+3'):f}", f"{Decimal('-0.0'):z}" if False else "", f"{b:+010.3f}", f"{Decimal('NaN'):>6}")
for action in (lambda: Decimal("abc"), lambda: Decimal(1) / 0, lambda: Decimal(0) / 0, lambda: Decimal("sNaN") + 1, lambda: Decimal("NaN") < 1, lambda: Decimal(-1).sqrt(), lambda: Decimal("1e999999") * Decimal("1e999999"), lambda: Decimal("1").quantize(Decimal("1e50")), lambda: Decimal(1) % 0, lambda: Decimal(0) ** 0):
    try:
        print(action())
    except decimal.DecimalException as error:
        print(type(error).__name__)
print(Decimal("NaN") == Decimal("NaN"), Decimal("Infinity") == float("inf"))
print(sorted([Decimal("1.5"), 1, Fraction(3, 2), 0.5, 2], key=float), Decimal.from_float(0.1), Decimal("0.1").is_finite(), Decimal(5).number_class(), str(Decimal("1.5") + True))


class Money(numbers.Real if False else object):
    def __init__(self, n):
        self.n = n

    def __radd__(self, other):
        return ("radd", other)


print(Decimal(1) + Money(2), Fraction(1) + Money(2), 1.5 + Money(2), 1 + Money(3), 1j + Money(4))
