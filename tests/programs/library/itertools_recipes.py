"""itertools: every iterator, exhausted and endless ones, and the recipes built of them."""
import itertools as it
import operator
from collections import deque


def take(n, iterable):
    return list(it.islice(iterable, n))


print(take(4, it.count(10)), take(4, it.count(1.5, -0.5)), it.count(2, 3))
print(take(7, it.cycle('abc')), list(it.repeat('x', 3)), it.repeat(1, 2))
print(list(it.accumulate([1, 2, 3, 4])), list(it.accumulate([3, 1, 2], max)), list(it.accumulate([], initial=9)),
      list(it.accumulate([1, 2, 3], operator.mul, initial=10)))
print(list(it.batched('ABCDEFG', 3)), list(it.chain('ab', [1], ())), list(it.chain.from_iterable(['xy', 'z'])))
try:
    list(it.batched('ABCDEFG', 3, strict=True))
except ValueError as error:
    print(error)
print(list(it.combinations('abcd', 2)), list(it.combinations_with_replacement('ab', 3)))
print(list(it.permutations('abc', 2)), len(list(it.permutations(range(5)))), list(it.product('ab', repeat=2)))
print(list(it.compress('abcdef', [1, 0, 1, 0, 1, 1])), list(it.dropwhile(lambda x: x < 3, [1, 2, 3, 1])),
      list(it.takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(it.filterfalse(None, [0, 1, '', 'a'])))
for key, group in it.groupby(sorted(['apple', 'avocado', 'bean', 'blueberry', 'cherry'], key=lambda w: w[0]), lambda w: w[0]):
    print(key, list(group))
print(list(it.islice('abcdefg', 2, None, 2)), list(it.pairwise('abcd')), list(it.starmap(pow, [(2, 5), (3, 2)])))
a, b, c = it.tee(iter('xyz'), 3)
print(next(a), list(b), list(a), list(c))
print(list(it.zip_longest('abc', [1], fillvalue='-')))
groups = it.groupby('aabbc')
first_key, first_group = next(groups)
second_key, second_group = next(groups)
print(first_key, list(first_group), second_key, list(second_group))


def roundrobin(*iterables):
    iterators = map(iter, iterables)
    for active in range(len(iterables), 0, -1):
        iterators = it.cycle(it.islice(iterators, active))
        yield from map(next, iterators)


def sliding(iterable, n):
    iterator = iter(iterable)
    window = deque(it.islice(iterator, n - 1), maxlen=n)
    for x in iterator:
        window.append(x)
        yield tuple(window)


def sieve(n):
    data = bytearray((0, 1)) * (n // 2)
    for p in it.islice(it.compress(it.count(), data), 1, 5):
        data[p * p:n:p + p] = bytes(len(range(p * p, n, p + p)))
    return list(it.compress(it.count(), data))


print(''.join(roundrobin('ABC', 'D', 'EF')), list(sliding('ABCDE', 3)), sieve(60)[:12])
for call in (lambda: it.islice('abc', -1), lambda: it.repeat(), lambda: it.combinations('ab', -1), lambda: it.count('x'),
             lambda: it.batched('ab', 0), lambda: next(it.chain())):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
