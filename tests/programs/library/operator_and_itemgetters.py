"""operator's functions against the operators themselves, getters with many keys, methodcaller, attrgetter with dots, pickled and compared."""
import operator
import pickle
from operator import attrgetter, itemgetter, methodcaller


class Deep:
    def __init__(self, n):
        self.n, self.child = n, Deep(n - 1) if n else None

    def get(self, *a, **k):
        return self.n, a, k


d = Deep(3)
print(attrgetter("n")(d), attrgetter("child.child.n")(d), attrgetter("n", "child.n")(d), itemgetter(1)("abc"), itemgetter(0, -1)("abc"), itemgetter(slice(1, None))("abc"), itemgetter("k")({"k": 5}), methodcaller("get", 1, x=2)(d), methodcaller("upper")("s"))
print(repr(attrgetter("a.b", "c")), repr(itemgetter(1, "x")), repr(methodcaller("f", 1, k=2)), pickle.loads(pickle.dumps(itemgetter(1)))([5, 6]), pickle.loads(pickle.dumps(methodcaller("split", ",")))("a,b"), pickle.loads(pickle.dumps(attrgetter("real", "imag")))(1j))
for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "lshift", "and_", "or_", "xor", "lt", "eq", "is_", "is_not", "concat", "contains", "countOf", "indexOf", "getitem", "iadd", "imul", "matmul"):
    out = []
    for a, b in ((6, 4), ([1, 2], [2]), ("ab", "b"), (1.5, True), ({1}, {2})):
        try:
            out.append(getattr(operator, name)(list(a) if isinstance(a, list) else a, b))
        except (TypeError, ValueError) as error:
            out.append(type(error).__name__)
    print(name, *out)
print(operator.index(True), operator.inv(5), operator.neg(True), operator.not_([]), operator.truth([]), operator.abs(-1.5), operator.call(max, 1, 2), operator.is_none(None), operator.is_not_none(0), operator.length_hint([1]), operator.__add__ is operator.add, operator.ixor({1}, {2}), operator.setitem(x := [0], 0, 5), x, operator.delitem(x, 0), x)
for bad in (lambda: attrgetter(), lambda: attrgetter(5), lambda: itemgetter(), lambda: methodcaller(), lambda: methodcaller(5), lambda: attrgetter("a..b")(d), lambda: attrgetter("nope")(d), lambda: itemgetter(9)([]), lambda: itemgetter(1)(5), lambda: operator.index(1.0), lambda: operator.concat(1, 2), lambda: operator.indexOf([1], 2), lambda: operator.add(1), lambda: itemgetter(1)(), lambda: attrgetter("n")(d, d), lambda: operator.countOf(5, 1)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
