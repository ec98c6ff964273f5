"""Hot construction of classes whose __init__, __new__, metaclass and slots change, and that fail in between."""


class Point:
    def __init__(self, x, y=0):
        self.x, self.y = x, y

    def __repr__(self):
        return f"{type(self).__name__}{vars(self)}"


def make(cls, *args):
    return cls(*args)


def hot(*args, turns=60):
    for _ in range(turns):
        try:
            out = Point(*args)
            out = Point(1) if not args else out
        except Exception as error:
            out = f"{type(error).__name__}: {error}"
    return out


def direct(turns=60):
    for i in range(turns):
        try:
            out = Point(i, 2)
        except Exception as error:
            out = f"{type(error).__name__}: {error}"
    return out


print(direct(), hot(1), hot(1, 2, 3), hot())
Point.__init__ = lambda self, *a: vars(self).update(a=a)
print(direct(), hot())
Point.__init__ = lambda self, x, y: 5
print(direct())
Point.__init__ = lambda self, x, y, z: None
print(direct())
del Point.__init__
print(direct(), hot())
Point.__init__ = lambda self, x, y: setattr(self, "p", x * y)
print(direct())
Point.__slots__ = ()
Point.__init__.__code__ = (lambda self, x, y: setattr(self, "s", x + y)).__code__
print(direct())
Point.__init__.__defaults__ = (7,)
print(hot(1), hot())


def generator_init(self, x, y):
    yield x


Point.__init__ = generator_init
print(direct())
Point.__init__ = lambda self, *a: None
Point.__new__ = staticmethod(lambda cls, *a: object.__new__(cls))
print(direct())
Point.__new__ = staticmethod(lambda cls, *a: "not a point")
print(direct())
Point.__new__ = staticmethod(lambda cls, *a: 1 / 0)
print(direct())
Point = lambda *a: a
print(direct(), hot(3))
Point = int
print(direct())
Point = type("Point", (), {"__init_subclass__": lambda: None, "__call__": lambda self: "instance called"})()
print(hot())


class Base:
    def __init__(self, n):
        self.n = n


class Leaf(Base):
    def __init__(self, n, m):
        super().__init__(n)
        self.m = m


made = [Leaf(i, -i) for i in range(500)]
print(made[499].n, made[499].m, vars(made[0]))
Base.__init__ = lambda self, n: setattr(self, "n", n * 2)
print(vars([Leaf(i, 1) for i in range(60)][-1]))
