"""weakref: callbacks, proxies, WeakSet, WeakKeyDictionary, WeakValueDictionary, WeakMethod, finalize."""
import gc
import weakref


class Thing:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Thing({self.name})"

    def method(self):
        return "method of " + self.name

    def __len__(self):
        return 3

    def __eq__(self, other):
        return isinstance(other, Thing) and self.name == other.name

    def __hash__(self):
        return hash(self.name)


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, error)


a = Thing("a")
r = weakref.ref(a)
print(r() is a, weakref.ref(a) is r, weakref.getweakrefcount(a), weakref.getweakrefs(a) == [r], r.__callback__, r == weakref.ref(Thing("a")), hash(r) == hash(a))
called = weakref.ref(a, lambda ref: print("callback", ref() is None))
second = weakref.ref(a, lambda ref: print("second callback"))
print(called is r, called.__callback__ is not None, weakref.getweakrefcount(a))
del a
print(r(), called(), called.__callback__, r == called, r == r, hash(r) == hash("a"), repr(r).startswith("<weakref at"), repr(r).endswith("; dead>"))
dead = weakref.ref(Thing("unhashed"))
attempt(lambda: hash(dead), lambda: weakref.ref(5), lambda: weakref.ref([]), lambda: weakref.ref("x"), lambda: weakref.ref(None), lambda: weakref.ref(object()), lambda: weakref.ref(), lambda: weakref.ref(Thing("x"), 1, 2), lambda: type("S", (), {"__slots__": ()}) and weakref.ref(type("S", (), {"__slots__": ()})()))
print([type(weakref.ref(x)).__name__ for x in (Thing, len, lambda: 0, {1}, frozenset(), (x for x in []), type, __import__("re").compile("a"), __import__("collections").deque())])
b = Thing("b")
p = weakref.proxy(b)
print(p.name, p.method(), len(p), p == Thing("b"), str(p), isinstance(p, Thing), type(p).__name__, bool(p), p.__class__)
p.name = "changed"
print(b.name)
attempt(lambda: hash(p))
del b
attempt(lambda: p.name, lambda: len(p), lambda: str(p), lambda: p == 1, lambda: setattr(p, "x", 1), lambda: bool(p))
f = lambda x: x * 2
call = weakref.proxy(f)
print(call(4), type(call).__name__)
del f
attempt(lambda: call(1))
s = weakref.WeakSet()
x, y = Thing("x"), Thing("y")
s.add(x), s.add(y), s.update([x])
print(len(s), x in s, sorted(t.name for t in s), s | {y} == s)
del x
print(len(s), sorted(t.name for t in s))
wk = weakref.WeakKeyDictionary()
k1, k2 = Thing("k1"), Thing("k2")
wk[k1], wk[k2] = 1, 2
print(len(wk), wk[k1], sorted(wk.values()), wk.get(Thing("zz"), "none"), k1 in wk, len(wk.keyrefs()))
del k1
print(len(wk), dict(wk.items()))
wv = weakref.WeakValueDictionary()
v1 = Thing("v1")
wv["a"] = v1
wv["b"] = Thing("gone at once")
print(sorted(wv), wv["a"], wv.get("b"), "b" in wv, wv.setdefault("c", v1), len(wv), wv.pop("c"))
del v1
print(len(wv), list(wv.items()))
attempt(lambda: wv["a"], lambda: wv.__setitem__("x", 5))
m = Thing("m")
wm = weakref.WeakMethod(m.method)
print(wm()(), weakref.ref(m.method)(), wm == weakref.WeakMethod(m.method))
del m
print(wm())
attempt(lambda: weakref.WeakMethod(5))


class Holder:
    pass


h = Holder()
final = weakref.finalize(h, print, "finalized", "with", sep="-")
print(final.alive, final.peek()[1:] == (print, ("finalized", "with"), {"sep": "-"}), final.atexit)
del h
print(final.alive, final(), final.peek(), final.detach())
h = Holder()
final = weakref.finalize(h, print, "called by hand")
print(final(), final(), final.alive)
del h
h = Holder()
final = weakref.finalize(h, print, "never printed")
print(final.detach()[1] is print, final.alive)
del h


class Ref(weakref.ref):
    __slots__ = ("key",)

    def __new__(cls, thing, callback=None, key=None):
        self = super().__new__(cls, thing, callback)
        self.key = key
        return self

    def __init__(self, thing, callback=None, key=None):
        super().__init__(thing, callback)


z = Thing("z")
ref = Ref(z, lambda r: print("gone", r.key), "the key")
print(ref() is z, ref.key, Ref(z) is Ref(z))
del z


class Cycle:
    pass


c = Cycle()
c.me = c
wr = weakref.ref(c, lambda ref: print("cycle collected"))
del c
print(wr() is not None)
gc.collect()
print(wr())


def error_in_callback(ref):
    raise ValueError("in callback")


import sys

sys.unraisablehook = lambda args: print("unraisable", type(args.exc_value).__name__, args.exc_value)
e = Thing("e")
we = weakref.ref(e, error_in_callback)
del e
order = []
o = Thing("o")
refs = [weakref.ref(o, lambda ref, i=i: order.append(i)) for i in range(4)]
del o
print(order)
