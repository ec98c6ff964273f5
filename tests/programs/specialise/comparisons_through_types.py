"""Hot comparisons that meet ints, strings, floats, NaN, sets, user classes with odd answers, and errors."""


class Odd:
    def __init__(self, answer):
        self.answer = answer

    def __lt__(self, other):
        return self.answer

    def __eq__(self, other):
        return self.answer

    def __repr__(self):
        return f"Odd({self.answer!r})"


class NoBool:
    def __bool__(self):
        raise ValueError("no truth here")


def compare(a, b):
    return a < b, a == b, a != b, a >= b


def branch(a, b):
    if a < b:
        return "less"
    elif a == b:
        return "same"
    return "else"


def hot(a, b, turns=100):
    for _ in range(turns):
        out = branch(a, b)
    try:
        return out, compare(a, b)
    except TypeError as error:
        return out, str(error)


nan = float("nan")
pairs = [(1, 2), (2, 1), ("a", "b"), ("b", "a"), (1.0, 2), (nan, nan), (2**70, 2**70), (2**62, 2.0**62), (2**53 + 1, 2.0**53),
         ({1}, {1, 2}), ({1}, {2}), ([1, 2], [1, 3]), ((), (0,)), (True, 1), (b"a", b"b"), (Odd(True), 1), (Odd([]), Odd(1)),
         (1, 2), (frozenset(), set()), ("a", "a"), (Odd(0), "no")]
for a, b in pairs:
    print(a, b, *hot(a, b))
for a, b in ((1, "a"), (None, None), ({}, {}), (1j, 2j), (Odd(NoBool()), 0), ([1, "a"], [1, 2])):
    try:
        print(hot(a, b))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


def search(items, wanted):
    found = []
    for item in items:
        if item == wanted:
            found.append(item)
    return found


print(search([1, 1.0, True, "1", Odd(True), Odd(0), 2], 1))
print(search(["a"] * 50 + [Odd("x"), b"a", "a"], "a")[-3:])
shared = nan
print(shared == shared, [shared] == [shared], shared in [shared], [shared].index(shared), (shared,) < (shared,))
