"""Generators that are resumed by other frames, threads and generators, hot and cold, with other types each time."""
import threading


def accumulate():
    total = None
    while True:
        item = yield total
        total = item if total is None else total + item


def feed(generator, items):
    for item in items:
        out = generator.send(item)
    return out


def start():
    generator = accumulate()
    next(generator)
    return generator


print(feed(start(), range(2000)))
print(feed(start(), [2**62] * 100))
print(feed(start(), [0.5] * 100 + [2**70]))
print(feed(start(), ["ab"] * 50)[-6:])
print(feed(start(), [[1]] * 5))
generator = start()
feed(generator, range(500))
try:
    feed(generator, ["text"])
except TypeError as error:
    print(error, generator.gi_frame)
generator = start()
results = []


def worker(low):
    results.append(feed(generator, range(low, low + 100)))


for low in range(0, 500, 100):
    thread = threading.Thread(target=worker, args=(low,))
    thread.start()
    thread.join()
print(results)


def driver(generator):
    answer = None
    while True:
        value = yield answer
        try:
            answer = generator.send(value)
        except (TypeError, StopIteration) as error:
            answer = f"{type(error).__name__} {error}"


inner = start()
outer = driver(inner)
next(outer)
for value in (1, 2.5, 3, "x", 4):
    print(outer.send(value), end="; ")
print()


def countdown(n):
    while n:
        yield n
        n -= 1


def hot_loop(make):
    total = 0
    for item in make:
        total += item
    return total


print([hot_loop(countdown(n)) for n in (1000, 0, 10)], hot_loop(range(10)), hot_loop([1.5, 2]), hot_loop(iter({3: 1})))


def reentrant():
    yield 1
    try:
        next(me)
    except ValueError as error:
        yield str(error)
    yield 3


for _ in range(30):
    me = reentrant()
    out = list(me)
print(out)


def recursive(depth):
    if depth:
        yield depth
        yield from recursive(depth - 1)


for _ in range(20):
    out = sum(recursive(60))
print(out)
