"""sum, max, any, sorted, join, dict and star-calls over generators in hot code, with generators that fail half-way."""


def numbers(n, fail=None):
    for i in range(n):
        if i == fail:
            raise LookupError(i)
        yield i


def take(*args):
    return len(args)


CONSUMERS = [sum, max, min, any, all, sorted, list, tuple, set, lambda g: "".join(map(str, g)), lambda g: dict((i, -i) for i in g), lambda g: take(*g), lambda g: [*g, 9], lambda g: 3 in g, lambda g: next(g), lambda g: [a for a, b in zip(g, g)],
             lambda g: (lambda a, *b: (a, b))(*g), bytes, frozenset, lambda g: list(map(lambda x: x * 2, g)), lambda g: list(filter(None, g)), lambda g: list(enumerate(g))[-1], lambda g: list(reversed(list(g)))]
for consumer in CONSUMERS:
    for _ in range(40):
        good = consumer(numbers(5))
    bad = []
    for fail in (0, 3):
        try:
            bad.append(consumer(numbers(5, fail)))
        except LookupError as error:
            bad.append(f"failed {error}")
    print(sorted(good) if isinstance(good, (set, frozenset)) else good, bad)
for empty in CONSUMERS[:9]:
    try:
        print(empty(numbers(0)), end=" ")
    except ValueError as error:
        print(error, end=" ")
print()
