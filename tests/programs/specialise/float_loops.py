"""Float arithmetic in loops: sums that drift, infinities, NaN that spreads, signed zeros, ints mixed in, overflow and exact halves."""
import math


def series(n):
    total, sign = 0.0, 1.0
    for k in range(n):
        total += sign / (2 * k + 1)
        sign = -sign
    return total * 4


def newton(x):
    guess = x / 2
    for _ in range(60):
        guess = (guess + x / guess) / 2
    return guess


def grow(x, factor, n):
    for i in range(n):
        x *= factor
        if math.isinf(x):
            return i
    return x


def mandel(c, n=80):
    z = 0j
    for i in range(n):
        z = z * z + c
        if abs(z) > 2:
            return i
    return n


print(series(2000), newton(2.0), newton(10), grow(1.5, 2.0, 2000), grow(1.0, 0.5, 1100), grow(-1.0, -2, 3000), [mandel(complex(x / 4, 0.3)) for x in range(-8, 3)])


def mixed(values):
    out = values[0]
    for v in values[1:]:
        out = out * v - v / 3 + (v // 2) % 5
    return out


for values in ([1.5, 2, 3.25, True], [1, 2, 3], [0.1] * 50, [float("inf"), 1.0], [float("nan"), 2], [-0.0, 0.0, 1e-320], [1e308, 10, 0.1], [2**70, 0.5]):
    for _ in range(30):
        out = mixed(values)
    print(repr(out), end=" ")
print()
acc = 0.0
for i in range(1000):
    acc += 0.1
    acc -= 0.1 if i % 2 else 0
print(acc, acc == 50.0, -0.0 + 0.0, -0.0 - 0.0, 0.0 * -1, math.copysign(1, -0.0 * 1), [x % 0.3 for x in (1.0, -1.0, 0.3)], [divmod(x, -0.7) for x in (2.0, -2.0)], 7.0 // 0.1, 1e16 + 1 - 1e16, 0.1 + 0.2)
