"""Iterators that come back after their end, return themselves, lie about lengths, change their __next__, and are shared."""
import itertools


class Zombie:
    def __init__(self):
        self.calls = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.calls += 1
        if self.calls % 3 == 0:
            raise StopIteration(self.calls)
        return self.calls


z = Zombie()
print(list(z), list(z), [*z], next(z, "no"), tuple(z), sum(z))
z = Zombie()
print([(a, b) for a, b in zip(z, z)], list(zip(z, [1, 2, 3])), z.calls)
mapped = map(lambda a: a, Zombie())
print(list(mapped), list(mapped), list(filter(None, Zombie())), list(enumerate(Zombie())), list(itertools.chain(z := Zombie(), z)))


class Hints:
    def __init__(self, hint):
        self.hint = hint

    def __iter__(self):
        return iter("abc")

    def __length_hint__(self):
        return self.hint


for hint in (0, 3, 100, -1, NotImplemented, "x", 2**70, None):
    try:
        print(list(Hints(hint)), end=" ")
    except Exception as error:
        print(type(error).__name__, error, end=" ")
print()


class Lies(list):
    def __len__(self):
        return 10

    def __iter__(self):
        return iter([7])


print(list(Lies([1, 2])), [*Lies([1, 2])], tuple(Lies([1, 2])), sorted(Lies([1, 2])), len(Lies()), sum(Lies([1, 2])), list(map(str, Lies([1]))), max(Lies([1])))


class Late:
    def __iter__(self):
        return self


late = Late()
try:
    iter(late)
except TypeError as error:
    print(error)
Late.__next__ = lambda self: 5
print(next(iter(late)), list(itertools.islice(late, 3)))
late.__next__ = lambda: "instance"
print(next(late))
Late.__iter__ = None
try:
    iter(late)
except TypeError as error:
    print(error)
Late.__getitem__ = lambda self, i: "abc"[i]
try:
    print(list(late))
except TypeError as error:
    print(error)
del Late.__iter__
print(list(late), "b" in late, list(zip(late, late)), dict(enumerate(late)), max(late))
counter = itertools.count()
print(list(iter(lambda: next(counter), 4)), list(iter("xyz".__iter__().__next__, "z")))
calls = iter(lambda: 1 / 0, 5)
for _ in range(2):
    try:
        next(calls)
    except ZeroDivisionError as error:
        print(error)
shared = iter(range(10))
print([next(shared) + next(shared) for _ in range(3)], list(itertools.takewhile(lambda n: n < 8, shared)), list(shared))


def stops():
    raise StopIteration("inside")


print(list(map(lambda x: stops() if x == 2 else x, [1, 2, 3])), [x for x in map(lambda x: x, [1])], list(filter(lambda x: stops() if x > 1 else True, [1, 2, 3])))
try:
    print([stops() for _ in "a"])
except StopIteration as stop:
    print("comprehension let through", stop.value)
try:
    print(list(stops() for _ in "a"))
except RuntimeError as error:
    print(error, "|", repr(error.__cause__))
for bad in (lambda: next(5), lambda: next([]), lambda: iter(5), lambda: iter(5, 6), lambda: next(iter([]), *[]), lambda: list(zip(5)), lambda: [*5], lambda: enumerate(), lambda: reversed({1}), lambda: reversed(iter([])), lambda: iter()):
    try:
        print(bad())
    except (TypeError, StopIteration) as error:
        print(type(error).__name__, error)
it = iter([1, 2, 3])
print(it.__length_hint__(), next(it), it.__length_hint__(), it.__reduce__()[1:], list(it), it.__length_hint__(), it.__setstate__(0), list(it))
rev = reversed([1, 2, 3])
print(next(rev), rev.__length_hint__(), list(rev), list(rev))
