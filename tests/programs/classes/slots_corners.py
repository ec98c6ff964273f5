"""__slots__: layouts, inheritance, weak references, dicts, name mangling, conflicts and errors."""
import weakref


def attempt(source, **scope):
    try:
        exec(source, globals(), scope)
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
    else:
        print("fine")
    return scope


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Named(Point):
    __slots__ = ["name"]


class Open(Point):
    pass


class Reference(Point):
    __slots__ = "__weakref__"


class WithDict(Point):
    __slots__ = ("__dict__", "z")


p = Point(1, 2)
print(Point.__slots__, Named.__slots__, Reference.__slots__, Point.x, type(Point.x).__name__)
attempt("p.z = 3", p=p)
attempt("p.__dict__", p=p)
attempt("weakref.ref(p)", p=p)
attempt("p.x; del p.x; del p.x", p=Point(1, 2))
attempt("p.x", p=Point.__new__(Point))
n = Named(1, 2)
attempt("n.name", n=n)
n.name = "n"
print(n.x, n.y, n.name)
o = Open(1, 2)
o.z = 3
print(o.__dict__, o.x)
r = Reference(1, 2)
print(weakref.ref(r)() is r)
attempt("r.q = 1", r=r)
w = WithDict(1, 2)
w.z, w.free = 3, 4
print(w.__dict__)

print(Point.x.__get__(p), Point.x.__get__(None, Point) is Point.x, Point.x.__name__, Point.x.__objclass__)
Point.x.__set__(p, 9)
print(p.x)
attempt("Point.x.__get__(5)")
attempt("Point.x.__set__(5, 1)")


class Mangled:
    __slots__ = ("__private", "_Mangled__other")

    def __init__(self):
        self.__private = 1
        self.__other = 2


m = Mangled()
print(m._Mangled__private, m._Mangled__other)


class Documented:
    __slots__ = {"a": "the a", "b": "the b"}


print(Documented.a.__doc__ if hasattr(Documented.a, "__doc__") else None, sorted(Documented.__slots__))
import inspect

print(inspect.getdoc(Documented.a), inspect.getdoc(Documented.b))

attempt("class Bad: __slots__ = 'a'; a = 1")
attempt("class Bad: __slots__ = ('a', 5)")
attempt("class Bad: __slots__ = 'not valid'")
attempt("class Bad: __slots__ = 5")
attempt("class Bad: __slots__ = ('__dict__', '__dict__')")
attempt("class Bad(Open): __slots__ = '__dict__'")
attempt("class Bad(Reference): __slots__ = '__weakref__'")
attempt("class Bad(int): __slots__ = 'a'")
attempt("class Good(int): __slots__ = ()")
attempt("class Bad(tuple): __slots__ = ['x']")
attempt("class Left: __slots__ = 'a'\nclass Right: __slots__ = 'b'\nclass Both(Left, Right): pass")
attempt("class Left: __slots__ = 'a'\nclass Right: __slots__ = ()\nclass Both(Left, Right): __slots__ = 'c'")
attempt("class A: __slots__ = 'a'\nclass B: __slots__ = 'b'\nB().__class__ = A")
attempt("class A: __slots__ = 'a'\nclass B: __slots__ = 'a'\nb = B(); b.a = 5; b.__class__ = A; print(b.a, type(b).__name__)")
attempt("class A: pass\nclass B: __slots__ = 'a'\nB().__class__ = A")


class Shadow(Point):
    __slots__ = "x"


s = Shadow(1, 2)
Point.x.__set__(s, 50)
print(s.x, Point.x.__get__(s))


class Duplicate:
    __slots__ = ("a", "a")


d = Duplicate()
d.a = 1
print(d.a)
empty = type("Empty", (), {"__slots__": ()})()
attempt("e.a = 1", e=empty)
print(object.__reduce_ex__(n, 2)[2])
class Property:
    __slots__ = "_v"

    @property
    def v(self):
        return self._v

    @v.setter
    def v(self, value):
        self._v = value * 2


q = Property()
q.v = 4
print(q.v)
