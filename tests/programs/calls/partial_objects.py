"""functools.partial: merging, placeholders, representations, descriptors, and its errors."""
from functools import Placeholder, partial, partialmethod, reduce


def show(*args, **kwargs):
    return args, kwargs


p = partial(show, 1, 2, a=3)
print(p(), p(4), p(4, a=5, b=6), p.args, p.keywords, p.func is show)
q = partial(p, 5, c=7)
print(q(), q.func is show, q.args, q.keywords)
h = partial(show, Placeholder, 2, Placeholder, 4)
print(h("a", "b"), h("a", "b", "c"))
try:
    h("a")
except TypeError as error:
    print(error)
i = partial(h, "first")
print(i("second"), i.args)
for action in (lambda: partial(show, 1, Placeholder), lambda: partial(show, a=Placeholder), lambda: partial(), lambda: partial(5), lambda: partial(show, 1)(**{1: 2})):
    try:
        action()
    except TypeError as error:
        print(type(error).__name__, error)
print(repr(Placeholder), repr(partial(int, "1", base=2)), partial(int, base=2)("101"))


class Sub(partial):
    pass


s = Sub(show, 1)
s.extra = 5
print(type(s).__name__, s.extra, s(2), s.__dict__)
p.attribute = "x"
print(p.__dict__)


class C:
    def method(self, *args, **kwargs):
        return type(self).__name__, args, kwargs

    half = partialmethod(method, 1, k=2)
    placed = partialmethod(method, Placeholder, "second")
    cls = partialmethod(classmethod(lambda cls, *a: (cls.__name__, a)), 9)
    plain = partial(method, "not self")


c = C()
print(c.half(3), c.placed("first"), c.cls(1), C.half(c, 4))
try:
    print(c.plain.args, c.plain.func is C.__dict__["method"])
except Exception as error:
    print(type(error).__name__, error)
import pickle, copy

clone = copy.copy(p)
print(clone.args, clone.keywords, clone(9))
again = pickle.loads(pickle.dumps(partial(int, base=16)))
print(again("ff"))
print(reduce(lambda a, b: (a, b), [1, 2, 3]), reduce(max, [3, 9, 2], 4), reduce(show, [], "initial"), reduce(lambda a, b: a + b, "abc", initial="x"))
try:
    reduce(show, [])
except TypeError as error:
    print(error)
p.__setstate__((show, (8,), {"z": 1}, {"attr": 2}))
print(p(), p.attr, p.__reduce__()[2][1:])
for state in (5, (1,), (5, (), {}, {}), (show, [], {}, None)):
    try:
        p.__setstate__(state)
        print("set", p)
    except TypeError as error:
        print(error)
recursive = partial(show)
recursive.__setstate__((recursive, (), {}, {}))
print(repr(recursive))
recursive.__setstate__((show, (recursive,), {}, {}))
print(repr(recursive).replace(repr(show), "show"))
