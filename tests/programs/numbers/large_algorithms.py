# Numbers of so many words that products, quotients, roots, divisors and text are made by the algorithms for long ones.
import math
import sys

sys.set_int_max_str_digits(0)
PRIME = 2**89 - 1


def noise(bits, seed):
    value = pow(seed, 3**40, 1 << 4096) | 1
    while value.bit_length() < bits:
        value = value << value.bit_length() | value ^ (value >> 3)
    return value >> (value.bit_length() - bits)


def show(name, *values):
    print(name, *(f"{value.bit_length()}:{value % PRIME:x}" for value in values))


a, b, c = noise(400_000, 3), noise(270_000, 7), noise(50_001, 11)
show("products", a * b, a * a, a * -c, b * (1 << 300_000), ((1 << 300_000) - 1) ** 2)
show("quotients", *divmod(a * b + c, b), *divmod(-a, c), a // -b, a % -c, *divmod(a * b, a))
assert a * b // a == b and (a * b) % b == 0
show("shifted", a >> 123_457, (a << 77) // ((1 << 260_000) + 1))
show("roots", math.isqrt(a * a), math.isqrt(a * a - 1), math.isqrt(a))
assert math.isqrt(a * a) == a
divisor = noise(265_000, 13)
assert math.gcd(divisor * 30, divisor * 42) == divisor * 6
show("inverses", pow(c | 1, -1, 1 << 262_000), pow(1 << 999, -1, (1 << 262_000) - 1), pow(a * 2, -2, a * 2 * 12_345 + 1))
show("power", pow(3, 1000, b))
text = str(b)
print("text", len(text), text[:30], text[-30:])
assert int(text) == b and int("-" + text) == -b and int("0" * 50_000 + text) == b
print("bases", *(f"{int('10' * 30_000, base) % PRIME:x}" for base in (3, 7, 16, 36)))
print("formats", *(len(f"{b:{spec}}") for spec in ("d", ",", "_x", "+", "n")), len("%d" % -b))
print("rounded", str(round(c, -15_000))[:8], len(str(round(c, -15_000))))
