"""Weak references' callbacks that run code, make objects and collect again while a collection is going on."""
import gc
import weakref


class Node:
    def __init__(self, name):
        self.name = name
        self.me = self


gc.collect()
gc.disable()
log = []
alive = {}


def plain(reference):
    log.append(("gone", reference() is None))


def collects(reference):
    log.append(("collecting inside", gc.collect() >= 0))


def makes(reference):
    alive["made"] = [Node("made in the callback") for _ in range(3)]
    log.append(("made", len(alive["made"])))


def fails(reference):
    log.append("about to fail")
    raise RuntimeError("never seen by the collector")


def forgets(reference):
    kept.clear()
    log.append("forgot the others")


import sys

sys.unraisablehook = lambda info: log.append(("unraisable", str(info.exc_value)))
for callback in (plain, collects, makes, fails):
    node = Node("one")
    reference = weakref.ref(node, callback)
    del node
    gc.collect()
    print(callback.__name__, log, reference())
    log.clear()

kept = []
first, second = Node("first"), Node("second")
first.other, second.other = second, first
kept += [weakref.ref(first, forgets), weakref.ref(second, forgets)]
del first, second
gc.collect()
print(len(kept), log)
log.clear()

inside = Node("holds its own reference")
inside.reference = weakref.ref(inside, plain)
del inside
gc.collect()
print("callback of unreachable reference:", log)

outside = weakref.WeakValueDictionary()
for index in range(5):
    outside[index] = Node(index)
print(sorted(outside))
gc.collect()
print(sorted(outside))


class Finalised:
    def __init__(self):
        self.me = self
        self.reference = weakref.ref(self)

    def __del__(self):
        log.append(("in __del__", self.reference() is None))


one = Finalised()
external = weakref.ref(one, plain)
del one
gc.collect()
print(log, external())
weakref.finalize(Node("finalised"), log.append, "finalize ran")
gc.collect()
print(log[-1])
print(len(alive["made"]), alive["made"][0].me.name)
gc.enable()
