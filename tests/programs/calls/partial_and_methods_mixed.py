"""partial objects, bound methods, staticmethods and callables stored on classes and instances: which of them bind."""
import functools
import operator


def f(*args):
    return len(args)


class Call:
    def __call__(self, *args):
        return "call", len(args)


class C:
    plain = f
    static = staticmethod(f)
    klass = classmethod(f)
    part = functools.partial(f, 1)
    partial_method = functools.partialmethod(f, 1)
    call = Call()
    builtin = len
    bound = [].append
    lam = lambda *a: a[1:]
    getter = operator.itemgetter(0)
    cls = int
    method_of_str = str.upper
    wrapped = functools.lru_cache(f)
    nested = staticmethod(classmethod(f).__func__)


c = C()
for name in [n for n in vars(C) if not n.startswith("__")]:
    for holder in (C, c):
        try:
            print(name, type(holder).__name__, getattr(holder, name)("x"), end="; ")
        except Exception as error:
            print(name, type(holder).__name__, f"{type(error).__name__}: {error}", end="; ")
    print()
c.own = f
c.own_method = f.__get__(c)
print(c.own(), c.own_method(), c.own_method.__self__ is c, c.plain == c.plain, c.plain is c.plain, hash(c.plain) == hash(c.plain), C.klass == C.klass, c.plain.__func__ is f, c.static is f)
