"""Fractions and Decimals with ints and floats: operators that work, that refuse, hashes, comparisons, rounding and contexts restored."""
import math
import operator
from decimal import Decimal, getcontext, localcontext
from fractions import Fraction

VALUES = [2, 0.5, Fraction(1, 3), Fraction(-7, 2), Decimal("0.25"), True]
for op in (operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.mod, operator.pow, operator.lt, operator.eq):
    out = []
    for a in VALUES:
        for b in VALUES:
            try:
                result = op(a, b)
                out.append(f"{result:.6g}" if isinstance(result, (float, complex)) else str(result)[:20])
            except TypeError:
                out.append("-")
            except ArithmeticError as error:
                out.append(type(error).__name__)
    print(op.__name__, *out)
print(hash(Fraction(1, 2)) == hash(0.5) == hash(Decimal("0.5")), {Fraction(2): "a", 2: "b", Decimal(2): "c", 2.0: "d"}, Fraction(1, 3) == 1 / 3, Fraction("0.1") == Decimal("0.1"), Fraction(0.1) == 0.1, Decimal("NaN") == Decimal("NaN"), max(Fraction(1, 3), 0.3), sum([Fraction(1, 2), 1, Fraction(1, 3)]), sorted([Decimal("0.3"), Fraction(1, 4), 0.2, 1]))
print(Fraction(3, 6), Fraction(-3, -6), Fraction(3, -6), Fraction("1.5e-2"), Fraction(" 7/3 "), Fraction(Decimal("1.1")), Fraction(2.5), Fraction(Fraction(1, 2), Fraction(3, 4)), round(Fraction(7, 2)), round(Fraction(5, 2)), round(Fraction(-7, 3), 2), math.floor(Fraction(-7, 2)), math.ceil(Fraction(-7, 2)), int(Fraction(-7, 2)), Fraction(5, 3).limit_denominator(2), Fraction(3, 2) ** Fraction(1, 2), Fraction(4, 9) ** -2, abs(Fraction(-1, 2)), Fraction(7, 1).is_integer(), Fraction(1, 3).as_integer_ratio(), divmod(Fraction(7, 2), 1), 7 % Fraction(3, 2), -Fraction(1, 2) // 1, repr(Fraction(1, 2)), complex(Fraction(1, 2)), math.sqrt(Fraction(1, 4)), math.gcd(Fraction(4).numerator, 6))
for bad in (lambda: Fraction(1, 0), lambda: Fraction("x"), lambda: Fraction("1/0"), lambda: Fraction(1.5, 2), lambda: Fraction(None), lambda: Fraction("1", 2), lambda: Fraction(math.inf), lambda: Fraction(math.nan), lambda: Fraction(1, 2) < 1j, lambda: Fraction(1, 2) // 0, lambda: Fraction(0) ** -1, lambda: Fraction(1, 2) + "a", lambda: Fraction(1j), lambda: f"{Fraction(1, 2):d}", lambda: Fraction(1, 2).real.imag, lambda: setattr(Fraction(1, 2), "numerator", 5)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
before = getcontext().prec
with localcontext() as ctx:
    ctx.prec = 6
    print(Decimal(2).sqrt(), Decimal(1) / 7, Decimal("123456789") + 0, +Decimal("1.23456789"), Decimal("1E+5") + 1, Decimal("0.1") + Decimal("0.2"), Decimal(10) ** -3, Decimal("-7") // 2, Decimal("-7") % 2, Decimal("1.5").quantize(Decimal("1")), Decimal("2.5").to_integral_value(), round(Decimal("2.675"), 2), round(Decimal("2.5")), int(Decimal("-2.9")), Decimal("1e3").normalize(), Decimal(3).exp())
print(getcontext().prec == before, f"{Decimal('1234.5678'):,.2f}", f"{Decimal('0.00001'):e}", Decimal("1.0") == Decimal("1.00"), str(Decimal("1.00")), Decimal("1.00").compare_total(Decimal("1.0")), Decimal("12.3").as_tuple().exponent, Decimal("-0").copy_abs(), Decimal("Infinity") > 10**400, Decimal((1, (1, 2), -1)), Decimal.from_float(0.1) == Decimal(0.1), float(Decimal("1e-400")), Decimal(2) ** 100)
