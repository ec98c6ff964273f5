# `_decimal`: what conditions raise, how contexts and mappings of signals behave, and conversions, beyond what test_decimal asks.
import _decimal
import decimal
import pickle
from decimal import *
from fractions import Fraction

print(decimal.Decimal is _decimal.Decimal, getcontext())


def show(expression):
    try:
        print(expression, "->", eval(expression))
    except Exception as error:
        print(expression, "->", type(error).__name__, error)


for expression in (
    "Decimal(1) / 0", "Decimal(0) / 0", "Decimal('x')", "Decimal('sNaN') + 1", "Decimal(1) // 0", "Decimal(1) % 0",
    "divmod(Decimal(1), 0)", "Decimal('1e999999') * 10", "Decimal('-1').sqrt()", "Decimal('-1').ln()", "Decimal(0) ** 0",
    "Decimal([])", "Decimal({})", "Decimal((0, (1, 10), 0))", "Decimal((2, (1,), 0))", "Decimal((0, (1,), 'x'))",
    "Decimal('NaN') < 1", "Decimal('NaN') == 1", "Decimal(1) < 1.5", "Decimal('0.5') == Fraction(1, 2)", "Decimal(1) < 'a'",
    "Decimal(2) == 2 + 0j", "Decimal(1) + 1.0", "Decimal('1e1000000000000000000')", "Decimal('Infinity') - Decimal('Infinity')",
    "int(Decimal('Infinity'))", "int(Decimal('NaN'))", "float(Decimal('sNaN'))", "hash(Decimal('sNaN'))",
    "Decimal('Infinity').as_integer_ratio()", "Decimal('NaN').as_integer_ratio()", "round(Decimal('NaN'))",
    "pow(Decimal(2), 10, 7)", "pow(Decimal(2), 10, 1)", "pow(Decimal(2), 10, 0)", "Decimal(2) ** 10 ** 20", "Decimal(2) ** -(10 ** 20)",
    "Decimal('1.1') ** Decimal('0.5')", "Decimal(10) ** Decimal('0.5')", "Decimal('0.9999999') ** 1000000", "Decimal('-8') ** 3",
    "Context(flags=['P'])", "Context(prec=0)", "Context(Emin=1)", "Context(rounding='x')", "localcontext(1)",
    "format(Decimal('12345.678'), '015,.2f')", "format(Decimal('NaN'), '010')", "format(Decimal('1e-7'), '.3%')",
    "format(Decimal('-0.001'), 'z.1f')", "format(Decimal('1234.5'), '_.1f')", "format(Decimal(1), 'q')", "format(Decimal('1e5'), '')",
    "f\"{Decimal('1234567'):>+20,}|{Decimal('12'):*^10}|{Decimal('12'):=+10}|{Decimal('2.5'):e}|{Decimal('123456789'):.3g}\"",
    "Decimal(' 1_000.5 ')", "getcontext().create_decimal(' 1')", "Decimal('\u0661\u0662.\u0663')", "Decimal('1_000e1_0')",
):
    show(expression)

for value in "0", "-0", "1.50", "-1e10", "1e-10", "123456789012345678901234567890.5", "Infinity", "-Infinity", "NaN12", "1e1000":
    number = Decimal(value)
    print(number, number.as_tuple(), number.adjusted(), number.to_eng_string(), number.number_class(), number.normalize())
    if number.is_finite():
        print(hash(number), number.as_integer_ratio() if number.adjusted() < 100 else "", number.logb() if number else "", number.next_plus(), number.next_minus())
print([hash(Decimal(number)) == hash(number) for number in (0, 1, -1, 2 ** 61 - 1, 10 ** 30, 0.5, -2.25, 1e300)])

with localcontext(prec=50) as context:
    print(Decimal(2).sqrt(), Decimal(2).ln(), Decimal(2).log10(), Decimal(1).exp(), Decimal(-1).exp(), Decimal("1e-30").exp(), sep="\n")
    print(Decimal("0.99999999999").ln(), Decimal("1.00000000001").log10(), Decimal("123456.789").ln(), Decimal("1e-7").log10(), sep="\n")
    print(context.flags)
with localcontext(prec=3, traps=[]) as context:
    print(Decimal(1) / 3, Decimal("9.996") + 0, Decimal(1) / 0, context.flags[DivisionByZero])
    for rounding in "UP DOWN CEILING FLOOR HALF_UP HALF_DOWN HALF_EVEN 05UP".split():
        context.rounding = "ROUND_" + rounding
        print(rounding, [str(+Decimal(text)) for text in ("1.235", "1.2351", "-1.235", "1.245", "9.995", "1.205", "-1.201")])
    copied = pickle.loads(pickle.dumps(context))
    print(copied, copied.flags == context.flags, dict(copied.flags) == copied.flags)
context = Context()
flags = context.flags
del context
show("len(flags)")
print(repr(DecimalTuple(0, (1,), 2)), pickle.loads(pickle.dumps(Decimal("-1.0").as_tuple())))


class Money(Decimal):
    pass


print(type(Money(1) + 1).__name__, type(Money.from_float(0.5)).__name__, repr(Money("1.5")), pickle.loads(pickle.dumps(Money(3))))
print(IEEEContext(32), IEEEContext(64), MAX_PREC, MIN_ETINY)
