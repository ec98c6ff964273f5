"""A pipeline of itertools and generators over a stream: windows, batches, run lengths, tees, merges, peeking."""
import heapq
import itertools as it
from collections import Counter, deque


def window(items, size):
    last = deque(it.islice(items := iter(items), size - 1), size)
    for item in items:
        last.append(item)
        yield tuple(last)


def run_lengths(items):
    return ((key, sum(1 for _ in group)) for key, group in it.groupby(items))


class Peek:
    def __init__(self, items):
        self.items, self.ahead = iter(items), deque()

    def __iter__(self):
        return self

    def __next__(self):
        return self.ahead.popleft() if self.ahead else next(self.items)

    def peek(self, default=None):
        if not self.ahead:
            self.ahead.extend(it.islice(self.items, 1))
        return self.ahead[0] if self.ahead else default

    def take_while(self, test):
        while self.ahead or self.peek(self) is not self:
            if not test(self.ahead[0]):
                return
            yield next(self)


def primes():
    found = {}
    for n in it.count(2):
        if n not in found:
            yield n
            found[n * n] = [n]
        else:
            for p in found.pop(n):
                found.setdefault(n + p, []).append(p)


stream = "aaabbbccdaa"
print(list(run_lengths(stream)), "".join(c * n for c, n in run_lengths(stream)) == stream)
print([sum(w) for w in window(range(10), 3)], list(window("ab", 5)))
print([*it.batched("abcdefg", 3)], [*map("".join, it.batched(stream, 4))])
peek = Peek(primes())
print(list(peek.take_while(lambda p: p < 30)), peek.peek(), next(peek), next(peek))
left, right = it.tee(primes())
print(list(it.islice(map(lambda a, b: b - a, left, it.islice(right, 1, None)), 15)))
print(list(it.islice(heapq.merge(it.count(0, 3), it.count(0, 5)), 12)))
print(Counter(map(len, it.accumulate("abcab", lambda a, b: a + b if b not in a else b))))
grid = [*it.product(range(3), repeat=2)]
print([*it.starmap(lambda a, b: a * 3 + b, grid)] == [*range(9)], list(it.pairwise(grid))[:2])
print(list(it.chain.from_iterable(it.repeat(n, n) for n in range(4))), list(it.compress("abcdef", it.cycle([1, 0]))))
print([*it.zip_longest("abc", range(2), fillvalue="-")], list(it.dropwhile(str.islower, "abCdE")), list(it.filterfalse(None, [0, 1, "", "x"])))
print(max(it.permutations([3, 1, 2])), len([*it.combinations(range(6), 3)]), [*it.combinations_with_replacement("ab", 2)])
a, b, c = it.tee(iter(range(5)), 3)
print(next(a), next(a), list(b), list(a), list(c))


def boom():
    yield 1
    raise ValueError("boom")


one, two = it.tee(boom())
for tee in (one, two):
    try:
        print(next(tee))
        next(tee)
    except (ValueError, StopIteration) as error:
        print(repr(error))
try:
    print(list(zip("ab", [1], strict=True)))
except ValueError as error:
    print(error)
try:
    print([*it.batched("abc", 2, strict=True)])
except ValueError as error:
    print(error)
