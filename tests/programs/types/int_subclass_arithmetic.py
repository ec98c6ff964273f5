"""Subclasses of int, float, str, tuple and list in arithmetic, conversions and containers: which class results come in."""
import math
import operator


class I(int):
    def __repr__(self):
        return f"I({int(self)})"


class F(float):
    pass


class S(str):
    pass


class T(tuple):
    pass


class L(list):
    pass


class B(bytes):
    pass


def kind(value):
    return type(value).__name__


i = I(5)
print([kind(v) for v in (i + 1, 1 + i, -i, +i, abs(i), ~i, i // 2, i % 3, i ** 2, divmod(i, 2)[0], i << 1, i & 7, int(i), round(i), round(i, -1), math.floor(i), i.real, i.numerator, i.conjugate(), math.trunc(i), operator.index(i), I(i), I("7"), I.from_bytes(b"\1"), sum([i]), max(i, 3), [i][0], {i: 1}.popitem()[0], range(i).stop, slice(i).stop)])
f = F(2.5)
print([kind(v) for v in (f + 1, -f, +f, abs(f), f // 1, f % 2, float(f), round(f), round(f, 1), f.real, F.fromhex("0x1p3"), f.conjugate(), F(f), f.__trunc__(), math.sqrt(f), f * I(2), I(2) * f)])
s = S("abc")
print([kind(v) for v in (s + "d", "d" + s, s * 2, s[0], s[:], s[1:], s.upper(), s.strip(), s.replace("z", "y"), s.split("z")[0], str(s), s.join([]), s.join(["x"]), "".join([s]), f"{s}", f"{s:>5}", format(s), s.ljust(1), s.partition("z")[0], s.translate({}), s.expandtabs(), s.zfill(1), s.casefold(), [*s][0])])
t = T((1, 2))
print([kind(v) for v in (t + (3,), t * 1, t * 2, t[:], t[1:], tuple(t), T(t), (*t,), t + T(), T(t[:]), () + t)])
l = L([1, 2])
print([kind(v) for v in (l + [3], l * 2, l[:], l.copy(), list(l), [*l], sorted(l), L(l) + L())], kind(operator.iadd(l, [5])), kind(operator.imul(l, 1)), l)
b = B(b"ab")
print([kind(v) for v in (b + b"c", b * 1, b[:], b[1:], bytes(b), b.upper(), b.replace(b"z", b""), b.strip(), B.fromhex("00"), b"".join([b]), b % (), bytearray(b))])


class Meddling(int):
    def __add__(self, other):
        return NotImplemented

    __radd__ = lambda self, other: "radd"
    __int__ = lambda self: 99
    __index__ = lambda self: 77
    __hash__ = lambda self: 5
    __eq__ = lambda self, other: "eq"
    __bool__ = lambda self: False
    __float__ = lambda self: 1.25


m = Meddling(3)
print(1 + m, int(m), operator.index(m), hash(m), m == 3, bool(m), float(m), [0, 1, 2, 3][m], "ab" * m, range(10)[m], m * 2, hex(m), f"{m:d}", "%d" % m, math.sqrt(m), round(m), chr(m), list(range(m)), bytes([m]), (3).__eq__(m), {3: "three"}.get(m), m in [3], str(m), m.bit_length())
try:
    m + m
except TypeError as error:
    print(error)
for bad in (lambda: I("x"), lambda: I(None), lambda: I(1, 2), lambda: F("f"), lambda: T(5), lambda: B("s"), lambda: type("X", (int, str), {}), lambda: type("Y", (I, float), {}), lambda: type("Z", (int,), {"__slots__": ("a",)})):
    try:
        print(bad())
    except TypeError as error:
        print("TypeError", error)
    except ValueError as error:
        print("ValueError", error)
