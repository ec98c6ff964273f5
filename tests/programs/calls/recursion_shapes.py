"""Recursion in its shapes: mutual, nested, through generators, memo, defaults as memory, Ackermann, Hanoi, permutations, quines of calls."""
from functools import cache


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


def ackermann(m, n):
    return n + 1 if m == 0 else ackermann(m - 1, 1) if n == 0 else ackermann(m - 1, ackermann(m, n - 1))


def hanoi(n, a="A", b="B", c="C"):
    if n:
        yield from hanoi(n - 1, a, c, b)
        yield a + c
        yield from hanoi(n - 1, b, a, c)


def permutations(items):
    return [[]] if not items else [[x, *rest] for i, x in enumerate(items) for rest in permutations(items[:i] + items[i + 1:])]


@cache
def partitions(n, largest=None):
    largest = n if largest is None else largest
    return 1 if n == 0 else sum(partitions(n - k, k) for k in range(1, min(n, largest) + 1))


def fib(n, memo={0: 0, 1: 1}):
    if n not in memo:
        memo[n] = fib(n - 1) + fib(n - 2)
    return memo[n]


def depth(x):
    return 1 + max(map(depth, x), default=0) if isinstance(x, list) else 0


Y = lambda f: (lambda x: x(x))(lambda x: f(lambda *a: x(x)(*a)))
print(even(100), odd(75), ackermann(2, 3), "".join(hanoi(3)), len(list(hanoi(8))), permutations([1, 2, 3]), partitions(60), fib(200), depth([1, [2, [3, []]]]), Y(lambda f: lambda n: 1 if n < 2 else n * f(n - 1))(15))
mutual = {"a": lambda n: [n, *mutual["b"](n - 1)] if n > 0 else ["a"], "b": lambda n: [-n, *mutual["a"](n - 2)] if n > 0 else ["b"]}
print(mutual["a"](10), (lambda f, n: f(f, n))(lambda f, n: n and n + f(f, n - 1), 50))
