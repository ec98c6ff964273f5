"""Hot indexing with ints, bools, big ints, __index__ objects and negatives on lists, tuples and strings that shrink and grow."""


class I:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"I({self.n})"

    def __index__(self):
        return self.n


def get(s, i):
    return s[i]


def put(s, i, v):
    s[i] = v
    return s[i]


def hot(f, *args):
    for _ in range(60):
        try:
            out = f(*args)
        except Exception as error:
            out = f"{type(error).__name__}: {error}"
    return out


for s in ([1, 2, 3], (1, 2, 3), "abc", "aé", b"abc", bytearray(b"abc"), range(3), {0: "d", True: "t"}):
    print(type(s).__name__, [hot(get, s, i) for i in (0, -1, 2, 3, -4, True, I(1), I(-1), I(9), 2**62, -2**62, 2**64, 1.0, None)])
items = [0] * 5
print([hot(put, items, i, i) for i in (0, -1, 4, 5, I(2), True, 2**70)], items)


def shrinking():
    data = list(range(100))
    total = 0
    for i in range(150):
        try:
            total += data[i]
        except IndexError:
            data.append(i)
        if i % 3 == 0:
            data.pop()
    return total, len(data)


print(shrinking())


def nested(grid):
    return sum(grid[i][j] for i in range(len(grid)) for j in range(len(grid[i])))


for grid in ([[1, 2], [3]], ((1, 2), [3.5]), [range(3), b"\1\2"], [[2**70], [True]]):
    for _ in range(30):
        out = nested(grid)
    print(out, end=" ")
print()
