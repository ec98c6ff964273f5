"""Subclasses of int, str, tuple, frozenset and bytes with __new__ and __init__, caches of instances, and wrong returns."""


class Even(int):
    cache = {}

    def __new__(cls, n):
        if n % 2:
            raise ValueError(f"{n} is odd")
        return cls.cache.setdefault(n, super().__new__(cls, n))

    def __init__(self, n):
        self.inits = getattr(self, "inits", 0) + 1


print(Even(2) is Even(2), Even(2).inits, Even(4) + 1, type(Even(2) + Even(2)).__name__)


class Pair(tuple):
    def __new__(cls, a, b=0):
        return super().__new__(cls, (min(a, b), max(a, b)))

    def __init__(self, *args):
        self.given = args


p = Pair(5, 3)
print(p, p.given, p[0], Pair(1), hash(p) == hash((3, 5)), p == (3, 5), p + (9,), type(p[:]).__name__)


class Text(str):
    def __new__(cls, *parts, sep=" "):
        return super().__new__(cls, sep.join(map(str, parts)))


print(Text("a", 1, sep="-"), Text(), len(Text("x", "y")), Text("a").upper())


class Frozen(frozenset):
    def __init__(self, items, extra=None):
        self.extra = extra

    def __new__(cls, items, extra=None):
        return super().__new__(cls, (i * 2 for i in items))


f = Frozen([1, 2], extra="e")
print(sorted(f), f.extra, f == {2, 4}, type(f | {1}).__name__)


class Weird:
    def __new__(cls, kind):
        return {"self": lambda: object.__new__(cls), "other": lambda: 5, "sub": lambda: object.__new__(Sub), "none": lambda: None}[kind]()

    def __init__(self, kind):
        log.append(f"init {type(self).__name__} {kind}")


class Sub(Weird): ...


log = []
print([type(Weird(k)).__name__ for k in ("self", "other", "sub", "none")], log)
for bad in (lambda: Even(3), lambda: Pair(), lambda: Frozen(5), lambda: object.__new__(int), lambda: int.__new__(object), lambda: object.__new__(Even, 2), lambda: tuple.__new__(Pair, 1, 2), lambda: str.__new__(), lambda: str.__new__(5), lambda: object(1), lambda: type("N", (), {})(1), lambda: type("I", (), {"__init__": lambda s: 5})(), lambda: object().__init__(1), lambda: type("N", (), {"__new__": lambda c: object.__new__(c, 1)})(), lambda: bytes.__new__(bytearray)):
    try:
        print(bad())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
