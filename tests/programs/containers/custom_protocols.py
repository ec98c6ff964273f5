"""Classes that play containers: __getitem__, __len__, __contains__, __iter__, __reversed__, __missing__, __length_hint__, abc mixins."""
import collections.abc as abc
import operator


class Logged(abc.MutableSequence):
    def __init__(self, *items):
        self.items = list(items)

    def __getitem__(self, index):
        return self.items[index]

    def __setitem__(self, index, value):
        self.items[index] = value

    def __delitem__(self, index):
        del self.items[index]

    def __len__(self):
        return len(self.items)

    def insert(self, index, value):
        self.items.insert(index, value)


s = Logged(1, 2, 3)
s.append(4), s.extend([5]), s.reverse(), s.remove(3)
s += [9]
print(s.items, 2 in s, s.index(2), s.count(1), list(reversed(s)), s.pop(), s.pop(0), [*s], s[::-1], max(s), sorted(s), bool(Logged()), isinstance(s, abc.Sequence), s.clear(), len(s))


class Map(abc.MutableMapping):
    def __init__(self, **kw):
        self.d = kw

    def __getitem__(self, key):
        return self.d[key]

    def __setitem__(self, key, value):
        self.d[key] = value

    def __delitem__(self, key):
        del self.d[key]

    def __iter__(self):
        return iter(self.d)

    def __len__(self):
        return len(self.d)


m = Map(a=1)
m["b"] = 2
m.update(c=3)
print(dict(m), m.get("zz"), m.pop("a"), m.pop("zz", None), m.setdefault("d", 4), m.popitem(), list(m.items()), list(m.keys()), list(m.values()), m == {"b": 2, "c": 3}, m != {}, "b" in m, ("b", 2) in m.items(), m.keys() & {"b"}, repr(m.keys()).startswith("KeysView("), {**m}, m.clear(), len(m))


class Set(abc.Set):
    def __init__(self, items=()):
        self.items = list(dict.fromkeys(items))

    def __contains__(self, item):
        return item in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)


a, b = Set("abc"), Set("bcd")
print(sorted(a & b), sorted(a | b), sorted(a - b), sorted(a ^ b), a <= b, Set("ab") < a, a == Set("cba"), a.isdisjoint(b), type(a & b).__name__, a == {"a", "b", "c"}, sorted(a | ["z"]), a._hash() == Set("cab")._hash())
for cls in (abc.Sequence, abc.MutableMapping, abc.Set, abc.Iterator, abc.Generator, abc.Callable, abc.Hashable):
    try:
        cls()
    except TypeError as error:
        print(error)


class Partial(abc.Mapping):
    def __len__(self):
        return 0


try:
    Partial()
except TypeError as error:
    print(error)


class OnlyGetitem:
    def __getitem__(self, index):
        if index > 3:
            raise IndexError(index)
        return index * 2


o = OnlyGetitem()
print(list(o), 4 in o, 5 in o, [*o], max(o), dict(enumerate(o)), tuple(zip(o, o)))
try:
    list(reversed(o))
except TypeError as error:
    print(error)
try:
    len(o)
except TypeError as error:
    print(error)


class Rev:
    def __reversed__(self):
        return iter("reversed")

    def __length_hint__(self):
        return 3

    def __contains__(self, item):
        return 0 if item == 1 else "truthy"

    def __iter__(self):
        return iter([7])


print(list(reversed(Rev())), operator.length_hint(Rev()), 1 in Rev(), 2 in Rev(), list(Rev()))


class SeqRev:
    def __len__(self):
        return 3

    def __getitem__(self, i):
        return i


print(list(reversed(SeqRev())), list(SeqRev())[:0] if False else "endless otherwise", operator.length_hint(SeqRev()), operator.length_hint(5, 9))
for hint in (-1, "x", 1.5, NotImplemented):

    class Hint:
        def __length_hint__(self):
            return hint

        def __iter__(self):
            return iter([])

    try:
        print(operator.length_hint(Hint(), 4))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
    try:
        print(list(Hint()))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
for length in (-1, "x", 1.5, 2**70, True):

    class Len:
        def __len__(self):
            return length

    try:
        print(len(Len()), bool(Len()))
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)


class Duck:
    pass


for kind, methods in {"Iterable": ["__iter__"], "Iterator": ["__iter__", "__next__"], "Sized": ["__len__"], "Container": ["__contains__"], "Collection": ["__len__", "__iter__", "__contains__"], "Hashable": [], "Callable": ["__call__"], "Reversible": ["__iter__", "__reversed__"], "Awaitable": ["__await__"], "AsyncIterator": ["__anext__", "__aiter__"], "Generator": ["__iter__", "__next__", "send", "throw", "close"], "Sequence": ["__len__", "__getitem__"], "Buffer": ["__buffer__"]}.items():
    cls = type("Made", (), {name: lambda self: None for name in methods})
    print(kind, issubclass(cls, getattr(abc, kind)), isinstance(cls(), getattr(abc, kind)), end="; ")
print()


class NotHashable:
    __hash__ = None


class NotIterable:
    __iter__ = None


print(isinstance(NotHashable(), abc.Hashable), isinstance(NotIterable(), abc.Iterable), isinstance([], abc.MutableSequence), isinstance({}.keys(), abc.KeysView), isinstance(range(1), abc.Sequence), isinstance("", abc.Sequence), isinstance(b"", abc.Buffer), isinstance(memoryview(b""), abc.Sequence), isinstance(set(), abc.MutableSet), isinstance(iter([]), abc.Iterator), isinstance((x for x in []), abc.Generator))
abc.Sequence.register(Duck)
print(isinstance(Duck(), abc.Sequence), issubclass(Duck, abc.Collection), abc.Sequence.__abstractmethods__ == frozenset({"__getitem__", "__len__"}))
