"""Complex numbers: parsing, repr with signed zeros and infinities, arithmetic, powers, comparisons, and the errors."""
import cmath

inf, nan = float("inf"), float("nan")
for z in (0j, 1j, -1j, 1 + 0j, -0.0 + 0j, complex(0.0, -0.0), complex(-0.0, -0.0), complex(-0.0, 0.0), 1.5 - 2.5j, complex(inf, nan), complex(nan, -inf), 1e300 + 1e-300j, -1 - 1j, 100j, complex(1, inf)):
    print(repr(z), str(z), abs(z) if z == z and abs(z.real) != inf else "-", -z, +z, z.conjugate(), z.real, z.imag, bool(z), z == z)
for text in ("1", "1j", "-j", "+j", "1+j", "1-2j", "  (1+2j) ", "(1)", "1e5-1e-5j", "infj", "nan+infj", "-inf-nanj", "1_0+2_0j", "J", "", "1 + 2j", "1+2", "j1", "1+2j+", "(1+2j", "1+2jj", "1e", "ij", "1+1i", "--1j", "1.5.5j"):
    try:
        print(repr(text), complex(text))
    except ValueError as error:
        print(repr(text), error)
a, b = 3 + 4j, 1 - 2j
print(a + b, a - b, a * b, a / b, a**b, a**2, a**-1, a**0.5, 2**a, a + 1, 1 - a, a * 2.5, 1 / a, 0 * a, a == 3 + 4j, 1 == 1 + 0j, 1 + 0j == 1.0, True == 1 + 0j, a != b, hash(1 + 0j) == hash(1), hash(a) == hash(3 + 4j), {1: "x"}[1 + 0j])
print(complex(), complex(1), complex(1, 2), complex(1.5, -0.0), complex(1j, 2j), complex(real=1, imag=2), complex(imag=3), complex("1"), complex(True), 1j * 1j, (1j) ** 2, (-1) ** 0.5, 0j**0, (0j) ** 2, 1j**1j, (2 + 0j) ** 3, (1 + 1j) ** 100, 1j**-3)


class C:
    def __complex__(self):
        return 5 + 6j


class F:
    def __float__(self):
        return 2.5


class I:
    def __index__(self):
        return 7


class Bad:
    def __complex__(self):
        return 1.5


class Sub(complex):
    def __repr__(self):
        return "Sub" + complex.__repr__(self)


print(complex(C()), complex(F()), complex(I()), complex(F(), I()), Sub(1, 2), Sub(1, 2) + 1, type(+Sub(1)).__name__, complex(Sub(3)), complex.from_number(5), complex.from_number(C()))
for action in (lambda: complex(Bad()), lambda: complex("1", 2), lambda: complex(1, "2"), lambda: complex([]), lambda: complex(None), lambda: a < b, lambda: a // b, lambda: a % b, lambda: divmod(a, b), lambda: int(a), lambda: float(a), lambda: round(a), lambda: a / 0, lambda: 0j**-1, lambda: 0j**1j, lambda: pow(a, 2, 3), lambda: (1e300 + 1e300j) ** 5, lambda: abs(1e308 + 1e308j), lambda: max(a, b), lambda: sorted([a, b]), lambda: ~a, lambda: a << 1, lambda: format(a, "d"), lambda: format(a, "=10"), lambda: format(a, "010"), lambda: "%d" % a, lambda: "%f" % a, lambda: complex.from_number("1"), lambda: complex(1, 2, 3), lambda: setattr(a, "real", 1), lambda: hash(complex(nan, 1)) == 5, lambda: range(1j), lambda: complex(bad=1)):
    try:
        print(action())
    except (TypeError, ValueError, ZeroDivisionError, OverflowError, AttributeError) as error:
        print(type(error).__name__, error)
print(f"{a}", f"{a:.2f}", f"{a:>15}", f"{a:<12.1e}|", f"{a:+}", f"{a:,.1f}", f"{1e6 + 1e6j:,}", f"{a!r:^12}", "%s %r" % (a, b))
for f in (cmath.sqrt, cmath.phase, cmath.polar, cmath.isnan, cmath.isinf, cmath.isfinite):
    print(f.__name__, [f(z) for z in (1j, -1 + 0j, complex(-1, -0.0), complex(inf, 1))])
print(cmath.rect(2, 0), cmath.sqrt(-4), cmath.exp(0j), cmath.log(1), cmath.isclose(1 + 1e-12j, 1), cmath.inf, cmath.nan, cmath.infj, cmath.nanj)
print(sum([1j, 2, 3.5]), sum([], 0j), 3.0 + 4j, 3j.imag, (1 + 2j).real.is_integer(), isinstance(1j, complex), issubclass(complex, int), 1 + 2j == complex("1+2j"), [1j, 2] == [1j, 2.0], complex(1, 2).__getnewargs__(), 2.0 - 0j, -0.0 - 0j, 0 - 0j, -0j, -(0j), 1 - 0j)
print(complex(inf, inf) * 1j, complex(inf, 0) * 0, complex(1, inf) / complex(inf, 1), 1 / complex(inf, inf), complex(0.0, inf) * 2, 2 * complex(0.0, inf), 1j * inf, inf * 1j)
