def match(subject):
    match subject:
        case 0 | -1 | "a":
            return 1
        case None | True:
            return 2
        case [a, b, *rest] if a > b:
            return rest
        case {"key": value, **others}:
            return value, others
        case Point(x, y=0) as point:
            return x, point
        case (a, (b, _)):
            return a, b
        case [1, [2 | 3 as c]]:
            return c
        case _:
            return None


def calls(f, a, *b, **c):
    f(a)(*b, **c)
    f.method(a, key=1)
    f.method(*b, 1, k=2, **c)
    a.b[c].d = f[1:2]
    a.b += 1
    a[1], *b = f
    del a.b, b[0], c
    print(t"{a}{b!r:x}", sep="")
    import x.y as z, w.v
    from . import u as t
    return any(i for i in b)
