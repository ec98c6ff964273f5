"""sum, prod, fsum, sumprod, accumulate and reduce over mixed numbers, with starts, errors, overflow between kinds and exactness."""
import math
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from itertools import accumulate
import operator


class Money:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        return Money(self.n + (other.n if isinstance(other, Money) else other))

    __radd__ = __add__
    __repr__ = lambda self: f"${self.n}"


for items in ([], [1, 2, 3], [1, 2.5, True], [2**62, 2**62, 1], [0.1] * 10, [1e16, 1.0, -1e16], [float("inf"), 1], [1, 2j], [Fraction(1, 3), 1], [Decimal("0.1"), 1], [Money(1), Money(2)], [True, False, True], [1e308, 1e308], [-0.0], [-0.0, -0.0], [2**1000, 0.5], [0.1, Fraction(1, 10)]):
    out = []
    for function in (sum, math.prod, math.fsum, lambda v: list(accumulate(v))[-1:], lambda v: reduce(operator.add, v, 0), lambda v: sum(v, 0.5), lambda v: math.sumprod(v, v), lambda v: sum(v[::-1])):
        try:
            out.append(function(items))
        except (TypeError, OverflowError, ValueError) as error:
            out.append(type(error).__name__)
    print(*out, sep=" | ")
for bad in (lambda: sum("ab"), lambda: sum(["a"], ""), lambda: sum([b"a"], b""), lambda: sum([[1], [2]], []), lambda: sum([1], start="a"), lambda: sum(5), lambda: sum(), lambda: sum([1, None]), lambda: math.prod(["a", 2]), lambda: math.prod([[1], 2]), lambda: math.fsum(["a"]), lambda: math.sumprod([1], [1, 2]), lambda: sum({1: 2, 3: 4}), lambda: sum(x for x in (1, 2)), lambda: sum([(1,), (2,)], ()), lambda: list(accumulate([1, 2], initial=5)), lambda: list(accumulate("abc")), lambda: list(accumulate([1, 5, 2], max)), lambda: sum([1, 2], start=bytearray())):
    try:
        print(bad())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
