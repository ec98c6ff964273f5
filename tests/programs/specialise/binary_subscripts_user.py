"""Hot subscripts through user classes' __getitem__ and __class_getitem__, that change, recurse and raise."""


class Grid:
    def __init__(self, *cells):
        self.cells = list(cells)

    def __getitem__(self, key):
        if isinstance(key, slice):
            return Grid(*self.cells[key])
        return self.cells[key]

    def __setitem__(self, key, value):
        self.cells[key] = value

    def __class_getitem__(cls, key):
        return f"{cls.__name__}[{key}]"


def read(it, key):
    return it[key]


def hot(*args, turns=60):
    for _ in range(turns):
        try:
            out = read(*args)
        except Exception as error:
            out = f"{type(error).__name__}: {error}"
    return out


g = Grid(1, 2, 3)
print(hot(g, 0), hot(g, -1), hot(g, 9), hot(g, "x"), hot(g, slice(1, None)).cells, hot(Grid, int))
Grid.__getitem__ = lambda self, key: ("replaced", key)
print(hot(g, 0))
Grid.__getitem__ = lambda self, key, extra=5: ("default", key, extra)
print(hot(g, 0))
Grid.__getitem__ = lambda self: None
print(hot(g, 0))
Grid.__getitem__ = staticmethod(lambda key: ("static", key))
print(hot(g, 0))
Grid.__getitem__ = property(lambda self: self.cells.__getitem__)
print(hot(g, 0))
Grid.__getitem__ = dict(a=1).get
print(hot(g, "a"))
g.__getitem__ = lambda key: "instance"
print(hot(g, "a"))
del Grid.__getitem__
print(hot(g, 0))


def gen(self, key):
    yield key


Grid.__getitem__ = gen
print(list(hot(g, 4)))
Grid.__getitem__ = lambda self, key: key if key <= 0 else self[key - 1] + 1
print(hot(g, 40))
print(hot([[1, 2]], 0), hot({"a": g}, "a") is g, hot((g, 1), 0) is g, hot("abc", True), hot(list, int), hot(type, 1), hot({(1, 2): "t"}, (1, 2)))


def write(it, key, value):
    it[key] = value


def try_write(*args):
    for _ in range(60):
        try:
            write(*args)
            out = "fine"
        except Exception as error:
            out = f"{type(error).__name__}: {error}"
    return out


d, l = {}, [0, 0]
print(try_write(d, "k", 1), try_write(l, 0, 2.5), try_write(l, 5, 1), try_write(g, 1, "w"), try_write((1,), 0, 1), try_write(d, [], 1), try_write("s", 0, "t"), d, l, g.cells)


class Odd(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value * 2)


o = Odd()
print(try_write(o, "k", 4), o, try_write(d, "z", 9), d)
del Odd.__setitem__
print(try_write(o, "k", 4), o)
