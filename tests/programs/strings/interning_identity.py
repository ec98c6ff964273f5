"""Identity and hashing of strings as programs may rely on: equality, constant folding, interning, hashing across types."""
import sys

a = "identifier_like"
b = "identifier_" + "like"
c = "".join(["identifier", "_like"])
print(a == b == c, a is b, sys.intern(c) is sys.intern(a), hash(a) == hash(c))
print(sys.intern("x y z") is sys.intern("".join(["x ", "y z"])))
try:
    sys.intern(5)
except TypeError as error:
    print(error)


class Sub(str):
    pass


try:
    sys.intern(Sub("a"))
except TypeError as error:
    print(error)
print(Sub("a") == "a", hash(Sub("a")) == hash("a"), {"a": 1}[Sub("a")], type(Sub("a") + "b").__name__, type(Sub("a")[:]).__name__, type(str(Sub("a"))).__name__, Sub("abc").upper())
s = "abc"
print(s[:] is s, str(s) is s, s.strip() is s, s.replace("x", "y") is s, s * 1 is s, "".join([s]) is s, s + "" is s, "" + s is s, s.ljust(3) is s, s.translate({}) == s)
print("" is "".join([]), s[0:0] == "", "a" is "abc"[0], chr(97) is "a")
t = (1, 2)
print(t[:] is t, tuple(t) is t, t * 1 is t, t + () is t, () + t is t, () is tuple([]), frozenset(f := frozenset([1])) is f)
bs = b"abc"
print(bs[:] is bs, bytes(bs) is bs, bs.replace(b"x", b"y") is bs, b"" is bytes())
print({1: "int", 1.0: "float", True: "bool"}, {0: 1, False: 2, 0.0: 3}, {"1": 1, 1: 2})
print(hash(1) == hash(1.0) == hash(True), hash(0.5) == hash(0.5), hash("") == hash(b"") == 0, hash(()) != hash(("",)))
from fractions import Fraction
from decimal import Decimal

print(hash(Fraction(1, 2)) == hash(0.5) == hash(Decimal("0.5")), {Fraction(2): 1}[2], {2.0: 1}[Decimal(2)], hash(2**61) == hash(1), hash(10**100) == hash(float(10**100)) or int(1e100) != 10**100)
x = 10**5
y = 10**5
print(x == y, x is x, None is None, (1,) == (1,), [] is not [])
print(id(a) == id(b), id([]) != id(list), type(id(a)).__name__)


def constant():
    return "constant", 1.5, (1, 2), b"x"


print(all(p is q for p, q in zip(constant(), constant())))
print(type("").__hash__ is str.__hash__, "é".encode() == b"\xc3\xa9", "a" != b"a", "a" == b"a", 1 == "1")
