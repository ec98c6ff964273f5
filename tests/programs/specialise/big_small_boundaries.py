"""Arithmetic on both sides of every boundary of small integers, in hot loops, with every operator."""
import operator

EDGES = [2**30, 2**31, 2**32, 2**60, 2**61, 2**62, 2**63, 2**64]
VALUES = sorted({sign * (edge + delta) for edge in EDGES for delta in (-1, 0, 1) for sign in (1, -1)} | {0, 1, -1, 2, -2, 7, -7})
OPERATORS = [operator.add, operator.sub, operator.mul, operator.floordiv, operator.mod, operator.and_, operator.or_, operator.xor]


def digest(results):
    out = 0
    for r in results:
        out = (out * 1000003 + (r & 0xFFFFFFFFFFFF) + r.bit_length()) % (2**61 - 1)
    return out


def check(op, values):
    results = []
    for a in values:
        for b in values:
            try:
                results.append(op(a, b))
            except ZeroDivisionError:
                results.append(-99)
    return results


for op in OPERATORS:
    results = check(op, VALUES)
    print(op.__name__, digest(results), sum(r.bit_length() for r in results))


def inline(values):
    out = []
    for a in values:
        for b in (1, -1, 3, 2**31, 2**62):
            out += [a + b, a - b, a * b, a // b, a % b, a & b, a | b, a ^ b, -a, ~a, abs(a), +a]
    return out


print(digest(inline(VALUES)), all(type(r) is int for r in inline(VALUES)))


def shifts(values):
    out = []
    for a in values:
        for n in (0, 1, 29, 30, 31, 61, 62, 63, 64, 100):
            out += [a << n, a >> n]
    return out


print(digest(shifts(VALUES)))


def identities(values):
    for a in values:
        for b in values:
            assert (a + b) - b == a and (a - b) + b == a and a ^ b ^ b == a
            if b:
                q, r = divmod(a, b)
                assert q * b + r == a and abs(r) < abs(b) and (r == 0 or (r > 0) == (b > 0)), (a, b)
                assert (a * b) // b == a
            assert (a < b) == (b > a) == (float(a) < float(b) or (float(a) == float(b) and a < b))
            assert (a == b) == (hash(a) == hash(b) and str(a) == str(b))
    return "hold"


print(identities(VALUES))


def count_up(start, turns):
    n = start
    for _ in range(turns):
        n += 1
    for _ in range(turns):
        n -= 1
    return n


print([count_up(edge - 50, 100) == edge - 50 for edge in EDGES])


def powers():
    return [3**n % 1000 for n in range(36, 44)], [(-2) ** n for n in (61, 62, 63, 64)], [2**-1, (-2) ** -3, 0**0], pow(7, 2**64, 2**61 - 1)


print(powers(), [n.bit_length() for n in VALUES[:5]], [n.bit_count() for n in VALUES[-5:]], [int(float(n)) - n for n in VALUES[-4:]])
print([str(n) for n in VALUES[::6]], [hex(n) for n in VALUES[::9]], [f"{n:,}" for n in VALUES[::9]])
print([n.to_bytes(9, "little", signed=True).hex() for n in VALUES[::10]], [hash(n) for n in VALUES[::5]])
