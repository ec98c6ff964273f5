"""copy, deepcopy and pickle of cyclic graphs: shared parts, memo, cycles through dicts, sets, slots, reduce, keys."""
import copy
import pickle


class Node:
    def __init__(self, name):
        self.name, self.links = name, []

    def __repr__(self):
        return f"{self.name}->{[n.name for n in self.links]}"


class Keyed:
    def __init__(self, key):
        self.key = key

    def __hash__(self):
        return hash(self.key)

    def __eq__(self, other):
        return self.key == other.key


class Slots:
    __slots__ = "me", "other"


class Reduced:
    def __init__(self, value):
        self.value = value

    def __reduce__(self):
        return Reduced, (self.value,), None, None, iter([("self", self)])

    def __setitem__(self, key, value):
        setattr(self, key, value is self)


class Counted:
    copies = 0

    def __deepcopy__(self, memo):
        Counted.copies += 1
        made = memo[id(self)] = type(self)()
        return made


def ring(count):
    nodes = [Node(f"n{i}") for i in range(count)]
    for a, b in zip(nodes, nodes[1:] + nodes[:1]):
        a.links += [b, a]
    return nodes


def ways(value):
    yield "copy", copy.copy(value)
    yield "deepcopy", copy.deepcopy(value)
    for protocol in (0, 2, 5):
        yield f"pickle {protocol}", pickle.loads(pickle.dumps(value, protocol))


nodes = ring(3)
for title, got in ways(nodes[0]):
    print(title, got, got.links[1] is got, got.links[0].links[0].links[0] is got, got.links is nodes[0].links)
selfish = [1]
selfish.append(selfish)
table = {"list": selfish}
table["me"] = table
tup = ([],)
tup[0].append(tup)
for title, got in ways(table):
    print(title, got, got["me"] is got, got["list"][1] is got["list"])
for title, got in ways(tup):
    print(title, got, got[0][0] is got)
slots = Slots()
slots.me = slots
for title, got in [("copy", copy.copy(slots)), ("deep", copy.deepcopy(slots))]:
    print(title, got.me is got, got.me is slots, hasattr(got, "other"))
keyed = Keyed("k")
holder = {keyed: "value"}
keyed.holder = holder
for title, got in ways(holder):
    (key,) = got
    print(title, got[key], key.holder is got)
for title, got in ways(Reduced(5)):
    print(title, got.value, getattr(got, "self", "none"))
counted = Counted()
print(len({id(c) for c in copy.deepcopy([counted] * 5)}), Counted.copies)
shared = []
both = [shared, shared, (shared,), {"s": shared}]
for title, got in ways(both):
    print(title, got[0] is got[1] is got[2][0] is got[3]["s"], got[0] is shared)
deep = value = []
for _ in range(150):
    value.append([])
    value = value[0]
print(str(copy.deepcopy(deep)).count("["), str(pickle.loads(pickle.dumps(deep))).count("["))
memo = {}
first = copy.deepcopy(nodes, memo)
second = copy.deepcopy(nodes[1], memo)
print(second is first[1], copy.deepcopy(nodes[1]) is first[1])
for odd in (print, Node, type, None, ..., NotImplemented, range(3), 1.5, "s", frozenset([1]), (1, (2, 3)), slice(1, 2), lambda: 0):
    print(copy.copy(odd) is odd, copy.deepcopy(odd) is odd, end=" ")
print()
for bad in ((x for x in ()), iter([]), memoryview(b"a"), type("L", (), {"__reduce_ex__": lambda s, p: 5})(), type("M", (), {"__reduce__": lambda s: (1, 2)})()):
    for function in (copy.copy, copy.deepcopy, pickle.dumps):
        try:
            function(bad)
            print("fine", end="; ")
        except Exception as error:
            print(type(error).__name__, str(error).split(" at 0x")[0], end="; ")
    print()
