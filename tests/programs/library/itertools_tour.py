"""itertools: every function with its corners, laziness, shared iterators, errors."""
import itertools as it
import operator


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, error)


take = lambda n, x: list(it.islice(x, n))
print(take(3, it.count()), take(3, it.count(5, -2)), take(3, it.count(0.5, 0.25)), take(2, it.count(2**63 - 1)), take(2, it.count(1j)), repr(it.count(3)), repr(it.count(1, 2)), repr(it.count(1.5)), take(5, it.cycle("ab")), list(it.cycle([])), list(it.repeat(1, 2)), list(it.repeat(1, -1)), repr(it.repeat("a")), repr(it.repeat("a", 3)), operator.length_hint(it.repeat(1, 5)))
print(list(it.accumulate([1, 2, 3])), list(it.accumulate([1, 2, 3], operator.mul)), list(it.accumulate([1, 2], initial=10)), list(it.accumulate([])), list(it.accumulate([], initial=5)), list(it.accumulate("abc")), list(it.accumulate([3, 1, 2], max)))
print(list(it.chain("ab", [1], ())), list(it.chain()), list(it.chain.from_iterable(["ab", "c"])), list(it.compress("abcdef", [1, 0, 1, 0, 1])), list(it.dropwhile(lambda x: x < 3, [1, 4, 2])), list(it.takewhile(lambda x: x < 3, [1, 4, 2])), list(it.filterfalse(None, [0, 1, "", "a"])), list(it.filterfalse(lambda x: x % 2, range(5))))
print(list(it.islice("abcdefg", 2)), list(it.islice("abcdefg", 2, 4)), list(it.islice("abcdefg", 2, None)), list(it.islice("abcdefg", 0, None, 3)), list(it.islice("abc", 0)), list(it.islice("abc", 5, 10)), list(it.islice([], None)))
print(list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.zip_longest("ab", "c")), list(it.zip_longest("ab", "c", [1, 2, 3], fillvalue="-")), list(it.zip_longest()), list(it.pairwise("abcd")), list(it.pairwise("a")), list(it.batched("abcdefg", 3)), list(it.batched([], 2)), list(it.batched("abcd", 2, strict=True)))
print(list(it.product("ab", [1, 2])), list(it.product("ab", repeat=2)), list(it.product()), list(it.product("ab", [])), list(it.permutations("abc", 2)), list(it.permutations("ab")), list(it.permutations("ab", 3)), list(it.permutations([], 0)), list(it.combinations("abcd", 2)), list(it.combinations("ab", 3)), list(it.combinations("ab", 0)), list(it.combinations_with_replacement("abc", 2)), len(list(it.permutations(range(6)))))
for key, group in it.groupby("AAAbbCaa", key=str.lower):
    print(key, list(group), end="; ")
print([(k, len(list(g))) for k, g in it.groupby([1, 1, 2, 1])], list(it.groupby([])))
groups = it.groupby("aab")
key, first = next(groups)
key2, second = next(groups)
print(key, list(first), key2, list(second))
a, b, c = it.tee(iter([1, 2, 3]), 3)
print(next(a), next(a), list(b), list(a), list(c), it.tee([], 0), len(it.tee("x")), [list(x) for x in it.tee(it.tee("ab")[0])])
source = iter(range(10))
print(list(zip(source, it.islice(source, 2))), next(source))
print(list(it.chain(it.islice(source, 2), "x", source)))
shared = iter("abcdef")
print(list(it.takewhile(lambda ch: ch < "c", shared)), next(shared))
attempt(lambda: it.islice("a", -1), lambda: it.islice("a", 1, 2, 0), lambda: it.islice("a", "b"), lambda: it.islice("a"), lambda: it.count("a"), lambda: it.repeat(), lambda: it.repeat(1, "a"), lambda: it.permutations("a", -1), lambda: it.combinations("a", -1), lambda: it.combinations("a"), lambda: it.product("a", repeat=-1), lambda: it.product(5), lambda: it.tee("a", -1), lambda: it.tee(5), lambda: it.batched("a", 0), lambda: list(it.batched("abc", 2, strict=True)), lambda: it.chain(5).__next__(), lambda: it.zip_longest("a", bad=1), lambda: list(it.starmap(pow, [1])), lambda: list(it.accumulate([1, "a"])), lambda: it.groupby(), lambda: it.cycle(5), lambda: it.pairwise(5), lambda: it.compress("a"), lambda: list(it.dropwhile(5, [1])), lambda: it.product("a", rep=2))


def failing():
    yield 1
    raise ValueError("source failed")


for wrap in (lambda s: it.chain([0], s), lambda s: it.accumulate(s), lambda s: it.islice(s, 5), lambda s: it.zip_longest(s, [9, 8]), lambda s: it.pairwise(s), lambda s: it.batched(s, 2), lambda s: it.compress(s, it.repeat(1)), lambda s: it.starmap(lambda *x: x, ([v] for v in s)), lambda s: it.groupby(s), lambda s: it.cycle(s), lambda s: map(str, s), lambda s: filter(None, s), lambda s: enumerate(s), lambda s: zip(s, s), lambda s: it.takewhile(bool, s)):
    got = []
    try:
        for x in wrap(failing()):
            got.append(x if not isinstance(x, tuple) or not hasattr(x[-1], "__next__") else x[0])
    except ValueError as error:
        print(got, error, end="; ")
print()
import copy

print(list(enumerate("ab", 5)), list(enumerate("ab", start=2**63)), next(iter(zip([1], [2]))), list(zip()), list(zip("a")), list(map(lambda *a: a, "ab", [1, 2, 3])), list(map(None, []) if False else []), list(filter(None, [0, 1])), list(reversed("ab")), list(iter([1, 2, 3].pop, 1)))
print(sum(it.islice(it.count(1), 100)), "".join(it.chain.from_iterable(it.repeat("ab", 3))), dict(zip("abc", it.count())), list(it.chain(*[[1], [2, [3]]])), sorted(it.chain("b", "a")), max(it.accumulate([1, -5, 10])), list(zip(*[iter("abcdef")] * 2)), [*it.starmap(divmod, [(7, 2)])], all(it.repeat(True, 5)))
