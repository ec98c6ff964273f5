"""Hot for loops whose iterables change type between runs and change size or content within."""


def total(items):
    out = 0
    for item in items:
        out += item
    return out


def hot(make, turns=60):
    for _ in range(turns):
        try:
            out = total(make())
        except (TypeError, RuntimeError, ValueError) as error:
            out = f"{type(error).__name__}: {error}"
    return out


class ByIndex:
    def __getitem__(self, i):
        if i == 4:
            raise IndexError
        return i


class NextOnly:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration
        return self.n


class BadIter:
    def __iter__(self):
        return 5


def growing():
    items = [1]
    for item in items:
        if len(items) < 50:
            items.append(item + 1)
        yield item


def shrinking():
    items = list(range(20))
    for item in items:
        items.pop()
        yield item


def changing_dict():
    table = {1: 1, 2: 2}
    for key in table:
        table[key + 10] = 0
        yield key


def same_size_dict():
    table = {1: 1, 2: 2, 3: 3}
    for key in table:
        if key < 10:
            table[key + 10] = table.pop(key)
        yield key


def cleared_list():
    items = [1, 2, 3, 4]
    for item in items:
        if item == 2:
            items.clear()
        yield item


def changing_set():
    items = {1, 2, 3}
    for item in items:
        items.discard(2)
        yield item


for make in (lambda: [1, 2, 3], lambda: (1, 2.5), lambda: range(5), lambda: range(0, -10, -3), lambda: {1: 2}, lambda: {3, 4}, ByIndex, NextOnly, BadIter,
             lambda: 5, lambda: "ab", lambda: b"ab", lambda: (i for i in range(4)), lambda: map(abs, [-1, -2]), lambda: [2**62, 2**62], lambda: range(2**63, 2**63 + 3),
             lambda: zip(), growing, shrinking, changing_dict, same_size_dict, cleared_list, changing_set, lambda: iter([5]), lambda: reversed((1, 2)), lambda: [1, "x"], lambda: []):
    print(hot(make))


def enumerate_hot(items):
    out = []
    for i, item in enumerate(items):
        out.append((i, item))
    return out[-1:]


for items in ([1], "abc", (), range(2), {5: 6}, (x for x in "q"), [2**70] * 3):
    for _ in range(50):
        out = enumerate_hot(items)
    print(out, end=" ")
print()


def nested(a, b):
    count = 0
    for x in a:
        for y in b:
            if x == y:
                break
            count += 1
        else:
            count += 100
    return count


for _ in range(50):
    out = nested(range(10), range(5)), nested("abc", "cab"), nested([1.0, 2], (1, 2))
print(out)
rebound = [1, 2, 3]
seen = []
for item in rebound:
    seen.append(item)
    rebound = []
print(seen, rebound, item)
iterator = iter([1, 2, 3, 4])
print([(item, next(iterator, None)) for item in iterator], list(iterator))
