"""Division, roots and divisors of numbers of many thousands of words with long runs of zeros and ones."""
import math

P = (1 << 61) - 1
BITS = 300_000


def show(*numbers):
    print(*[number % P for number in numbers], *[number.bit_length() for number in numbers])


big = 1 << 2 * BITS + 5
for a in (big, big - 1):
    for b in ((1 << BITS), (1 << BITS) + 1):
        show(*divmod(a, b), *divmod(-a, b))
show(math.isqrt(big), math.isqrt(big - 1))
three = 3 ** 162_000
show(math.gcd(three << 7, three * 5), math.gcd(big, 1 << BITS))
show(pow((1 << BITS) + 5, 5, 1 << BITS + 9), pow((1 << BITS) - 1, 3, (1 << BITS) + 1))
