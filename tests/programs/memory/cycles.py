# Expected output: tests/make_expected.sh with CPython 3.14.
"""Cycles end: those of the young, of the old, large ones, with finalisers, weak references and resurrection."""
import gc
import weakref


class Node:
    pass


def ring(count):
    first = node = Node()
    for _ in range(count):
        node.next = Node()
        node = node.next
    node.next = first
    return first


def alive():
    return sum(type(thing) is Node for thing in gc.get_objects())


# By themselves: what is made meanwhile, and what is left over, is bounded.
for size in (1, 10, 100, 5000):
    for _ in range(60_000 // size):
        ring(size)
print("bounded", alive() < 60_000)
gc.collect()
print("all gone", alive())

# Long-lived objects stay as they are while old cycles end.
kept = [[number] for number in range(100_000)]
table = {number: (number, [number]) for number in range(50_000)}
for turn in range(40):
    rings = [ring(20) for _ in range(100)]
    for number in range(0, len(rings), 2):
        rings[number] = None
print(sum(item[0] for item in kept), sum(a + b[0] for a, b in table.values()))
del kept, table, rings
gc.collect()
print("all gone", alive())


class Logged:
    log = []

    def __init__(self, name):
        self.name = name
        self.me = self

    def __del__(self):
        Logged.log.append(self.name)


for number in range(5):
    Logged(number)
print(gc.collect(), sorted(Logged.log))


# A finaliser brings its object back; the second time it is not asked again.
class Lazarus:
    def __del__(self):
        saved.append(self)


saved = []
one = Lazarus()
one.me = one
one.load = Logged("load")
del one
print(gc.collect(), len(saved), saved[0].load.name, gc.is_finalized(saved[0]))
saved.clear()
print(gc.collect(), saved)

# Weak references die before finalisers run; callbacks of what lives on are called.
seen = []


class Watched:
    def __del__(self):
        seen.append(("del", reference()))


watched = Watched()
watched.me = watched
reference = weakref.ref(watched, lambda dead: seen.append(("callback", dead())))
watched.own = weakref.ref(watched, lambda dead: seen.append("never"))
del watched
gc.collect()
print(seen)


# A class, its instances and its metaclass, all in one cycle.
class Meta(type):
    pass


class Made(metaclass=Meta):
    pass


Made.instances = [Made() for _ in range(10)]
Made.meta = Meta
gone = weakref.ref(Made)
del Made, Meta
gc.collect()
print(gone())


# Generators, closures and methods in cycles.
def generate():
    mine = yield
    yield mine


for _ in range(100):
    generator = generate()
    next(generator)
    generator.send(generator)


def closure():
    def inner():
        return inner
    holder = Node()
    holder.method = holder.__init__
    holder.inner = inner
    return weakref.ref(holder)


dead = [closure() for _ in range(10)]
del generator
gc.collect()
print([reference() for reference in dead])

# Containers nested deep end without deep recursion.
for make in (lambda inner: [inner], lambda inner: (inner,), lambda inner: {"inner": inner}):
    nested = None
    for _ in range(200_000):
        nested = make(nested)
    del nested
    nested = []
    last = nested
    for _ in range(50_000):
        last.append([])
        last = last[0]
    last.append(nested)
    del nested, last
    gc.collect()
print("deep")

# Frozen objects take no part.
gc.collect()
garbage = ring(10)
gc.freeze()
del garbage
print(gc.collect() == 0, gc.get_freeze_count() > 100)
gc.unfreeze()
print(gc.get_freeze_count(), gc.collect() >= 11, alive())

# What refers to what.
inner = [1, "a", None, 2.5]
outer = (inner, {"key": inner})
print(sorted(map(str, gc.get_referents(inner))), [thing is outer for thing in gc.get_referrers(inner) if type(thing) is tuple])
print(sorted(map(str, gc.get_referents({1: 2, "x": [3]}))), gc.get_referents(7, "text"))

# Callbacks.
phases = []


def note(phase, info):
    phases.append((phase, info["generation"], info["collected"]))


gc.disable()
gc.callbacks.append(note)
ring(4)
gc.collect(1)
gc.collect()
gc.callbacks.remove(note)
gc.enable()
print(phases)

# Generations.
gc.disable()
gc.collect()
item = [1]
places = []
for generation in (0, 1, 2):
    places.append([any(item is other for other in gc.get_objects(generation=number)) for number in range(3)])
    gc.collect(generation)
print(places)
gc.enable()
