"""Hot in, is, and == over sets, dicts, strings, ranges and classes, with elements that are equal but not identical."""


class Same:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1


class Never:
    def __eq__(self, other):
        return False

    def __hash__(self):
        return 1


def inside(x, it):
    return x in it, x not in it


def hot(x, it):
    for _ in range(60):
        try:
            out = inside(x, it)
        except Exception as error:
            out = f"{type(error).__name__}: {error}"
    return out


nan, never = float("nan"), Never()
for x, it in ((1, {1}), (1.0, {1}), (True, {1: 0}), ("a", "abc"), ("", "abc"), (1, "abc"), (b"a", b"abc"), (97, b"abc"), (300, b"abc"), (nan, [nan]), (float("nan"), [nan]), (never, [never]), (never, {never}),
              (Same(), {1}), (1, [Same()]), (Same(), []), (5, range(0, 10, 5)), (5.0, range(10)), (2**70, range(2**71)), ("5", range(9)), ([], {1}), ([], [[]]), (1, None), (1, iter([1, 2])), (None, (None,)),
              (1, {}.keys()), (("a", 1), {"a": 1}.items()), (1, {"a": 1}.values()), (1, (x for x in (0, 1))), (int, {int}), ("a", {"a": 1, 2: 3}), ((1, 2), {(1, 2.0)}), (frozenset(), {frozenset()}), ({1}, {frozenset({1})}), (type, type)):
    print(hot(x, it), end=" ")
print()


class Contains:
    def __contains__(self, x):
        return x


print(hot(5, Contains()), hot([], Contains()))
Contains.__contains__ = None
print(hot(5, Contains()))
del Contains.__contains__
Contains.__iter__ = lambda self: iter([5])
print(hot(5, Contains()))
del Contains.__iter__
Contains.__getitem__ = lambda self, i: [1, 5][i]
print(hot(5, Contains()), hot(6, Contains()))


def identical(a, b):
    return a is b, a is not b, a == b


for a, b in ((None, None), (1, 1), (nan, nan), ((), ()), ([], []), (True, 1), (int, int), ("x", "x"), (never, never), (..., Ellipsis), (Same(), never)):
    for _ in range(60):
        out = identical(a, b)
    print(out, end=" ")
print()


def chain(a, b, c):
    return a < b <= c != a, a is not None in (None,), (a in [b]) == (b in [a])


for args in ((1, 2, 2), (1, 2.5, 3), ("a", "b", "b"), (2**70, 2**71, 1), ((1,), (2,), (3,)), (1, True, 0)):
    for _ in range(60):
        out = chain(*args)
    print(out, end=" ")
print()
