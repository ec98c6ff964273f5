# Expected output: tests/make_expected.sh with CPython 3.14.
"""When things end, and in which order."""
import weakref

log = []


class Thing:
    def __init__(self, name, *parts):
        self.name = name
        self.parts = parts

    def __del__(self):
        log.append(self.name)


def show(what):
    print(what, log)
    log.clear()


things = [Thing(1), Thing(2), Thing(3)]
del things
show("list")
things = (Thing(1), Thing(2), Thing(3))
del things
show("tuple")
things = {1: Thing(1), 2: Thing(2)}
del things
show("dict")
things = [Thing(number) for number in range(6)]
things[1:3] = []
show("slice")
things[0] = None
show("item")
things.pop()
show("pop")
things.clear()
show("clear")
nested = Thing("outer", [Thing("a"), [Thing("b")], {"key": Thing("c")}])
nested = None
show("nested")


class Slots:
    __slots__ = ("p", "q", "r")


class Plain:
    pass


for kind in (Slots, Plain):
    holder = kind()
    holder.p, holder.q, holder.r = Thing("p"), Thing("q"), Thing("r")
    holder.q = Thing("q2")
    show("replaced")
    del holder
    show(kind.__name__)


def function():
    first, second, third = Thing("first"), Thing("second"), Thing("third")
    log.append("returning")


function()
show("locals")


def raising():
    local = Thing("local")
    raise ValueError


try:
    raising()
except ValueError:
    log.append("handled")
show("exception")


def generator():
    try:
        yield Thing("yielded")
    finally:
        log.append("finally")


iterator = generator()
next(iterator)
del iterator
show("generator")

target = Thing("target")
references = [weakref.ref(target, lambda dead, number=number: log.append((number, dead()))) for number in range(3)]
del target
show("callbacks")

target = Thing("of a dead callback")
reference = weakref.ref(target, lambda dead: log.append("never"))
del reference, target
show("callback gone")


class Chain:
    def __init__(self, number, rest):
        self.number = number
        self.rest = rest

    def __del__(self):
        if self.number % 5_000 == 0:
            log.append(self.number)


chain = None
for number in range(20_001):
    chain = Chain(number, chain)
del chain, number
show("chain")


class Reviving:
    def __del__(self):
        revived.append(self)
        log.append("revived")


revived = []
Reviving()
show("revive")
revived.clear()
show("once")
