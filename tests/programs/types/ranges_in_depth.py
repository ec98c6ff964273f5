"""Ranges: equality, hashing, slicing, membership of odd things, huge bounds, reversed, iteration past ends, and errors."""


class I:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


R = [range(0), range(5), range(1, 10, 3), range(10, 0, -3), range(-5, 5, 2), range(0, 0, 5), range(5, 0), range(2**63, 2**63 + 3), range(0, -2**70, -2**69), range(I(1), I(4)), range(True, 5), range(3, 3)]
for r in R:
    print(r, list(r), len(r), bool(r), r[::-1], list(reversed(r)), r[1:], r[-1:], r[::2], r.start, r.stop, r.step, [x in r for x in (1, 4, 1.0, "1", True, -3, None)], r.count(4), hash(r) == hash(range(r.start, r.stop, r.step)))
print(range(0, 3, 2) == range(0, 4, 2), range(5, 5) == range(0), hash(range(5, 5)) == hash(range(0)), range(1, 2, 9) == range(1, 5, 4) or range(1, 2) == range(1, 2, 9), range(3) == [0, 1, 2], {range(2): "k"}[range(0, 2)], range(3) != range(4), range(10)[2:8:3], range(10)[8:2:-2], range(10)[-3:-8:-1], range(10)[I(3)], range(2**70)[2**69], range(2**70)[2**69:][0] == 2**69, len(range(2**62)), range(10).index(5), max(range(5)), sum(range(101)), 5.0 in range(10), 5.5 in range(10), 2**70 in range(2**71))
for bad in (lambda: range(), lambda: range(1, 2, 0), lambda: range(1.0), lambda: range("a"), lambda: range(None), lambda: range(1, 2, 3, 4), lambda: range(5)[5], lambda: range(5)[-6], lambda: range(5)["a"], lambda: range(5)[1.0], lambda: range(5).index(9), lambda: len(range(2**63)), lambda: range(3) + range(3), lambda: range(3) < range(4), lambda: range(3) * 2, lambda: setattr(range(3), "start", 1), lambda: range(stop=3), lambda: range(5)[::0], lambda: next(range(3)), lambda: range(3).__setitem__, lambda: type("S", (range,), {}), lambda: range(2**100)[2**99:2**100:0], lambda: [*range(5)][range(2)]):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
it = iter(range(3))
print(next(it), it.__length_hint__(), list(it), list(it), next(it, "end"), type(iter(range(2**70))).__name__, type(iter(range(3))).__name__, it.__reduce__()[1])
for i in range(3):
    for i in range(i, i + 2):
        pass
print(i, [*range(3), *range(2)], dict(enumerate(range(2))), list(zip(range(3), range(9, 0, -4))), repr(range(0, 5, 1)), str(range(1, 5, 2)), range(3).__reduce__())
