"""Mixed arithmetic with complex numbers and bools in 3.14: zeros' signs, mixed mode, powers, comparisons, from_number, format."""
import cmath
import math
import operator

VALUES = [True, False, 2, -0.0, 1.5, 1j, -1j, 2 - 0j, complex(-0.0, -0.0), complex(math.inf, math.nan), complex(1e308, 1e308)]
for op in (operator.add, operator.sub, operator.mul, operator.truediv, operator.pow):
    out = []
    for a in VALUES:
        for b in (True, 2.0, 1j, 0j, -0.0, complex(0.0, -0.0)):
            try:
                out.append(repr(op(a, b)))
            except (ZeroDivisionError, OverflowError) as error:
                out.append(type(error).__name__[:4])
    print(op.__name__, *out)
for name in ("sqrt", "exp", "log", "sin", "phase", "isnan", "isinf", "tanh", "acos"):
    out = []
    for value in VALUES:
        try:
            result = getattr(cmath, name)(value)
            out.append(f"{result:.6g}" if not isinstance(result, bool) else str(result))
        except (ValueError, OverflowError) as error:
            out.append(str(error))
    print(name, *out)
print(complex("1e2-3.5j"), complex(" ( 1+2j ) "), complex("nan+infj"), complex("-j"), complex(1, 2.5), complex(real=1), complex(imag=-0.0), complex(True, False), complex.from_number(3), complex("1_0j"))
for bad in (lambda: complex("1 + 2j"), lambda: complex("1+2"), lambda: complex("j1"), lambda: complex(""), lambda: complex("a", 1), lambda: complex(1, "a"), lambda: complex(None), lambda: complex.from_number("1"), lambda: 1j < 2j, lambda: int(1j), lambda: float(1j), lambda: 1j // 1, lambda: 1j % 2, lambda: divmod(1j, 1),
            lambda: round(1j), lambda: math.floor(1j), lambda: f"{1j:d}", lambda: f"{1j:08}", lambda: f"{1j:=10}", lambda: abs(complex(1.7e308, 1.7e308)), lambda: 0j ** -1, lambda: 0j ** 1j, lambda: hash(1j) == hash(1j), lambda: pow(1j, 2, 3)):
    try:
        print(bad())
    except (TypeError, ValueError, OverflowError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
print(f"{1.5 - 2j:.2f} {1j:>8} {-0j} {1e20 + 1j:,.1f} {2 + 3j:+.1e} {complex(-0.0, 0.0)!r} {1 + 1j:^12g}|", str(1e16 + 1e-7j), repr(-1j), repr(0 - 1j), repr(-(1 + 0j)))
print((1 + 2j).conjugate(), (3 + 4j).real, abs(3 + 4j), (1 + 2j) == 1 + 2j, 1 + 0j == 1 == True, {1: "a"}[1 + 0j], bool(0j), -0j == 0j, (2j) ** 2, (1 + 1j) ** 3, (1 + 1j) ** -2, (1 + 1j) ** 0.5, 2 ** 1j, 1j ** 100)
print(True + True, True * 3, -True, +False, ~2, True / 2, True // True, True ** 0, True & False, True | 2, True ^ True, True << 3, True & 1, type(True & True).__name__, type(True & 1).__name__, type(True + False).__name__)
print(sum([True, True, 0.5]), max(True, 1, 1.0), [10, 20][True], "ab" * True, range(True), bin(True), f"{True:d} {True:5} {True!s:>6} {True:.1f}", int(True), float(False), str(True), bool("False"), True == 1.0, hash(True), isinstance(True, int), True.numerator, True.bit_length(), True.__add__(1))
print(cmath.isclose(1e-10j, 0, abs_tol=1e-9), cmath.rect(1, math.pi).real, cmath.polar(-1), cmath.phase(complex(-1, -0.0)), cmath.infj, cmath.nanj)
