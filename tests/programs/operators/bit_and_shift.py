"""Bitwise operators and shifts on ints, bools, sets, dicts, flags and user classes, with precedence."""
values = (0, 1, -1, 5, -6, 255, -256, 2**31, -(2**31), 2**63 - 1, -(2**63), 2**100, -(2**100) + 1)
for a in values:
    print(a, [a & b for b in (1, -1, 255, 2**63)], [a | b for b in (1, -1, 2**63)], [a ^ b for b in (1, -1, 2**63)], ~a)
for a in (1, -1, 5, -5, 2**40, -(2**70)):
    print(a, [a << n for n in (0, 1, 31, 62, 63, 64)], [a >> n for n in (0, 1, 31, 62, 63, 64, 100)])
print(True & False, True | 2, True ^ True, ~5, type(True & True).__name__, type(True & 1).__name__, type(True << 1).__name__, True + True, -True)
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(~eval("True"), [str(w.message)[:60] for w in caught])
print(1 | 2 ^ 3 & 4 << 1 + 1, 1 << 2 << 3, 256 >> 2 >> 1, ~1 & 3, -1 >> 1, 5 & 3 == 1, (5 & 3) == 1, 1 + 2 << 3, not 1 & 0, 2 ** 3 << 1, -2 ** 2 | 1, 10 & ~3)
print({1, 2} & {2, 3} | {9} - {9} ^ {4}, sorted({1: 1}.keys() | {2}), {"a": 1} | {"a": 2, "b": 3}, {1} | set() & {5})


class Bits:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"Bits({self.n:b})"

    def __and__(self, other):
        return Bits(self.n & getattr(other, "n", other))

    def __rand__(self, other):
        return ("rand", other)

    def __or__(self, other):
        return Bits(self.n | getattr(other, "n", other))

    def __xor__(self, other):
        return NotImplemented

    def __rxor__(self, other):
        return ("rxor", other)

    def __lshift__(self, n):
        return Bits(self.n << n)

    def __rlshift__(self, other):
        return ("rlshift", other)

    def __ilshift__(self, n):
        self.n <<= n
        return self

    def __invert__(self):
        return Bits(~self.n & 0xFF)

    def __index__(self):
        return self.n


b = Bits(0b1010)
print(b & 6, 6 & b, b | Bits(1), 5 ^ b, b << 2, 1 << b, ~b, bin(b), hex(b), oct(b), [0] * b, "%x" % b, format(int(b), "b"))
alias = b
b <<= 1
print(b, alias is b)
for source in ("b ^ 5", "b >> 1", "5 | b", "1.5 & 1", "'a' | 'b'", "1 << -1", "1 << 1.5", "[] & []", "None | 1", "b ^ b", "{} | []", "{1} & [1]", "~'a'", "~1.0", "1 << 10**20", "0 << 10**20", "1 >> 10**20", "-1 >> 10**20"):
    try:
        print(source, "=", eval(source))
    except (TypeError, ValueError, OverflowError, MemoryError) as error:
        print(source, "!", type(error).__name__, error)
n = 0xDEADBEEF
print((n >> 16) & 0xFFFF == 0xDEAD, n & -n, n & (n - 1) == n ^ 1, n.bit_count(), (n ^ (n >> 1)) & 0xFF, bin(n)[2:].count("1"), f"{n:032b}", int(f"{n:032b}"[::-1], 2), (n << 4 | n >> 28) & 0xFFFFFFFF, sum(1 << i for i in range(0, 32, 2)) & n)


def crc(data, poly=0xEDB88320):
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ poly if value & 1 else value >> 1
    return value ^ 0xFFFFFFFF


import zlib

print(hex(crc(b"hello")), crc(b"hello") == zlib.crc32(b"hello"))


def gray(n):
    return n ^ n >> 1


print([gray(i) for i in range(8)], [bin(gray(i) ^ gray(i + 1)).count("1") for i in range(8)])
x = 1
for _ in range(100):
    x = (x * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
print(x, x >> 33, (x ^ x << 13) & 0xFFFFFFFFFFFFFFFF)
