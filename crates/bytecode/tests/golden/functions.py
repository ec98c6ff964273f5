"""Parameters, closures, decorators, annotations, generics."""
from functools import wraps as _wraps


def everything(a, /, b, c=1, *args, d, e=2, **kwargs) -> None:
    """Has a docstring."""
    local = a + b * c
    del a
    return local, args, d, e, kwargs


def outer(x, y):
    def inner(z):
        nonlocal y
        y += z
        return lambda: x + y + z
    return inner


@_wraps(outer)
def generic[T: int, *Ts, **P = [int]](first: T, second: "P" = None) -> T:
    total: int = 0
    for i in range(10):
        total += i
        if i > first > 3:
            continue
        elif not second:
            break
    else:
        total = -1
    while total:
        total -= 1
    return f"{first!r:>{total}} and {second}" if total else f"{total:05}"


type Alias[K] = dict[K, "Alias[K]"]


def calls(f, xs, ks):
    f(*xs, 1, **ks, k=2)
    f(1, k=2)
    f.method(*xs)
    super().method(f)
    [*xs, *ks], {**ks, "a": 1}, {*xs}
    a, *b, (c, d) = xs
    a.b, c[d] = d, b
    assert a, "message"
    print(t"{a} {b!s:>10}")
