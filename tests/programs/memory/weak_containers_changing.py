"""WeakKeyDictionary, WeakValueDictionary, WeakSet, finalize and proxies while members die in the middle of things."""
import gc
import weakref


class Obj:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __len__(self):
        return 3


def make(*names):
    return [Obj(n) for n in names]


a, b, c = make("a", "b", "c")
values = weakref.WeakValueDictionary(a=a, b=b)
keys = weakref.WeakKeyDictionary({a: 1, b: 2})
members = weakref.WeakSet([a, b, c])
print(sorted(values), sorted(map(repr, keys)), len(members), values["a"], keys[b], values.get("zz"), a in members)
for key in values:
    del b
    break
print(sorted(values), sorted(map(repr, keys)), sorted(map(repr, members)))
iterator = iter(members)
first = next(iterator)
del first, iterator, a
print(len(members))
gc.collect()
print(sorted(map(repr, members)), list(values.items()), len(keys))
refs = [weakref.ref(c), weakref.ref(c)]
print(refs[0] is refs[1], refs[0] == weakref.ref(c, print), hash(refs[0]) == hash(c), weakref.getweakrefcount(c), len(weakref.getweakrefs(c)))
proxy = weakref.proxy(c)
print(proxy.name, len(proxy), type(proxy).__name__, isinstance(proxy, Obj), proxy == c, bool(proxy))
proxy.name = "renamed"
print(c.name)
log = []
final = weakref.finalize(c, log.append, "finalized")
print(final.alive, final.peek()[2], final.atexit)
ref = refs[0]
del c
print(log, final.alive, final.peek(), final(), ref(), repr(ref).endswith("dead>"))
for action in (lambda: proxy.name, lambda: len(proxy), lambda: weakref.ref(5), lambda: weakref.proxy([]), lambda: weakref.ref(None), lambda: values["a"], lambda: keys[5], lambda: members.add(5), lambda: weakref.WeakKeyDictionary({1: 2}), lambda: members.pop(), lambda: members.remove(Obj("x")), lambda: weakref.WeakMethod(print)):
    try:
        print(action())
    except (ReferenceError, TypeError, KeyError) as error:
        print(type(error).__name__, str(error).split(" at 0x")[0].split(": <")[0])


class Holder:
    def method(self):
        return "called"


h = Holder()
method = weakref.WeakMethod(h.method, lambda r: log.append("method gone"))
print(method()(), method() == h.method, weakref.ref(h.method)())
del h
print(method(), log)
log.clear()


class Sub(weakref.ref):
    __slots__ = ("key",)

    def __new__(cls, ob, key):
        self = super().__new__(cls, ob, lambda r: log.append(r.key))
        self.key = key
        return self

    def __init__(self, ob, key):
        super().__init__(ob)


objects = make("x", "y")
subs = [Sub(o, o.name) for o in objects]
print([s().name for s in subs], subs[0] == weakref.ref(objects[0]))
objects.clear()
print(log)
union = weakref.WeakSet(many := make(*"pqr")) | set(make("s"))
print(len(union), len(weakref.WeakSet(many) & weakref.WeakSet(many[:1])), weakref.WeakSet(many[:1]) <= weakref.WeakSet(many))
del many
print(len(union))
table = weakref.WeakValueDictionary()
keep = [table.setdefault(i % 3, Obj(str(i))) for i in range(6)]
print([k.name for k in keep], len(table), table.pop(0).name, sorted(table))
