"""pow with two and three arguments, ** and **=, divmod and their reflected forms among mixed classes."""
import operator
from fractions import Fraction


class P:
    def __init__(self, name):
        self.name = name

    def __pow__(self, other, modulo="none"):
        return f"{self.name}.pow({show(other)}, {show(modulo)})"

    def __rpow__(self, other, modulo="none"):
        return f"{self.name}.rpow({show(other)}, {show(modulo)})"

    def __divmod__(self, other):
        return "divmod", show(other)

    def __rdivmod__(self, other):
        return "rdivmod", show(other)


class Q(P):
    def __ipow__(self, other):
        return f"{self.name}.ipow({show(other)})"

    def __rpow__(self, other, modulo=None):
        return NotImplemented


class TwoOnly:
    def __pow__(self, other):
        return "two"


def show(value):
    return value.name if isinstance(value, P) else repr(value)


def attempt(function, *args):
    try:
        result = function(*args)
        print(function.__name__, *map(show, args), "=", show(result) if isinstance(result, P) else result)
    except Exception as error:
        print(function.__name__, *map(show, args), type(error).__name__, error)


TwoOnly.name = "t"
p, q, t = P("p"), Q("q"), TwoOnly()
for args in ((p, 2), (2, p), (p, q), (q, p), (p, 2, 3), (2, p, 3), (2, 3, p), (p, q, 5), (2, q), (2, q, 5), (p, 2, None)):
    attempt(pow, *args)
for args in ((t, 2), (t, 2, 3), (t, 2, None)):
    try:
        print(pow(*args))
    except TypeError as error:
        print(error)
q **= 3
print(q)
p **= 3
print(p)
NUMBERS = [0, 1, -1, 2, -3, 0.0, -0.5, 2.5, 1j, True, Fraction(1, 2), Fraction(-3), 10**20]
for a in NUMBERS:
    for b in NUMBERS[:-1]:
        attempt(pow, a, b)
        if not isinstance(a, complex) and not isinstance(b, complex):
            attempt(divmod, a, b)
for args in ((2, -1, 7), (2, -1, 4), (3, 5, -7), (3, 0, 1), (3, 5, 0), (2, 3.0, 5), (2.0, 3, 5), (True, True, True), (-3, 3, 5), (38, -1, 97),
             (0, -1, 1), (10**30, 10**30, 10**9 + 7), (2, 3, 5.0), (1j, 2, 3), (Fraction(1, 2), 2, 3)):
    attempt(pow, *args)
attempt(divmod, p := P("p"), 3)
attempt(divmod, 3, p)
attempt(operator.ipow, 2, 10)
