"""Generator expressions and functions as iterators: laziness, nesting, arguments, unpacking, builtins over them."""
import itertools


def naturals():
    n = 0
    while True:
        print("making", n)
        yield n
        n += 1


squares = (n * n for n in naturals())
print(next(squares), next(squares))
print(list(itertools.islice((x for x in naturals() if x % 2), 2)))
print(sum(x for x in range(5)), max((len(w), w) for w in "a bbb cc".split()), sorted((-x for x in range(3)), reverse=True))
print(dict((k, i) for i, k in enumerate("abc")), set(x % 2 for x in range(5)), tuple(c for c in "xy"), " ".join(str(x) for x in range(3)))
print(any(print("tested", x) or x > 1 for x in range(5)), all(x < 2 for x in itertools.count()))
a, b, *c = (x * 2 for x in range(5))
print(a, b, c)
g = (x for x in range(3))
print(2 in g, list(g))
g = (x for x in range(3))
print(list(zip(g, g)))
print(list(zip((x for x in range(3)), (y for y in "ab"))))
print([(x, y) for x in (i for i in range(2)) for y in (j for j in range(x + 1))])
print(list(x for x in range(10) if x % 2 if x % 3))
print(list((x, list(y for y in range(x))) for x in range(3)))
gen = (1 / x for x in (1, 0, 2))
print(next(gen))
try:
    next(gen)
except ZeroDivisionError as error:
    print(error)
print(next(gen, "exhausted after its error"))


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


print(list(itertools.islice(fib(), 10)), next(itertools.dropwhile(lambda v: v < 1000, fib())))


def sieve(numbers):
    prime = next(numbers)
    yield prime
    yield from sieve(n for n in numbers if n % prime)


print(list(itertools.islice(sieve(itertools.count(2)), 8)))


def primes_closure():
    numbers = itertools.count(2)
    while True:
        p = next(numbers)
        yield p
        numbers = (n for n in numbers if n % p)


print(list(itertools.islice(primes_closure(), 4)))


def pipeline(*stages):
    data = iter(range(10))
    for stage in stages:
        data = stage(data)
    return data


print(list(pipeline(lambda d: (x + 1 for x in d), lambda d: (x for x in d if x % 3 == 0), lambda d: (x * x for x in d))))


def flatten(items):
    for item in items:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


print(list(flatten([1, [2, [3, [], [4]], 5]])))


class Tree:
    def __init__(self, value, *children):
        self.value, self.children = value, children

    def __iter__(self):
        yield self.value
        for child in self.children:
            yield from child

    def depth_pairs(self, depth=0):
        yield depth, self.value
        for child in self.children:
            yield from child.depth_pairs(depth + 1)


tree = Tree("a", Tree("b", Tree("c")), Tree("d"))
print(list(tree), list(tree.depth_pairs()), "c" in tree, "".join(tree))


def windows(seq, n):
    it = iter(seq)
    window = list(itertools.islice(it, n))
    while len(window) == n:
        yield tuple(window)
        window = window[1:] + list(itertools.islice(it, 1))


print(list(windows(range(5), 3)))
genexp = (x for x in "ab")
print(genexp.gi_code.co_name, genexp.__qualname__, type(genexp).__name__, iter(genexp) is genexp)
print((lambda: (yield))().__next__(), list((lambda: (yield 5))()))


def empty():
    return
    yield


print(list(empty()), next(empty(), "none"))


def conditional_yield(flag):
    if flag:
        return [1, 2]
    yield 3


try:
    next(conditional_yield(True))
except StopIteration as stop:
    print(stop.value)
print(list(conditional_yield(False)))


def modifying():
    data = [1, 2, 3]
    for item in data:
        yield item
        if item == 1:
            data.append(4)


print(list(modifying()))
for source in ("(x for x in y for)", "(yield x for x in y)", "[x, y for x in z]", "f(x for x in y, z)", "(x for x in *y)", "(*x for x in y)", "{**x for x in y}", "{x: *y for x in z}", "(x for x, in y if z else w)"):
    try:
        compile(source, "s", "eval")
        print("fine", source)
    except SyntaxError as error:
        print(source, "->", error.msg)
