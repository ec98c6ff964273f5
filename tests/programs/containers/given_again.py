"""Pairs that iterators give again, ranges and slices of them, targets with a star, copies of dicts, smallest and largest.

Expected output: PYTHONHASHSEED=0 python3.14 given_again.py > given_again.out
"""

pairs = enumerate("abc")
first, second = next(pairs), next(pairs)
print(first, second, first is second)
print([pair for pair in zip("ab", "cd")], list(zip("ab", "cd")))
print([pair for pair in {"a": 1, "b": 2}.items()])
print({pair: hash(pair) == hash(tuple(pair)) for pair in zip((1, 2), (3, 4))})
seen = []
for pair in enumerate([[], []]):
    seen.append(pair)
    pair[1].append(pair)
print(seen)
for index, item in enumerate("ab", 2**62 - 2):
    print(index, item)

print(range(10)[5:2], range(10)[2:5], range(10)[-3:], range(0, 10, 3)[1:], range(5)[-1], range(10)[::2])
print(range(5, 0, -1)[1:3], range(5)[10:], range(5)[:-10], range(5)[2**70:], range(2**70)[1:3], range(2**70)[-1])
for index in (5, -6, 2**80):
    try:
        print(range(5)[index])
    except IndexError as error:
        print(error)

a, *b = [1, 2, 3]
print(a, b)
a, *b, c = (1, 2)
print(a, b, c)
*a, b = [1]
print(a, b)
for few in ([1], (1,), "x", iter([1])):
    try:
        a, *b, c = few
    except ValueError as error:
        print(error)

print(max(1, 2), min("b", "a"), max(3, 1, 2), max([1], [2]), max(1, 1.0), min(1.0, 1), max("ab", "b", key=len))
try:
    max(1, "a")
except TypeError as error:
    print(error)
print(sorted([("b", True), ("a", False)]), sorted(["b", "a", "\u0394", "aa"]), sorted([(1, 2), (1, 1.5)]), sorted([(1,), (1, 0)]))

table = {"a": 1, 2: 3, (4,): 5}
copy = dict(table)
copy["b"] = 6
del copy["a"]
print(table, copy, {**copy}, copy.copy() == copy)
for turn in range(30):
    table[turn] = turn
del table[5], table[7]
print(list(table.copy()) == list(table), len({**table}), list(dict(table))[-1])
