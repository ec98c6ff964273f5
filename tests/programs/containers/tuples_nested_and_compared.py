"""Tuples in hashes, comparisons, repeated and nested structures, with elements that are lazy, equal, self-containing or odd."""


class Odd:
    def __eq__(self, other):
        log.append("eq")
        return NotImplemented

    def __lt__(self, other):
        log.append("lt")
        return False

    __hash__ = None


log = []
o = Odd()
t = (1, (2, (3, [4])), "x")
print(t == (1, (2, (3, [4])), "x"), t < (1, (2, (3, [5]))), t[1][1][1].append(5) or t, (o,) == (o,), (o,) == (1,), (o, 1) < (o, 2), (1, o) < (1, 5), log)
for bad in (lambda: hash(t), lambda: hash((o,)), lambda: (1, "a") < (1, 2), lambda: (1,) < [1], lambda: () + [], lambda: (1,) * "a", lambda: t[5], lambda: t["a"], lambda: t.index(9), lambda: tuple(5), lambda: (1, 2).__new__(list), lambda: tuple(x=1)):
    try:
        print(bad())
    except (TypeError, ValueError, IndexError) as error:
        print(type(error).__name__, error)
print(hash((1, 2)) == hash((1.0, True + 1)), hash(()) == hash(tuple([])), {(1, 2): "a", (1.0, 2): "b"}, len({(), ((),), (((),),)}), (1, 2) == (1, 2.0), (1, 2) < (1, 2, 0), (2,) > (1, 9), () < (0,), ((1, 2), 3) < ((1, 3), 0), (float("nan"),) == (float("nan"),))
holder = ([],)
holder[0].append(holder)
print(holder, repr(holder), holder == holder)
try:
    print(holder == ([holder],) and "equal")
except RecursionError:
    print("RecursionError")
a = b = (1, 2)
a += (3,)
print(a, b, (0,) * 3, 2 * ("a", "b"), ("a",) * 0, ("a",) * -1, (1, 2, 3)[::-1], (*"ab", *range(2)), tuple({"k": 1}), tuple(x * x for x in range(4)), (1,)[0], (1, 2, 1).count(1), (1, 2, 1).index(1, 1), max((1, 9), (2, 0)), sorted([(2, "b"), (1, "z"), (2, "a")]), sum(((1,), (2,)), ()), 1 in (1.0,), "a" in ("ab",))
deep = ()
for _ in range(500):
    deep = (deep,)
print(str(deep).count("("), deep == deep, hash(deep) == hash(deep), len(deep))
x = (y := 1, y + 1)
(p, q), r = (1, 2), 3
print(x, y, p, q, r, ((),), (()), ((1)), ((1,)), type(()) is tuple, () is (), (1, 2) is (1, 2), tuple([1]) is not tuple([1]), tuple((1, 2)) == (1, 2))
