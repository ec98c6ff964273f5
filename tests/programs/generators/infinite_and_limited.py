"""Infinite generators under islice, takewhile, zip, next with defaults and break; what has been consumed afterwards."""
from itertools import count, cycle, islice, repeat, takewhile, tee, zip_longest


def naturals(start=0):
    try:
        while True:
            yield start
            start += 1
    finally:
        log.append(start)


log = []
g = naturals()
print(list(islice(g, 3)), next(g), [x for x, _ in zip(g, "ab")], next(g))
g.close()
print(log, next(g, "closed"), list(g))
for n in naturals(10):
    if n > 12:
        break
print(n, log)
print(list(takewhile(lambda x: x < 3, naturals())), list(islice(cycle("ab"), 5)), list(repeat(0, 2)), list(islice(count(1, 0.5), 3)), list(islice(naturals(), 2, 9, 3)))
a, b = tee(naturals(5))
print(next(a), next(a), next(b), [x for x in islice(b, 3)], next(a))
primes = lambda: (n for n in count(2) if all(n % d for d in range(2, int(n**0.5) + 1)))
print(list(islice(primes(), 10)), dict(zip("abc", primes())), list(zip_longest("abc", islice(primes(), 1), fillvalue=0)))


def interleave(*gens):
    gens = [iter(x) for x in gens]
    while gens:
        for x in list(gens):
            try:
                yield next(x)
            except StopIteration:
                gens.remove(x)


print(list(interleave("abc", range(5), islice(naturals(), 2))), max(islice(naturals(), 100)), 7 in naturals(), any(x > 5 for x in naturals()))


def flatten(x):
    for item in x:
        if isinstance(item, (list, tuple)):
            yield from flatten(item)
        else:
            yield item


print(list(flatten([1, [2, (3, [4, []])], "ab"])), next(x for x in naturals() if x * x > 50), sum(1 for _ in islice(naturals(), 1000)))
