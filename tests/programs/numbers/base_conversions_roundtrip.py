"""Numbers written in every base by one's own code and read by int(), with signs, underscores, digits of other scripts and fractions."""
import string

DIGITS = string.digits + string.ascii_lowercase


def write(n, base):
    sign, n, out = "-" if n < 0 else "", abs(n), ""
    while True:
        n, r = divmod(n, base)
        out = DIGITS[r] + out
        if not n:
            return sign + out


def fraction(x, base, places):
    out = ""
    for _ in range(places):
        x *= base
        out += DIGITS[int(x)]
        x -= int(x)
    return out


for n in (0, 1, -1, 255, -1000, 2**64, -3**50, 10**30 + 7):
    assert all(int(write(n, b), b) == n and int(write(n, b).upper(), b) == n for b in range(2, 37))
    assert f"{n:b}" == write(n, 2) and f"{n:o}" == write(n, 8) and f"{n:x}" == write(n, 16) and f"{n:X}" == write(n, 16).upper()
    print(n, write(n, 3), write(n, 7), write(n, 36), f"{n:#_b}"[:30], f"{n:_x}", f"{n:,}", int("_".join(write(abs(n), 10)), 10) == abs(n))
print(fraction(0.1, 2, 20), fraction(0.625, 2, 5), fraction(1 / 3, 3, 5), (0.1).hex(), float.fromhex("0x.8"), int("٤٢"), int("４２"), int("\u0967\u0968"), "".join(chr(0x0966 + int(d)) for d in "907"), int("".join(chr(0x0966 + int(d)) for d in "907")))
gray = [n ^ n >> 1 for n in range(8)]
print([f"{g:03b}" for g in gray], [f"{n:08b}"[::-1] for n in (1, 6)], int("z" * 5, 36), [len(write(10**k, 12)) for k in range(5)], sum(int(d) for d in str(2**100)), int(str(12345)[::-1]), [int(c, 16) for c in "fF0"])
balanced = lambda n: balanced((n + 1) // 3) + "-0+"[(n + 1) % 3] if n else ""
print([balanced(n) for n in (1, 2, 5, 8, 40, -4)])
