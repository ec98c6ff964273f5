"""Compares the numeric algorithms with CPython 3.14, which must run this script: random cases by the ten thousand.

    python3.14 compare.py PATH_OF_EXAMPLE_BINARY [CASES_PER_OPERATION [SEED]]

Build the binary with `cargo build --release -p pvm-object --example numbers`.
Values of transcendental functions may differ in the last place where the C libraries do: such differences are
counted apart.
"""

import cmath
import fractions
import math
import operator
import random
import struct
import subprocess
import sys

INTERESTING_INTS = [0, 1, -1, 2, -2, 3, 7, 10, -10, 255, 2**30, 2**31, 2**32, 2**53, 2**53 + 1, 2**61 - 1, 2**62,
                    2**63 - 1, -2**63, 2**63, -2**63 - 1, 2**64 - 1, 2**64, 2**65, -2**64, 10**18, 10**19, 10**20, 2**100, -2**127, 2**128]
INTERESTING_FLOATS = [0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, -2.5, 0.1, 1e16, 1e15, 1e-5, 1e-4, 1e22, 1e23, 5e-324, 2.2250738585072014e-308,
                      1.7976931348623157e308, 2.0**53, 2.0**63, -2.0**63, 2.0**64, math.inf, -math.inf, math.nan, 1e100, -1e-100, 3.0, 171.0, -170.5, 9999999999999998.0]


class Cases:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def int(self, bits=None):
        r = self.random
        if r.random() < 0.15:
            return r.choice(INTERESTING_INTS) + r.randint(-1, 1)
        size = bits if bits is not None else r.choice([4, 16, 32, 60, 63, 64, 65, 120, 130, 200, 500, 1000, 3000])
        value = r.getrandbits(r.randint(1, size))
        if r.random() < 0.2:
            value &= ~((1 << r.randint(0, size)) - 1)
        return -value if r.random() < 0.5 else value

    def float(self):
        r = self.random
        kind = r.random()
        if kind < 0.15:
            return r.choice(INTERESTING_FLOATS)
        if kind < 0.45:
            return r.uniform(-1000, 1000)
        if kind < 0.6:
            return float(r.randint(-10**6, 10**6))
        if kind < 0.7:
            return round(r.uniform(-1000, 1000), r.randint(0, 5))
        if kind < 0.8:
            return r.randint(-2**53, 2**53) * 2.0 ** r.randint(-60, 60)
        return struct.unpack("<d", struct.pack("<Q", r.getrandbits(64)))[0]

    def unit(self):
        """A float that trigonometric and exponential functions like."""
        r = self.random
        return r.choice([r.uniform(-1, 1), r.uniform(-10, 10), r.uniform(-200, 200), self.float()])

    def nearby(self, x):
        r = self.random
        if r.random() < 0.7 or not math.isfinite(x):
            return self.float()
        return math.nextafter(x, r.choice([math.inf, -math.inf])) * r.choice([1, 1, 2, 0.5, -1])

    def text(self, alphabet, longest):
        return "".join(self.random.choice(alphabet) for _ in range(self.random.randint(0, longest)))


def bits(x):
    return struct.pack(">d", x).hex()


def encode(text):
    return text.encode().hex()


def show_error(error):
    return f"!{type(error).__name__} {error}"


def cmp(a, b):
    return (a > b) - (a < b)


def nan_none(a, b):
    return None if b != b else cmp(a, b)


