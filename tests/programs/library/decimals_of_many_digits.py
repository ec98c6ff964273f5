"""Decimals with thousands of digits: operations that are made of pieces agree with each other and with ints."""
import hashlib
from decimal import *

context = getcontext()
context.Emax, context.Emin = MAX_EMAX, MIN_EMIN


def show(name, value):
    text = str(value)
    print(name, len(text), hashlib.sha256(text.encode()).hexdigest()[:16])


context.prec = 60_000
third, root = Decimal(1) / 3, Decimal(2).sqrt()
show('divide', third)
show('sqrt', root)
show('multiply', third * root)
show('square', root * root)
show('power', Decimal(3) ** 40_000)
show('inverse', Decimal(7) ** -3)
show('divmod', divmod(Decimal('7' * 50_000), Decimal('31' * 9_000)))
show('remainder_near', Decimal('7' * 50_000).remainder_near(Decimal('31' * 9_000)))
show('fma', third.fma(root, Decimal('1e-59000')))
show('quantize', third.quantize(Decimal('1e-45000')))
show('normalize', (Decimal('7' * 30_000 + '0' * 29_000)).normalize())
show('shift', Decimal('7' * 50_000).shift(-20_001))
show('rotate', Decimal('123' * 10_000).rotate(31_111))
show('invert', Decimal('1' * 20_000).logical_invert())
show('xor', Decimal('10' * 20_000).logical_xor(Decimal('110' * 10_000)))
show('next', third.next_plus())
show('compare', Decimal('1e50000').compare(Decimal('9' * 50_000)))
show('nines', Decimal('9' * 60_001) + 0)
show('format', f'{third:.50000e}{root:,.40000f}')
show('engineering', Decimal('1e-50000').to_eng_string())

number = Decimal('1234567' * 4_000)
assert int(number) % 10**6 == 345671234567 % 10**6
assert number == int(number) and hash(number) == hash(int(number))
assert Decimal(int(number)) == number
assert (number * number) // number == number
assert pow(number, 65_537, 10**30 + 57) == pow(int(number), 65_537, 10**30 + 57)
assert pow(number, Decimal('1e40'), 97) == pow(int(number), 10**40, 97)
for text in ('0.' + '125' * 3_000, '5e-4000', '2e-4000', '15625e-7', '-1024e-12', '0e-9', '7e900', '3e-900'):
    n, d = Decimal(text).as_integer_ratio()
    assert Decimal(n) / Decimal(d) == Decimal(text), text
    print(text[:10], n.bit_length(), d.bit_length())

context.prec = 1_500
x = Decimal(2).ln()
show('ln', x)
show('exp', x.exp())
show('log10', Decimal(2).log10())
show('power', Decimal(2) ** Decimal('0.3'))
print(abs(x.exp() - 2) < Decimal('1e-1498'))

# What would take more memory than there is is refused, and flagged.
context.prec = MAX_PREC
for operation in (lambda: Decimal(1) / 3, lambda: Decimal(2).sqrt(), lambda: Decimal(1).logical_invert()):
    context.clear_flags()
    try:
        operation()
    except MemoryError:
        print('no memory', context.flags[InvalidOperation])
print(Decimal(1) / 4, Decimal(4).sqrt())
