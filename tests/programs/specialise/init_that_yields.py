"""Classes whose __init__ is, becomes or stops being a generator, a coroutine or something that returns a value, cold and hot."""
import warnings

warnings.simplefilter("ignore")


class P:
    def __init__(self, x):
        self.x = x


def make(turns=60):
    for i in range(turns):
        try:
            out = vars(P(i))
        except TypeError as error:
            out = str(error)
    return out


def yields(self, x):
    yield x


async def waits(self, x):
    return x


async def both(self, x):
    yield x


def value(self, x):
    return x or None


print(make())
for init in (yields, waits, both, value, lambda self, x: (yield), lambda self, x: None, yields):
    P.__init__ = init
    print(getattr(init, "__name__", init), make(), make(3))
P.__init__ = lambda self, x: setattr(self, "y", x)
print(make())
for code in (yields, value, waits, lambda self, x: setattr(self, "z", x)):
    P.__init__.__code__ = code.__code__
    print(make())


class Child(P):
    def __init__(self, x):
        super().__init__(x)
        yield self


def children():
    for i in range(60):
        try:
            Child(i)
        except TypeError as error:
            out = str(error)
    return out


print(children())
