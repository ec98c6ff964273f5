"""Cycles through closures, generators, exceptions, bound methods, dicts, slots, modules and classes, each collected with its finaliser run."""
import gc
import types
import weakref


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append(self.name)


log = []
gc.collect()


def check(title, make):
    make()
    before = list(log)
    gc.collect()
    print(title, before, log)
    log.clear()


def closure():
    loud = Loud("closure")

    def f():
        return f, loud


def generator():
    def g():
        loud = Loud("generator")
        me = yield
        yield
    it = g()
    next(it)
    it.send(it)


def exception():
    loud = Loud("exception")
    try:
        raise ValueError
    except ValueError as error:
        kept = error


def method():
    loud = Loud("method")
    loud.method = loud.__init__


def table():
    d = {"loud": Loud("dict")}
    d["me"] = d


def slots():
    class S:
        __slots__ = ("me", "loud")
    s = S()
    s.me, s.loud = s, Loud("slots")


def module():
    m = types.ModuleType("m")
    m.me, m.loud = m, Loud("module")


def cls():
    class C:
        loud = Loud("class")
    C.me = C


def instance_of_own_class():
    class C:
        pass
    C.instance = C()
    C.instance.loud = Loud("instance")


def partial():
    import functools
    items = [Loud("partial")]
    items.append(functools.partial(items.append, items))


def weak():
    loud = Loud("weak")
    loud.ref = weakref.ref(loud, lambda r: log.append("callback"))
    loud.me = loud


def property_cycle():
    loud = Loud("property")
    loud.p = property(lambda self: loud)


def coroutine():
    async def co():
        await x
    loud = Loud("coroutine")
    loud.co = co.__get__(loud)


def traceback():
    loud = Loud("traceback")
    try:
        1 / 0
    except ZeroDivisionError as error:
        loud.tb = error.__traceback__


for make in (closure, generator, exception, method, table, slots, module, cls, instance_of_own_class, partial, weak, property_cycle, coroutine, traceback):
    check(make.__name__, make)
