def numbers():
    return (1 + 2 * 3, -1, ~5, +2.5, not 1, 2 ** 100, 7 // -2, 7 % -2, 1 / 3, 0.1 + 0.2, 1 - 2j, -0.0, 1 << 60, 300, 255, 256)


def strings():
    return "ab" * 2, b"a" + b"b", "abc"[1], "abcdef"[1:-1], (1, 2, 3)[::2], "%s" % 1, ("a", ("b",)) * 2


def kept():
    return 1 / 0, "a" * 5000, 2 ** 1000, (0,)[1], 1 << -1


def displays(x):
    y = [1, 2, 3]
    z = {1, 2, 3}
    for i in [x, 1]:
        if i in {1, True, 2.0, "a"} or i not in [1, 2]:
            return [], (), {}, [1], {x}
    return (x, *y), [*y, 1], {"a": 1, **z}, f"{x!r:>{i}} {y}"


def conditions(a):
    if True and a:
        return 1
    if 0 or "":
        return 2
    while 1:
        if __debug__:
            return None is a


def long_list(a):
    for i in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]:
        a(i)