def int_cases(c):
    r = c.random
    two = {"add": operator.add, "sub": operator.sub, "mul": operator.mul, "floordiv": operator.floordiv, "mod": operator.mod,
           "divmod": divmod, "truediv": operator.truediv, "and": operator.and_, "or": operator.or_, "xor": operator.xor,
           "gcd": math.gcd, "lcm": math.lcm, "cmp": cmp}
    for name, function in two.items():
        yield f"int_{name}", lambda f=function: (lambda a, b: ([a, b], lambda: f(a, b)))(c.int(), c.int())
    one = {"neg": operator.neg, "abs": abs, "invert": operator.invert, "bit_length": int.bit_length, "bit_count": int.bit_count,
           "isqrt": math.isqrt, "float": float, "hash": hash, "str": str, "hex": hex, "oct": oct, "bin": bin,
           "log": math.log, "log2": math.log2, "log10": math.log10}
    for name, function in one.items():
        yield f"int_{name}", lambda f=function: (lambda a: ([a], lambda: f(a)))(c.int())
    yield "int_str", lambda: (lambda a: ([a], lambda: str(a)))(c.int(r.choice([14200, 14284, 14290, 20000])))
    yield "int_float", lambda: (lambda a: ([a], lambda: float(a)))(c.int(1030) * 2 + 1)
    yield "int_truediv", lambda: (lambda a, b: ([a, b], lambda: a / b))(c.int(64), c.int(64))
    yield "int_truediv", lambda: (lambda a, b: ([a, b], lambda: a / b))(c.int(1200), c.int(1200))
    yield "int_pow", lambda: (lambda a, b: ([a, b], lambda: a**b))(c.int(80), r.randint(-30, 200))
    yield "int_powmod", lambda: (lambda a, b, m: ([a, b, m], lambda: pow(a, b, m)))(c.int(300), c.int(200), c.int(r.choice([10, 60, 64, 300])))
    yield "int_lshift", lambda: (lambda a, b: ([a, b], lambda: a << b))(c.int(), r.choice([r.randint(-5, 200), 2**70, -2**70, 2**62]))
    yield "int_rshift", lambda: (lambda a, b: ([a, b], lambda: a >> b))(c.int(), r.choice([r.randint(-5, 200), 2**70, -2**70]))
    yield "int_round", lambda: (lambda a, b: ([a, b], lambda: round(a, b)))(c.int(), r.randint(-40, 3))
    yield "int_round", lambda: (lambda a, b: ([a, b], lambda: round(a, b)))(r.randint(-40, 40) * 5 * 10 ** r.randint(0, 30), r.randint(-32, 0))
    yield "int_factorial", lambda: (lambda a: ([a], lambda: math.factorial(a)))(r.choice([r.randint(-2, 1400)]))
    yield "int_comb", lambda: (lambda a, b: ([a, b], lambda: math.comb(a, b)))(r.randint(-2, 3000), r.randint(-2, 300))
    yield "int_comb", lambda: (lambda a, b: ([a, b], lambda: math.comb(a, b)))(c.int(100), r.randint(0, 20))
    yield "int_perm", lambda: (lambda a, b: ([a, b], lambda: math.perm(a, b)))(c.int(r.choice([10, 100])), r.randint(-1, 60))
    yield "int_ratiohash", lambda: (lambda q: ([q.numerator, q.denominator], lambda: hash(q)))(
        fractions.Fraction(c.int(200), r.choice([abs(c.int(200)) + 1, (2**61 - 1) * r.randint(1, 9)])))

    def make_bytes():
        a, n, big, signed = c.int(r.choice([8, 16, 64, 130])), r.randint(0, 18), r.randint(0, 1), r.randint(0, 1)
        order = "big" if big else "little"

        def run():
            data = a.to_bytes(n, order, signed=bool(signed))
            return f"{data.hex()} {int.from_bytes(data, order, signed=bool(signed))}"
        return [a, n, big, signed], run
    yield "int_bytes", make_bytes


