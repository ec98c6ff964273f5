"""list: slices, sorting, copies, in-place operators, indices of every kind, subclasses, errors."""
import functools

items = list(range(10))
for key in (slice(None), slice(2, 5), slice(-3, None), slice(None, None, -1), slice(8, 2, -2), slice(100), slice(-100, 100, 3), slice(5, 5), slice(None, None, 100), slice(0, -1, 4), slice(-1, -11, -3), slice(True, 5), slice(None, 2**70), slice(-(2**70), None, 2**70)):
    print(key, items[key], end="; ")
print()


def assign(key, value, start=range(8)):
    x = list(start)
    try:
        x[key] = value
        return x
    except (ValueError, TypeError, IndexError) as error:
        return f"{type(error).__name__}: {error}"


for key, value in [(slice(2, 4), "abc"), (slice(2, 2), [9]), (slice(5, 2), [9]), (slice(None, None, 2), "abcd"), (slice(None, None, 2), "abc"), (slice(None, None, -1), range(8)), (slice(1, None, 3), []), (slice(None), []), (slice(100, 200), [1]), (slice(-2, None), (7,)), (slice(0, 0), {1: 2}), (slice(0, 1), 5), (slice(None, None, 0), []), (0, 5), (-8, 5), (8, 5), (-9, 5), ("a", 1), (1.0, 1), (None, 1), (2**70, 1), (slice("a", None), []), (slice(1, 2), iter("xy")), (slice(None, None, 2), 5)]:
    print(key, assign(key, value))


def delete(key):
    x = list(range(8))
    try:
        del x[key]
        return x
    except (ValueError, TypeError, IndexError) as error:
        return f"{type(error).__name__}: {error}"


for key in (0, -1, 8, slice(2, 5), slice(None, None, 2), slice(None, None, -2), slice(7, 0, -3), slice(5, 2), slice(None), "a", slice(None, None, 0), slice(1, 100, 3)):
    print(key, delete(key))
x = [3, 1, 2]
print(x.append(4), x.extend("ab"), x.insert(0, "first"), x.insert(-1, "pen"), x.insert(100, "end"), x.insert(-100, "begin"), x, x.pop(), x.pop(0), x.pop(-2), x.remove("a"), x.reverse(), x, x.copy(), x.index(1), x.count(1), x.clear(), x)
print([1, 2] + [3], [1] * 3, 3 * [1, 2], [1] * -1, [[]] * 2, [1, 2] == [1, 2.0], [1, 2] < [1, 3], [1] < [1, 0], [] < [0], [[1], 2] > [[0], 5], [1, 2] != (1, 2), 1 in [1.0], [1, [2]] == [1, [2]], bool([]), [1, 2, 1].index(1, 1), [1, 2, 1].index(1, -1), hash is hash)
print(sorted("bca"), sorted([3, 1, 2], reverse=True), sorted(["b", "A", "c"], key=str.lower), sorted([(1, "b"), (0, "z"), (1, "a")]), sorted([(1, "b"), (0, "z"), (1, "a")], key=lambda p: p[0]), sorted([(1, "b"), (0, "z"), (1, "a")], key=lambda p: p[0], reverse=True), sorted({3: 1, 1: 2}), sorted([1.5, 1, True, 0.5]), sorted([[2], [1, 5], [1]]), sorted([b"b", b"a"]), sorted(range(5), key=lambda v: -v), sorted([]), sorted(["é", "z", "a", "😀", "Z"]), sorted([2**70, -1, 2**65, 5]), sorted("hello world", key="lo wrdeh".index))
print(sorted([5, 2, 9], key=functools.cmp_to_key(lambda a, b: b - a)), sorted(["10", "9", "8"], key=int), sorted([(2, 1), (1, 2)], key=lambda p: p[::-1]))


class Stable:
    def __init__(self, key, tag):
        self.key, self.tag = key, tag

    def __lt__(self, other):
        return self.key < other.key

    def __repr__(self):
        return f"{self.key}{self.tag}"


data = [Stable(k, t) for k, t in zip([2, 1, 2, 1, 3, 2] * 10, "abcdefghijklmnopqrstuvwxyz" * 3)]
print(sorted(data)[:12], sorted(data, reverse=True)[:12])


class LtRaises:
    def __lt__(self, other):
        raise ValueError("cannot compare")


for action in (lambda: sorted([1, "a"]), lambda: sorted([LtRaises(), LtRaises()]), lambda: sorted([1, 2], key=5), lambda: sorted([1, None]), lambda: [1j, 2].sort(), lambda: [1, 2].sort(len), lambda: [3, 1].sort(key=lambda v: 1 / 0), lambda: sorted(5), lambda: [1].index(2), lambda: [1].index(1, 1), lambda: [].remove(1), lambda: [].pop(), lambda: [1].pop(5), lambda: [1].pop("a"), lambda: [1].insert("a", 1), lambda: [1].insert(1), lambda: [1] + (2,), lambda: [1] * "a", lambda: [1] * [1], lambda: [1].extend(5), lambda: [1] < 5, lambda: list(1, 2), lambda: list(a=1), lambda: [1, 2].index("x", "y"), lambda: [1] > [None], lambda: hash([]), lambda: [].sort(reverse="x") or "fine", lambda: [1, 2][1, 2], lambda: [].__setitem__(0, 1), lambda: reversed([1]).__length_hint__(), lambda: [].append(1, 2), lambda: [1].__imul__("x"), lambda: [1].__iadd__(5)):
    try:
        print(repr(action()))
    except Exception as error:
        print(type(error).__name__, error)
items = [1, 2, 3]
try:
    items.sort(key=lambda v: 1 / (v - 2))
except ZeroDivisionError:
    print(items)
a = [1, [2, 3]]
shallow = a[:]
shallow[1].append(4)
shallow[0] = 9
print(a, shallow, a[1] is shallow[1])
rows = [[0] * 2] * 2
rows[0][0] = 1
print(rows, [[0] * 2 for _ in range(2)])


class L(list):
    def __getitem__(self, index):
        return ("got", super().__getitem__(index))

    def __len__(self):
        return 99


sub = L([1, 2, 3])
print(sub[0], sub[0:2], list(sub), [*sub], sub + [4], type(sub + [4]).__name__, type(sub[:][1]).__name__, len(sub), sub == [1, 2, 3], sorted(sub), sub, type(sub.copy()).__name__, bool(sub), sub.__len__())
print(*map(list, ("ab", {1: 2}, {3}, range(2), (x for x in "z"), b"q", [[1]], zip("a", "b"), enumerate("a"))))
