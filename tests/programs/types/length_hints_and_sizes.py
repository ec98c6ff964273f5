"""len, __len__, __length_hint__ and sys.getsizeof where their answers are odd, too large, negative or missing."""
import operator
import sys


class Len:
    def __init__(self, answer):
        self.answer = answer

    def __len__(self):
        return self.answer

    def __length_hint__(self):
        return self.answer


class Hint(Len):
    __len__ = None


class Index(int):
    pass


class ByIndex:
    def __repr__(self):
        return "by index"

    def __index__(self):
        return 4


for answer in (0, 5, -1, True, Index(3), ByIndex(), 2.0, "x", None, NotImplemented, sys.maxsize, sys.maxsize + 1, -2**70, 2**70):
    out = []
    for function in (len, operator.length_hint, lambda it: operator.length_hint(Hint(it.answer), 9), bool, lambda it: not it, lambda it: it.__len__(), lambda it: range(100)[:len(it)]):
        try:
            out.append(function(Len(answer)))
        except Exception as error:
            out.append(f"{type(error).__name__}: {error}")
    print(type(answer).__name__, *out, sep=" | ")
for thing in (range(10), iter([1, 2]), reversed("abc"), iter({1: 2}), zip(), "abc", b"", {1}, 5, iter(()), map(str, []), enumerate([])):
    print(operator.length_hint(thing, 42), end=" ")
print()
for bad in (lambda: operator.length_hint([], "x"), lambda: operator.length_hint(5, -1), lambda: len(5), lambda: len(range(2**70)), lambda: len(iter([])), lambda: len(), lambda: len(int), lambda: range(2**70).__len__()):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)


class Sized:
    def __init__(self, size):
        self.size = size

    def __sizeof__(self):
        return self.size


for size in (100, 5000):
    try:
        print(sys.getsizeof(Sized(size)) >= 100, sys.getsizeof(Sized(size), "default") != 0)
    except Exception as error:
        print(type(error).__name__, error)
print(sys.getsizeof([]) < sys.getsizeof([1] * 100), sys.getsizeof("a" * 1000) > 1000, sys.getsizeof(2**1000) > sys.getsizeof(2**500), sys.getsizeof({}) <= sys.getsizeof(dict.fromkeys(range(100))))