def float_cases(c):
    r = c.random
    elementary = "acos acosh asin asinh atan atanh cbrt cos cosh erf erfc exp exp2 expm1 fabs gamma lgamma log1p sin sinh sqrt tan tanh log log2 log10 degrees radians ulp modf frexp".split()
    for name in elementary:
        yield f"float_{name}", lambda f=getattr(math, name): (lambda a: ([bits(a)], lambda: f(a)))(c.unit())
    one = {"repr": repr, "hex": float.hex, "hash": lambda x: "nan" if x != x else hash(x), "ratio": float.as_integer_ratio, "int": int,
           "floor": math.floor, "ceil": math.ceil, "round0": round}
    for name, function in one.items():
        yield f"float_{name}", lambda f=function: (lambda a: ([bits(a)], lambda: f(a)))(c.float())
    two = {"truediv": operator.truediv, "floordiv": operator.floordiv, "mod": operator.mod, "divmod": divmod, "pow": operator.pow,
           "fmod": math.fmod, "remainder": math.remainder, "mathpow": math.pow, "nextafter": math.nextafter}
    for name, function in two.items():
        yield f"float_{name}", lambda f=function: (lambda a: (lambda b: ([bits(a), bits(b)], lambda: f(a, b)))(c.nearby(a)))(c.float())
    yield "float_pow", lambda: (lambda a, b: ([bits(a), bits(b)], lambda: a**b))(c.float(), float(r.randint(-20, 20)))
    yield "float_round", lambda: (lambda a, n: ([bits(a), n], lambda: round(a, n)))(c.float(), r.randint(-330, 330) if r.random() < 0.3 else r.randint(-6, 16))
    yield "float_round", lambda: (lambda a, n: ([bits(a), n], lambda: round(a, n)))(r.randint(-1000, 1000) * 5 * 10.0 ** r.randint(-5, 20), r.randint(-22, 6))
    yield "float_ldexp", lambda: (lambda a, n: ([bits(a), n], lambda: math.ldexp(a, n)))(c.float(), r.choice([r.randint(-2200, 2200), 2**70, -2**70]))
    yield "float_fma", lambda: (lambda x, y, z: ([bits(x), bits(y), bits(z)], lambda: math.fma(x, y, z)))(c.float(), c.float(), c.float())
    yield "float_steps", lambda: (lambda x, y, n: ([bits(x), bits(y), n], lambda: math.nextafter(x, y, steps=n)))(
        c.float(), c.float(), r.choice([r.randint(-1, 1000), 2**62, 2**64, 2**70]))
    yield "float_cmpint", lambda: (lambda x, n: ([bits(x), n], lambda: nan_none(n, x)))(c.float(), c.int())

    def near_integer():
        n = c.int(r.choice([60, 70, 1000]))
        try:
            x = float(n)
        except OverflowError:
            x = math.inf
        x = r.choice([x, math.nextafter(x, math.inf), math.nextafter(x, -math.inf), x + 0.5])
        return [bits(x), n], lambda: nan_none(n, x)
    yield "float_cmpint", near_integer

    def many(function):
        def make():
            scale = r.choice([1, 1e300, 1e-320, 1e16])
            xs = [r.choice([c.float(), r.uniform(-1, 1) * scale]) if r.random() < 0.3 else r.uniform(-1, 1) * scale * 2.0 ** r.randint(-60, 2)
                  for _ in range(r.randint(1, 12))]
            return [bits(x) for x in xs], lambda: function(xs)
        return make
    yield "float_fsum", many(math.fsum)
    yield "float_hypot", many(lambda xs: math.hypot(*xs))

    def products():
        n = r.randint(1, 8)
        xs, ys = ([r.uniform(-1, 1) * 2.0 ** r.randint(-60, 60) for _ in range(n)] for _ in "ab")
        return [bits(x) for x in xs + ys], lambda: math.sumprod(xs, ys)
    yield "float_sumprod", products


