"""Integers as bytes and bits: to_bytes and from_bytes at every border, bit operations of negative numbers, bases, digits' limit."""
import sys

for n in (0, 1, -1, 127, 128, -128, -129, 255, 256, 2**31, -2**31, 2**63 - 1, 2**63, -2**63, -2**63 - 1, 2**100, -2**100):
    out = []
    for length in (0, 1, 2, 8, 9, 13):
        for signed in (False, True):
            try:
                data = n.to_bytes(length, "big", signed=signed)
                assert int.from_bytes(data, "big", signed=signed) == n and int.from_bytes(data[::-1], "little", signed=signed) == n
                out.append(data.hex() or "empty")
            except OverflowError as error:
                out.append("neg" if "negative" in str(error) else "big")
    print(n, *out)
for n in (-1, -2, -255, -256, -2**62, -2**63, -2**64, 2**62 - 1, 12345678901234567890):
    print(n, n.bit_length(), n.bit_count(), n & 0xFFFF, n | 1, n ^ -1, ~n, n >> 3, n >> 1000, n << 2, n & -n, bin(n)[:12], hex(n), oct(n)[:10], n % 7, n // 7, -n // 7, divmod(n, -10))
print([int(str(b) * 3, 36) for b in (1, "z", "Az")], [int(f"{sign}{prefix}11", 0) for sign in ("", "-", "+") for prefix in ("", "0b", "0o", "0x")], int("0b11", 2), int("0xf", 16), int(b" 12 "), int("1_2_3"), int("\u0663\u0664"), int("ff", 16), int("-0"), int("+0x1", 16))
for args in (("0b2", 0), ("12", 2), ("", 10), ("1", -1), ("1", 40), ("_1",), ("1_",), ("0x", 16), (None,), ([],), ("1", "2"), (1, 2), ("\0",), ("1\0",), (b"1", 10), (bytearray(b"7"),), (memoryview(b"8"),), (b"\xff",), ("0_7", 0), ("07", 0), ("00", 0), (1.9,), (-1.9,), ("1.9",), ("9" * 30, 10), (2**70,), (True,)):
    try:
        print(int(*args), end=" ")
    except (ValueError, TypeError) as error:
        print(f"{type(error).__name__}: {error}", end="; ")
print()
limit = sys.get_int_max_str_digits()
for action in (lambda: str(10**limit), lambda: int("1" * (limit + 1)), lambda: len(str(10**(limit - 1))), lambda: f"{10**5000:x}"[:5], lambda: repr(10**limit), lambda: int("1" * 5000, 16) > 0, lambda: "%s" % 10**limit, lambda: sys.set_int_max_str_digits(100), lambda: sys.set_int_max_str_digits(-1), lambda: sys.set_int_max_str_digits(640), lambda: str(10**640), lambda: len(str(10**639)), lambda: sys.set_int_max_str_digits(0), lambda: len(str(10**6000)), lambda: sys.set_int_max_str_digits(limit)):
    try:
        print(action())
    except ValueError as error:
        print(error)
for bad in (lambda: (1).to_bytes(-1), lambda: (1).to_bytes(1, "middle"), lambda: int.from_bytes("ab"), lambda: int.from_bytes([256]), lambda: int.from_bytes([1, 2], "big"), lambda: int.from_bytes(b"\1\2", byteorder=5), lambda: (5).to_bytes(), lambda: True.to_bytes(2), lambda: int.from_bytes(b""), lambda: (-1).to_bytes(2), lambda: 1 << -1, lambda: 1 >> -1, lambda: 1 << 2**70, lambda: 0 << 2**70, lambda: int.from_bytes(5), lambda: int.from_bytes({1: 2, 3: 4}), lambda: (2**64).to_bytes(8), lambda: hex(1.5), lambda: bin("1"), lambda: chr(2**70), lambda: [1] * 2**70, lambda: range(2**70)[2**69], lambda: len(range(-2**70, 2**70)), lambda: (7).__pow__(-1, 10), lambda: pow(3, -1, 9), lambda: int.__add__(1, "a"), lambda: int.__new__(str), lambda: (5).real.imag, lambda: (10).as_integer_ratio(), lambda: (5).is_integer(), lambda: int.__floordiv__(7, 0)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print(sum(2**n for n in range(200)) == 2**200 - 1, 3**200 % 10**20, (10**50 + 7) // (10**25 + 3), (-(10**50)) % (10**25 + 3), 2**200 // 2**199, (2**200 + 1) & (2**199 | 1), (2**130 - 1) ^ (2**65 - 1) == (2**65 - 1) << 65, 7 ** 77 >> 100, 10**30 // 10**29, hash(2**61 - 1), hash(2**61), hash(-2**61), hash(-1), hash(10**100) == hash(10**100 % (2**61 - 1)))
