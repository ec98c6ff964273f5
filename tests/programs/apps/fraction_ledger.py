"""A ledger that must balance: Fractions and Decimals, contexts, rounding modes, splitting without losing a cent."""
import decimal
from collections import ChainMap, defaultdict
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import reduce


def split(total, weights, places=2):
    unit = Decimal(1).scaleb(-places)
    weights = [Fraction(w) for w in weights]
    exact = [Fraction(total) * w / sum(weights) for w in weights]
    shares = [Decimal(int(part / Fraction(unit))) * unit for part in exact]
    rest = int((Decimal(total) - sum(shares)) / unit)
    order = sorted(range(len(weights)), key=lambda i: (Fraction(shares[i]) - exact[i], i))
    for i in order[:rest]:
        shares[i] += unit
    return shares


class Ledger:
    def __init__(self):
        self.entries = []

    def book(self, text, **lines):
        lines = {account: Decimal(value) for account, value in lines.items()}
        if sum(lines.values()):
            raise ValueError(f"{text}: off by {sum(lines.values()):+.2f}")
        self.entries.append((text, lines))

    def balances(self):
        totals = defaultdict(Decimal)
        for _, lines in self.entries:
            for account, value in lines.items():
                totals[account] += value
        return dict(sorted(totals.items()))


ledger = Ledger()
ledger.book("capital", bank="1000", capital="-1000")
for text, total, weights in (("rent", "100", [1, 1, 1]), ("power", "0.05", [1, 2, 4]), ("odd", "99.99", ["1/3", "1/7", "0.5"])):
    shares = split(total, weights)
    print(text, *shares, sum(shares) == Decimal(total))
    ledger.book(text, bank="-" + total, ann=shares[0], bob=shares[1], cleo=shares[2])
try:
    ledger.book("wrong", bank=5, capital="-5.01")
except ValueError as error:
    print(error)
for account, value in ledger.balances().items():
    print(f"{account:<8}{value:>12,.2f}{'':2}{value:+}")
print(sum(ledger.balances().values()))
for mode in ("ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_HALF_DOWN", "ROUND_UP", "ROUND_DOWN", "ROUND_CEILING", "ROUND_FLOOR", "ROUND_05UP"):
    print(mode, *(str(Decimal(v).quantize(Decimal("0.1"), rounding=mode)) for v in ("0.25", "-0.25", "0.35", "-0.31", "0.04", "1.05")))
with localcontext(prec=5) as context:
    print(Decimal(1) / 3, Decimal("123456") + 0, bool(context.flags[decimal.Inexact]), bool(context.flags[decimal.Rounded]), +Decimal("1.234567"))
    with localcontext(prec=2, rounding="ROUND_UP"):
        print(Decimal(1) / 3, Decimal(2).sqrt(), Decimal("1e5") * 3)
    print(Decimal(1) / 3)
print(reduce(lambda a, b: a + 1 / b, map(Fraction, [1, 2, 2, 2, 2])), Fraction(3.25), Fraction("1e-3"), Fraction(0.1).limit_denominator(10))
print(Fraction(7, 3) // 1, Fraction(-7, 3) % 2, divmod(Fraction(7, 2), Fraction(1, 3)), round(Fraction(5, 2)), round(Fraction(22, 7), 2), Fraction(2, 3) ** -2)
print(f"{Fraction(1, 3):.5f} {Fraction(-2, 3):+.1%} {Fraction(7, 2)} {Fraction(10**10, 3):,.2f} {Fraction(1, 3):>10}")
print(Decimal("1.10").normalize(), Decimal("1E+3").to_integral_value(), Decimal("-0").is_signed(), Decimal("1.0").as_tuple(), Decimal(0.1).compare(Decimal("0.1")))
print(Fraction(1, 2) + 1, Fraction(1, 2) + 0.5, Fraction(1, 2) == Decimal("0.5"), Fraction(1, 2) < 0.6, hash(Fraction(1, 2)) == hash(0.5))
rates = ChainMap({"EUR": Decimal("1.08")}, {"EUR": Decimal(0), "USD": Decimal(1)})
print({c: str((Decimal(50) * r).quantize(Decimal("1.00"))) for c, r in sorted(rates.items())})