def complex_cases(c):
    r = c.random

    def operand():
        if r.random() < 0.25:
            x = c.float()
            return x, [bits(x), "-"]
        z = complex(c.float(), c.float())
        return z, [bits(z.real), bits(z.imag)]

    def make(function, small=False):
        def run():
            (a, x), (b, y) = operand(), operand()
            if small:
                b = r.randint(-120, 120)
                y = [bits(float(b)), "-"]
            if not isinstance(a, complex) and not isinstance(b, complex):
                a, x = complex(a, 1.0), [x[0], bits(1.0)]
            return x + y, lambda: function(a, b)
        return run
    for name, function in {"add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv, "pow": operator.pow}.items():
        yield f"complex_{name}", make(function)
    yield "complex_pow", make(operator.pow, small=True)
    one = {"abs": abs, "repr": repr, "hash": lambda z: "nan" if z != z else hash(z)}
    for name, function in one.items():
        yield f"complex_{name}", lambda f=function: (lambda z: ([bits(z.real), bits(z.imag)], lambda: f(z)))(complex(c.float(), c.float()))


def parse_cases(c):
    r = c.random

    def literal(function, tag):
        def run(*arguments):
            try:
                return function(*arguments)
            except ValueError as error:
                text = str(error)
                if text.startswith(("could not convert", "invalid literal")):
                    raise ValueError(tag(*arguments)) from None
                raise
        return run
    floats = literal(float, lambda text: "float")
    complexes = literal(complex, lambda text: "complex")
    ints = literal(int, lambda text, base: f"int {base}")

    def make(function, alphabets, longest):
        def run():
            text = c.text(r.choice(alphabets), longest)
            return [encode(text)], lambda: function(text)
        return run
    yield "parse_float", make(floats, ["0123456789.e+-_ ", "12.e-", "infatyINFATY+- ", "1_0.e٣\u3000 é"], 12)
    yield "parse_float", lambda: (lambda t: ([encode(t)], lambda: floats(t)))(f"{c.int(2000)}.{abs(c.int(2000))}e{r.randint(-400, 400)}")
    yield "parse_float", lambda: (lambda t: ([encode(t)], lambda: floats(t)))(("%.*e" if r.random() < 0.5 else "%.*f") % (r.randint(0, 30), c.float()))
    yield "parse_hex", make(float.fromhex, ["0123456789abcdefxp.+- ", "01fxp.+-", "infa-+ ", "0x1p-"], 12)

    def hexadecimal():
        digits = c.text("0123456789abcdef", 30)
        text = f"{r.choice(['', '-', '+'])}{r.choice(['', '0x'])}{digits}{r.choice(['', '.'])}{c.text('0008f', 20)}{r.choice(['', 'p' + str(r.randint(-1200, 1100))])}"
        return [encode(text)], lambda: float.fromhex(text)
    yield "parse_hex", hexadecimal
    yield "parse_complex", make(complexes, ["0123456789.ej+-_ ()", "1j+-() ", "infj+-", "1.5e+-j_"], 9)
    yield "parse_complex", lambda: (lambda t: ([encode(t)], lambda: complexes(t)))(repr(complex(c.float(), c.float())))

    def integer():
        base = r.choice([0, 10, 2, 8, 16, 36, 7, r.randint(-2, 40)])
        if r.random() < 0.5:
            text = c.text(r.choice(["0123456789", "01_", "0xXoObB_12fz", " +-12", "0١٢_ é\x1c"]), 30 if r.random() < 0.3 else 7)
        else:
            text = r.choice(["", "-", "+", " "]) + r.choice(["", "0x", "0o", "0B", "0x_"]) + c.text("0123456789", 60) + c.text("_z ", 2)
        return [encode(text), base], lambda: ints(text, base)
    yield "parse_int", integer
    yield "parse_int", lambda: (lambda t, b: ([encode(t), b], lambda: ints(t, b)))("1" * r.randint(4295, 4305) + r.choice(["", "", "x", "_1", " "]), r.choice([10, 7, 16, 0]))


def format_cases(c):
    r = c.random
    kinds = "bcdeEfFgGnosxX%"

    def spec():
        if r.random() < 0.15:
            return c.text("<>=^+- z#0123456789,._dfegGxXbcosn%é\n", 6)
        parts = [r.choice(["", "", c.text("*0 é", 1) + r.choice("<>=^")]), r.choice(["", "", "+", "-", " "]), r.choice(["", "", "", "z"]),
                 r.choice(["", "", "#"]), r.choice(["", "", "0"]), r.choice(["", "", str(r.randint(0, 45))]), r.choice(["", "", "", ",", "_", "_,"]),
                 r.choice(["", "", "." + str(r.randint(0, 25)) + r.choice(["", "", ",", "_"]), ".", ".,", "._"])]
        return "".join(parts) + r.choice(["", r.choice(kinds)])

    def make(value, arguments):
        def run():
            text, subject = spec(), value()
            return [encode(text)] + arguments(subject), lambda: format(subject, text)
        return run
    yield "format_int", make(lambda: c.int(), lambda a: [a])
    yield "format_int", make(lambda: r.randint(-5000, 2000000), lambda a: [a])
    yield "format_float", make(c.float, lambda x: [bits(x)])
    yield "format_float", make(c.float, lambda x: [bits(x)])
    yield "format_complex", make(lambda: complex(c.float(), c.float()), lambda z: [bits(z.real), bits(z.imag)])
    yield "format_complex", make(lambda: complex(0, c.float()), lambda z: [bits(z.real), bits(z.imag)])
    yield "format_str", make(lambda: c.text("abcé€😀", 8), lambda s: [encode(s)])

    def percent(kinds, value, argument):
        def run():
            flags, width, precision = c.text("-+ #0", 4), r.choice(["", str(r.randint(0, 30))]), r.choice(["", "", str(r.randint(0, 30))])
            kind, subject = r.choice(kinds), value()
            # A leading zero of the width would be a flag.
            width = width.lstrip("0")
            directive = f"%{flags}{width}{'.' + precision if precision else ''}{kind}"
            return [flags, width, precision, kind, argument(subject)], lambda: directive % subject
        return run
    yield "percent_int", percent("diuoxX", c.int, str)
    yield "percent_float", percent("eEfFgG", c.float, bits)


TRANSCENDENTAL = {"float_" + name for name in
                  "acos acosh asin asinh atan atanh cbrt cos cosh erf erfc exp exp2 expm1 gamma lgamma log1p sin sinh tan tanh log log2 log10 pow mathpow".split()} | {
                      "complex_pow", "complex_abs", "int_log", "int_log2", "int_log10", "int_pow"}


def near(expected, got):
    """Whether two texts are floats or complex numbers that differ in the last places only."""
    try:
        a, b = complex(expected), complex(got)
    except ValueError:
        return False
    scale = max(abs(a.real), abs(a.imag))
    return all(x == y or (x != x and y != y) or abs(x - y) <= max(1e-13 * scale, 1e-320) for x, y in ((a.real, b.real), (a.imag, b.imag)))


def escape(text):
    """As Rust's `char::escape_default`."""
    special = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "'": "\\'", '"': '\\"', "\\": "\\\\"}
    return "".join(special.get(ch) or (ch if " " <= ch <= "~" else f"\\u{{{ord(ch):x}}}") for ch in text)


