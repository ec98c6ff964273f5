"""When __del__ runs: at rebinding, in loops, in expressions, from containers, on exceptions, with resurrection and errors."""
import gc
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append(self.name)

    def __add__(self, other):
        return Loud(f"({self.name}+{other.name})")


log = []


def show(title):
    print(f"{title:22}", *log)
    log.clear()


a = Loud("a")
a = Loud("b")
show("rebound")
del a
show("deleted")
Loud("dropped")
show("expression")
Loud("x") + Loud("y") + Loud("z")
show("temporaries")
for i in range(3):
    it = Loud(i)
show("loop")
del it
show("after the loop")
items = [Loud("l1"), Loud("l2"), Loud("l3")]
items[1] = Loud("new")
items.pop()
show("list item")
items.clear()
show("cleared")
pair = (Loud("t1"), Loud("t2"))
del pair
table = {"k": Loud("v")}
table["k"] = Loud("w")
show("tuple and dict")
table.clear()
holder = Loud("outer")
holder.inner = Loud("inner")
del holder
show("attribute")


def function(arg, default=None):
    local = Loud("local")
    return arg.name


print(function(Loud("argument")))
show("call")


def raises():
    inside = Loud("in the frame")
    raise ValueError


try:
    raises()
except ValueError as error:
    show("while handled")
show("handled")
[Loud(n) for n in "abc"]
show("comprehension")
generator = (Loud(n) for n in "abc")
next(generator)
show("generator")
kept = next(generator)
generator.close()
show("closed")
del kept
show("kept one")


class Phoenix(Loud):
    def __del__(self):
        super().__del__()
        saved.append(self)


saved = []
p = Phoenix("phoenix")
del p
show("resurrected")
saved.pop()
show("second time")


class Bad:
    def __del__(self):
        raise LookupError("in __del__")


sys.unraisablehook = lambda info: log.append(f"{type(info.exc_value).__name__} {info.object}")
Bad()
show("error")
cycle = Loud("cycle")
cycle.me = cycle
del cycle
show("not yet")
gc.collect()
show("collected")
first, second = Loud("first"), Loud("second")
first, second = second, first
show("swapped")
del first, second
show("both gone")
x = Loud("nested " + (lambda: Loud("lambda's").name)())
show("lambda")
x = None
show("None")
_ = Loud("walrus") and (w := Loud("w2"))
del w, _
show("walrus")
with_list = [Loud("p")] * 3
del with_list[0], with_list[0]
show("still one")
with_list.clear()
show("the last")
sys.setrecursionlimit(500)
chain = None
for i in range(3000):
    node = Loud("." if i % 1000 == 0 else "")
    node.next = chain
    chain = node
del chain, node
print(len(log), log.count("."))
