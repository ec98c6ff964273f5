"""__del__: when it runs and in which order, resurrection, cycles, errors, gc's interface."""
import gc
import sys

gc.collect()


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


x = Loud("rebinding")
x = Loud("second")
print("rebound")
del x
print("after del")


def local():
    a = Loud("local a")
    b = Loud("local b")
    print("leaving")


local()
Loud("temporary")
items = [Loud("item 1"), Loud("item 2"), Loud("item 3")]
items.pop()
items[0] = None
items.clear()
d = {"k": Loud("value")}
d["k"] = 1
t = (Loud("in tuple"),)
del t
s = {Loud("in set")}
s.clear()


class Owner:
    def __init__(self):
        self.part = Loud("part")

    def __del__(self):
        print("del owner")


Owner()


def raises():
    keep = Loud("kept by traceback")
    raise ValueError


try:
    raises()
except ValueError as error:
    print("handling")
print("handled")


def generator():
    held = Loud("held by generator")
    try:
        yield 1
    finally:
        print("generator closed")


g = generator()
next(g)
del g


class Resurrect:
    saved = None

    def __del__(self):
        print("resurrecting")
        Resurrect.saved = self


Resurrect()
print(Resurrect.saved is not None)
Resurrect.saved = None
print("gone quietly")


class Node:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del node", self.name)


a, b = Node("a"), Node("b")
a.other, b.other = b, a
del a, b
print("cycle unreachable")
print(gc.collect() > 0)
c = Node("self")
c.me = c
c.items = [c, {"c": c}]
del c
gc.collect()


def closure_cycle():
    held = Loud("in closure")

    def inner():
        return inner, held

    inner()


closure_cycle()
gc.collect()


class BadDel:
    def __del__(self):
        raise RuntimeError("in __del__")


sys.unraisablehook = lambda args: print("unraisable:", type(args.exc_value).__name__, args.exc_value, args.err_msg.split(" <")[0])
BadDel()
print("went on")


class InstanceDel:
    pass


i = InstanceDel()
i.__del__ = lambda: print("never: looked up on the class")
del i
InstanceDel.__del__ = lambda self: print("added later")
InstanceDel()
del InstanceDel.__del__
InstanceDel()
print(gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.get_threshold().__class__.__name__, len(gc.get_count()), gc.garbage)
print(gc.is_tracked([]), gc.is_tracked(1), gc.is_tracked("a"), gc.is_tracked({1: []}), gc.is_finalized(Node) if False else "", gc.get_referents(["y", "x"]) in (["y", "x"], ["x", "y"]))
holder = [Node("referred")]
print(any(r is holder for r in gc.get_referrers(holder[0])), len(gc.get_stats()), sorted(gc.get_stats()[0]))
holder.clear()
for action in (lambda: gc.collect(5), lambda: gc.collect("a"), lambda: gc.set_threshold(), lambda: gc.set_debug("x"), lambda: gc.get_objects(generation=9)):
    try:
        action()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
events = []
callback = lambda phase, info: events.append((phase, sorted(info)))
gc.disable()
gc.callbacks.append(callback)
gc.collect()
gc.callbacks.remove(callback)
gc.enable()
print(events)
told = []


def nested(phase, info):
    told.append(phase)
    ring = []
    ring.append(ring)
    del ring
    told.append(gc.collect())


gc.disable()
gc.callbacks.append(nested)
gc.collect()
gc.callbacks.remove(nested)
gc.enable()
print(told)
gc.freeze()
print(gc.get_freeze_count() > 0, gc.unfreeze(), gc.get_freeze_count())


class Chain:
    def __init__(self, nxt):
        self.next = nxt


chain = None
for _ in range(100000):
    chain = Chain(chain)
del chain
deep = ()
for _ in range(100000):
    deep = (deep,)
del deep
print("deep structures freed")


class Order:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("order", self.n, end="; ")


group = [Order(i) for i in range(4)]
del group
print()
mapping = {i: Order(i) for i in range(4)}
del mapping
print()
o = Order("attribute holder")
o.first, o.second = Order("first"), Order("second")
del o
print()


def swap():
    a = Order("a")
    a, b = Order("b"), a
    print("swapped")
    a = b
    print("assigned")
    return "result"


print(swap())
x = [Order("in list")] + [Order("in sum")]
x *= 0
print()
import builtins

atexit_holder = Loud("module global at exit")