def main():
    binary = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    c = Cases(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    lines, answers, names = [], [], []
    for group in (int_cases, float_cases, complex_cases, parse_cases, format_cases):
        for name, make in group(c):
            for _ in range(count):
                arguments, run = make()
                try:
                    result = run()
                    result = unlimited_str(result)
                except Exception as error:
                    result = show_error(error)
                lines.append("\t".join([name, *map(unlimited_str, arguments)]))
                answers.append(result)
                names.append(name)
    output = subprocess.run([binary], input="\n".join(lines) + "\n", capture_output=True, text=True)
    got = output.stdout.split("\n")[:-1]
    if len(got) != len(lines):
        print(f"stopped after {len(got)} of {len(lines)}: {lines[len(got)][:300]}\n{output.stderr[-2000:]}")
    different, close = {}, {}
    for line, name, expected, answer in zip(lines, names, answers, got):
        if escape(expected) == answer:
            continue
        if name in TRANSCENDENTAL and near(expected, answer):
            close[name] = close.get(name, 0) + 1
            continue
        shown = different.setdefault(name, [])
        shown.append((line, escape(expected), answer))
    for name, cases in different.items():
        print(f"{name}: {len(cases)} different")
        for line, expected, answer in cases[:6]:
            print(f"    {line[:200]}\n        CPython {expected[:200]}\n        here    {answer[:200]}")
    print(f"{len(got)} cases, {sum(map(len, different.values()))} different, in the last places: {close}")


def unlimited_str(value):
    """The text of a value, of an integer beyond the digit limit too."""
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return str(value)
    finally:
        sys.set_int_max_str_digits(limit)


if __name__ == "__main__":
    main()
