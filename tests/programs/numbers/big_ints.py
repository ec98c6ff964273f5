"""Huge ints: arithmetic, shifts, bit operations, division signs, powers, conversions, limits of str digits."""
import sys

big = 2**200 + 12345678901234567890
neg = -(3**150)
print(big, neg, big * neg, big + neg, big - neg, neg // big, neg % big, divmod(neg, 10**20), divmod(big, -(10**20)))
print(big & neg, big | neg, big ^ neg, ~big, big << 70, big >> 100, neg >> 50, neg >> 500, big >> 1000, -1 >> 100, 1 << 200, -1 << 64)
for a in (7, -7, 2**70, -(2**70), 2**63, -(2**63), 2**62, -(2**62) - 1):
    for b in (3, -3, 2**40, -(2**64), 2**62):
        q, r = divmod(a, b)
        assert q * b + r == a and (r == 0 or (r < 0) == (b < 0)), (a, b)
        print(a // b, a % b, a & b, a | b, a ^ b, end="; ")
print()
print(2**0, 0**0, (-2) ** 3, (-2) ** 4, 2**-1, pow(3, 200, 1000007), pow(-3, 5, 7), pow(3, -1, 7), pow(2, 100, -7), pow(10, 50), pow(0, 0, 1), pow(5, 3, 1))
for value in (0, 1, -1, 255, 256, -256, 2**31, 2**63 - 1, 2**63, 2**64, -(2**64), 10**30):
    print(value.bit_length(), value.bit_count(), hex(value), oct(value), bin(value)[:20], value.__sizeof__() > 0, abs(value), -value, +value, bool(value), value.as_integer_ratio(), value.is_integer())
print(int("123456789" * 10), int("-0b101", 2), int("0xFf", 16), int("zz", 36), int("1_000_000"), int("  42\n"), int("0o17", 0), int("0b11", 0), int("0", 0), int("00", 0), int("٣٤"), int(b"12"), int(bytearray(b"7")), int("-7"), int("+7"))
for text in ("", " ", "1 2", "1__0", "_1", "1_", "0x", "0b2", "012", "1.0", "1e5", "--1", "½", "²", "１２", "\x00", "1\x00"):
    for base in (10, 0):
        try:
            print(repr(text), base, int(text, base))
        except ValueError as error:
            print(error)
print(int(3.99), int(-3.99), int(1e20), int(float(2**70)), int(True), round(15, -1), round(25, -1), round(35, -1), round(-15, -1), round(12345, -2), round(12345, 2), round(10**30 + 5 * 10**9, -10), int(round(2.5)), round(5, -1), round(5, -2))
for length, order, signed in ((4, "big", True), (4, "little", True), (10, "big", True), (1, "big", True), (4, "big", False)):
    for value in (0, 1, -1, 127, 128, -128, -129, 2**31 - 1, -(2**31), 2**31):
        try:
            data = value.to_bytes(length, order, signed=signed)
            assert int.from_bytes(data, order, signed=signed) == value
            print(data.hex(), end=" ")
        except OverflowError as error:
            print(error, end=" ")
print()
print((255).to_bytes(), int.from_bytes(b"\x01\x02"), int.from_bytes([1, 2], "little"), int.from_bytes(b"", "big"), int.from_bytes(b"\xff" * 20, signed=True), (0).to_bytes(0), int.from_bytes(b"\xff" * 20))
for action in (lambda: (1).to_bytes(0), lambda: (1).to_bytes(-1), lambda: (1).to_bytes(1, "middle"), lambda: int.from_bytes("ab"), lambda: int.from_bytes([256]), lambda: int.from_bytes(5), lambda: 1 << 2**70, lambda: 1 << -1, lambda: 5 % 0, lambda: pow(2, -1, 4), lambda: pow(2, 5, 0), lambda: float(10**400), lambda: 10**400 / 3, lambda: 1.0 * 10**400, lambda: int(float("inf")), lambda: int(float("nan")), lambda: range(10**30)[10**25], lambda: len(range(10**30)), lambda: [0] * 2**70, lambda: "a" * 2**70, lambda: [][2**70], lambda: int("1" * 5000), lambda: str(10**5000), lambda: int("f" * 5000, 16).bit_length(), lambda: 2**-10000, lambda: 10**400 // 10**399, lambda: 10**400 / 10**399, lambda: (2**1100) / (2**1000 + 1), lambda: 0 << 2**70, lambda: 5 >> 2**70, lambda: -5 >> 2**70):
    try:
        print(action())
    except (OverflowError, ValueError, ZeroDivisionError, TypeError, IndexError, MemoryError) as error:
        print(type(error).__name__, error)
print(sys.get_int_max_str_digits(), sys.int_info.default_max_str_digits, sys.int_info.str_digits_check_threshold)
sys.set_int_max_str_digits(0)
print(len(str(3**10000)), str(7**5000)[:20], str(7**5000)[-20:], int(str(7**5000)) == 7**5000, hash(7**5000))
sys.set_int_max_str_digits(700)
try:
    str(10**1000)
except ValueError as error:
    print(error)
try:
    sys.set_int_max_str_digits(100)
except ValueError as error:
    print(error)
import math

print(math.factorial(50), math.isqrt(10**41), math.gcd(2**100, 6**50), math.comb(100, 50), math.lcm(12, 18, 10**20), math.perm(20, 10), math.prod(range(1, 30)))
print(10**18 == 1e18, 2**53 + 1 == float(2**53 + 1), 2**53 + 1 < float(2**53 + 2), 10**400 > 1e308, 10**400 > float("inf"), -(10**400) < float("-inf"), 3 == 3.0 == 3 + 0j, 2**70 == 2.0**70, hash(2**70) == hash(2.0**70))
fib = [0, 1]
for _ in range(300):
    fib.append(fib[-1] + fib[-2])
print(fib[-1], sum(fib), fib[200] * fib[100] // fib[50])
print((1 << 62) + (1 << 62), (2**62 - 1) * 2, -(2**62) - 1, -(2**62) * 2, (2**31) * (2**31), (2**62) * (2**62), 4611686018427387903 + 1, -4611686018427387904 - 1, -(-4611686018427387904), abs(-4611686018427387904), 4611686018427387904 - 1, ~4611686018427387903)
