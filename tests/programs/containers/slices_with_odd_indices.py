"""Slices by objects with __index__, huge bounds, assignments of iterators, steps, deletions, and side effects while indexing."""


class Index:
    def __init__(self, n, effect=None):
        self.n, self.effect = n, effect

    def __index__(self):
        if self.effect:
            self.effect()
        return self.n


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


data = list(range(10))
for make in (list, tuple, bytes, bytearray, lambda d: range(10), lambda d: "0123456789", lambda d: memoryview(bytes(d))):
    it = make(data)
    show = lambda v: v.tolist() if isinstance(v, memoryview) else v
    print(type(it).__name__, *(show(attempt(lambda: it[key])) for key in (slice(2, Index(5)), slice(None, None, -3), slice(2**100, -2**100, -1), slice(-3, 2**70), slice(5, 2), slice(None, None, Index(4)), slice(None, None, 0), slice("a"), slice(1.5, 2), slice(None, None, 2**70), Index(3), Index(99), True, 2**100, (1,), None)))
for key, value in ((slice(2, 5), "ab"), (slice(5, 2), [1]), (slice(None, None, 2), range(5)), (slice(None, None, 2), [1]), (slice(8, None, -3), "xyz"), (slice(20, 30), [1, 2]), (slice(-100, 2), ()), (slice(0, 0), iter("it")), (slice(1, 2), 5), (slice(None, None, 0), []), (slice(Index(1), Index(3)), {7: 8}), (slice(None, None, -1), data), (slice(2, 8, 3), (x for x in "ab")), (slice(0, 2, 2**70), ["one"])):
    items = list(data)
    print(key.start if not isinstance(key.start, Index) else "I", key.step, attempt(lambda: items.__setitem__(key, value)) or items)
for key in (slice(2, 8, 2), slice(None, None, -1), slice(-2, None), slice(5, 2), slice(None, None, 2**70), Index(0), 99, "x", slice(0, 5, 0)):
    items = list(data)
    print(attempt(lambda: items.__delitem__(key)) or items, end=" ")
print()
items = list(range(10))
print(attempt(lambda: items[Index(5, items.clear)]), items)
items = list(range(10))
print(attempt(lambda: items[Index(2, items.clear):Index(8)]), items)
items = list(range(10))
items[Index(1, lambda: items.extend("ab")):3] = [7]
print(items)
items = list(range(10))


def shrink():
    del items[3:]
    yield "a"


items[2:6] = shrink()
print(items)
me = [1, 2, 3]
me[1:1] = me
me[::2] = reversed(me[::2])
me[len(me):] = me
print(me)
items = [0] * 5
items[1:4:2], items[0], (items[2], *items[3:]) = "xy", "first", "mno"
print(items)
print([slice(a, b, c).indices(10) for a, b, c in ((None, None, None), (-3, None, -1), (100, -100, -7), (Index(2), Index(-2), Index(3)))], attempt(lambda: slice(1).indices(-1)), attempt(lambda: slice(None, None, 0).indices(5)), slice(1, 2) == slice(1, 2), hash(slice(1, 2)) == hash(slice(1, 2)), slice(1) < slice(2), repr(slice(1, "a", None)), attempt(lambda: slice()), attempt(lambda: slice(1, 2).__init__(5)))


class Recorder:
    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("del", key)


r = Recorder()
print(r[1], r[1:2], r[::], r[1:2, 3], r[...], r[:, None], r[()], r[(1,)], r[1,], r[lambda: 0] is not None, r[a := 5], a, r[*"ab", 1:2])
r[1:2] = r[0] = "v"
del r[1:], r[0], r[:, ::2]
