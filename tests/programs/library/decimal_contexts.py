"""decimal and fractions: exact arithmetic, contexts, signals, rounding, formatting, mixing with other numbers."""
import decimal
from decimal import Decimal, ROUND_HALF_EVEN, ROUND_UP, getcontext, localcontext
from fractions import Fraction

print(Decimal('0.1') + Decimal('0.2'), Decimal(1) / Decimal(7), Decimal('1e3'), Decimal('-0'), Decimal(0.1), Decimal((1, (1, 4, 7), -2)))
print([Decimal('2.675').quantize(Decimal('0.01'), rounding=r) for r in (ROUND_HALF_EVEN, ROUND_UP, decimal.ROUND_DOWN, decimal.ROUND_CEILING, decimal.ROUND_05UP)])
with localcontext(prec=5) as context:
    print(Decimal(2).sqrt(), Decimal(10).ln(), Decimal(1).exp(), Decimal('123456789') + 0, bool(context.flags[decimal.Inexact]))
print(Decimal('NaN'), Decimal('Infinity') * -1, Decimal('sNaN').is_snan(), Decimal('1.20').normalize(), Decimal('1.20').as_tuple(), Decimal('123.456').to_eng_string())
print(Decimal('7') // Decimal('-2'), Decimal('7') % Decimal('-2'), divmod(Decimal(17), Decimal(5)), Decimal(2) ** 100, Decimal(2) ** Decimal('0.5'), round(Decimal('2.5')), round(Decimal('2.345'), 2))
print(f"{Decimal('1234567.891'):,.2f} {Decimal('0.000012'):e} {Decimal('0.5'):.1%} {Decimal(42):>8} {Decimal('1E+5'):f}")
print(Decimal(1) == 1, Decimal('0.5') == 0.5, Decimal(1) < 1.5, hash(Decimal(3)) == hash(3), Decimal('3.0').compare(Decimal(3)), max(Decimal(1), Decimal(2)), sum([Decimal('0.1')] * 3))
for call in (lambda: Decimal(1) / 0, lambda: Decimal(0) / 0, lambda: Decimal('x'), lambda: Decimal(1) + 1.5, lambda: Decimal(-1).sqrt(), lambda: Decimal('NaN') < 1, lambda: int(Decimal('Infinity')),
             lambda: Decimal('sNaN') + 1, lambda: Decimal(10) ** 10**10):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
print(getcontext().prec, sorted(signal.__name__ for signal in getcontext().traps if getcontext().traps[signal]))
print(Fraction(6, -4), Fraction('3.25'), Fraction(0.1).limit_denominator(100), Fraction('1/3') + Fraction(1, 6), Fraction(7, 2) // 1, Fraction(-7, 2) % 2, Fraction(2, 3) ** -2, Fraction(1, 3) * 1.5)
print(round(Fraction(5, 2)), round(Fraction(22, 7), 3), float(Fraction(1, 3)), Fraction(1, 2) == 0.5, Fraction.from_decimal(Decimal('0.125')), f'{Fraction(22, 7):.4f}', repr(Fraction(3)))
try:
    Fraction(1, 0)
except ZeroDivisionError as error:
    print(error)
