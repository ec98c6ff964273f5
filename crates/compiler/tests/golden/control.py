def loops(items, limit):
    for item in items:
        if not item:
            continue
        while limit and item < limit or item is None:
            item += 1
            if item == 7:
                break
        else:
            return item
        print(item)
    else:
        limit = 0
    return limit


def chains(a, b, c):
    if a < b < c and not (a is not None or b in [1, 2, 3]):
        return a if b else c
    assert a, "never"
    x = a and (b or c)
    return x is None


def dead(a):
    while True:
        if a:
            return 1
        pass
    return 2


def swaps(a, b, c):
    a, b = b, a
    a, b, c = c, a, b
    (a, b), *c = c, a
    return a, b, c


def maybe_unbound(flag):
    if flag:
        x = 1
    del flag
    print(x, flag)
    return x + x


def is_none(a, b):
    while a is not None:
        if b is None:
            a = b
            continue
        b = a
