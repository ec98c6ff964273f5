"""Class bodies as scopes: names seen and unseen, comprehensions, nested classes, deletions, __qualname__, docs, cells."""
outer = "global"


class Body:
    """The docstring."""

    outer = outer + " seen from the body"
    items = [1, 2, 3]
    doubled = [i * 2 for i in items]
    pairs = [(i, j) for i in items for j in range(2)]
    try:
        broken = [[i for i in items] for _ in range(1)]
    except NameError as error:
        print("NameError:", error)
    first = items[0]
    function = lambda self: outer

    def method(self):
        return outer

    class Inner:
        seen = outer

        def method(self):
            return Body.outer

    print(__qualname__, __module__, Inner.__qualname__)
    locals()["injected"] = "through locals"
    print(sorted(k for k in locals() if not k.startswith("__")))
    del first


print(Body.outer, Body.doubled, Body.pairs, Body().function(), Body().method())
print(Body.Inner.seen, Body.Inner().method(), Body.injected, Body.__doc__, hasattr(Body, "first"))


def maker(flag):
    value = "enclosing"

    class Local:
        copied = value
        if flag:
            other = copied + " class"
        else:
            other = value
        after = other

        def get(self):
            return value

        def own(self):
            return __class__.after

    return Local


for flag in (True, False):
    Local = maker(flag)
    print(Local.copied, Local.after, Local().get(), Local().own(), Local.__qualname__, Local.get.__qualname__)


class Renamed:
    __qualname__ = "Other.Name"
    __module__ = "elsewhere"

    def method(self):
        pass


print(Renamed, Renamed.__name__, Renamed.method.__qualname__)
try:

    class BadName:
        __qualname__ = 5

except TypeError as error:
    print(error)


class Doc:
    __doc__ = f"computed {1 + 1}"


print(Doc.__doc__)


class NoDoc:
    f"not a doc {1}"


print(NoDoc.__doc__)


class Globals:
    global made_here
    made_here = 1
    other = 2


print(made_here, hasattr(Globals, "made_here"))


def nonlocal_body():
    x = 1

    class Changes:
        nonlocal x
        x = 2
        y = x

    return x, hasattr(Changes, "x"), Changes.y


print(nonlocal_body())


class Static:
    @staticmethod
    def helper(n):
        return n + 1

    value = helper(1)

    def _private(n):
        return n * 10

    table = list(map(_private, range(2)))


print(Static.value, Static.table)


class Conditional:
    if outer == "global":

        def chosen(self):
            return "first"

    else:

        def chosen(self):
            return "second"

    for name in ("a", "b"):
        exec(f"{name} = {name!r} * 2")
    while True:
        break
    with open("/dev/null") as handle:
        pass
    handle.close()


print(Conditional().chosen(), Conditional.a, Conditional.b, Conditional.name)


class Mangle:
    __x = 1

    def get(self, __y=2, **kw):
        __z = 3
        return self.__x, __y, __z, [k for k in locals()]

    class __Inner:
        __deep = 4

    def __method(self):
        return "private"

    def call(self):
        return self.__method(), self.__class__.__name__, self.__Inner._Inner__deep if hasattr(self.__Inner, "_Inner__deep") else vars(self.__Inner).keys() & {"_Inner__deep", "_Mangle__deep", "_Mangle__Inner__deep", "__deep"}


print(Mangle().get(), Mangle().call(), sorted(k for k in vars(Mangle) if "Mangle" in k))
print(Body.__firstlineno__, Body.__static_attributes__, maker(1).__static_attributes__)


class Attributes:
    def __init__(self):
        self.b = self.a = 1
        self.c, (self.d, *self.e) = 1, (2, 3)
        for self.f in ():
            pass

    def other(this):
        this.unseen = 1
        self = this
        self.unseen_too = 2


print(sorted(Attributes.__static_attributes__))
