"""Hot subscripts, membership, lengths and iteration over lists, tuples, dicts, strings, subclasses and user classes."""
import array
from collections import ChainMap, Counter, OrderedDict, UserList, defaultdict, deque


class Seq:
    def __getitem__(self, index):
        if index > 2 or index < 0:
            raise IndexError("out")
        return index * 10


class LoudList(list):
    def __getitem__(self, index):
        return "loud", list.__getitem__(self, index)


class Dict(dict):
    def __missing__(self, key):
        return f"missing {key}"


def get(it, key):
    return it[key]


def put(it, key, value):
    it[key] = value
    return it[key]


def walk(it):
    out = []
    for item in it:
        out.append(item)
    return out


def hot(function, *args, turns=60):
    for _ in range(turns):
        try:
            out = function(*args)
            if isinstance(out, memoryview):
                out = bytes(out)
        except (LookupError, TypeError, ValueError, OverflowError) as error:
            out = f"{type(error).__name__}: {error}"
    return out


holders = [[1, 2, 3], (4, 5, 6), {0: "zero", -1: "minus"}, "abc", b"xyz", range(10, 13), Seq(), LoudList([7, 8]), Dict(), deque("de"),
           array.array("d", [1.5]), UserList("uv"), defaultdict(list), ChainMap({0: 1}, {True: 2}), memoryview(b"mv"), {0, 1}, 5, None,
           OrderedDict({0: "first"}), Counter("a"), bytearray(b"ba")]
for key in (0, -1, True, 5, 2**70, 1.0, "k", slice(1), None):
    for holder in holders:
        if isinstance(holder, defaultdict):
            holder.clear()
        print(hot(get, holder, key), end=" | ")
    print()
for holder in holders:
    if not isinstance(holder, (LoudList, Seq)):
        print(type(holder).__name__, hot(put, holder, 0, 9), hot(walk, holder))
print(hot(walk, Seq()), hot(walk, LoudList([7, 8])))


def contains(it, what):
    return what in it


for holder in holders:
    print(hot(contains, holder, 9), end=" ")
print()


def length(it):
    return len(it)


print([hot(length, holder) for holder in holders])
numbers = list(range(10))
for index in (0, 9, -10, -1, 10, -11, False):
    print(hot(get, numbers, index), hot(put, numbers, index, 5.5), end="; ")
print(numbers)
