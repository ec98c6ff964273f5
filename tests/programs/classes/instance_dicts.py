"""Instance dictionaries: replacing, sharing, deleting, odd keys, slots beside, __class__ assignment, vars."""


class C:
    shared = "class"


def attempt(*sources):
    for source in sources:
        try:
            exec(source, globals())
            print("fine:", source)
        except Exception as error:
            print(source, "->", type(error).__name__, error)


c = C()
c.a, c.b = 1, 2
d = c.__dict__
d["c"] = 3
del d["a"]
print(c.c, hasattr(c, "a"), vars(c) is d, d)
c.__dict__ = {"new": 1}
print(c.new, hasattr(c, "b"), d)
other = C()
other.__dict__ = c.__dict__
other.shared_key = "seen by both"
print(c.shared_key, c.__dict__ is other.__dict__)
del c.__dict__
print(c.__dict__, other.__dict__)
c.__dict__[5] = "int key"
c.__dict__["with space"] = 1
setattr(c, "with-dash", 2)
print(c.__dict__, getattr(c, "with space"), getattr(c, "with-dash"))
attempt("c.__dict__ = 5", "c.__dict__ = None", "del C().__dict__", "setattr(c, 5, 1)", "getattr(c, 5)", "C.__dict__['x'] = 1", "C.__dict__ = {}", "vars(5)", "object().__dict__", "(5).x = 1", "C.__dict__.update({})", "c.__class__ = int", "del c.__class__", "c.shared = 1; del c.shared; c.shared", "del c.shared")


class D(dict):
    pass


x = D(a=1)
x.attribute = 2
print(x, x.__dict__, vars(x))
for i in range(40):
    setattr(c, f"attr{i}", i)
print(len(c.__dict__), c.attr39, sum(v for v in c.__dict__.values() if isinstance(v, int)))
for i in range(0, 40, 2):
    delattr(c, f"attr{i}")
print([k for k in list(c.__dict__)[:6]], c.attr1)
y, z = C(), C()
y.one, y.two = 1, 2
z.two, z.one = 2, 1
print(list(y.__dict__), list(z.__dict__), y.__dict__ == z.__dict__)
y.__dict__.clear()
y.three = 3
print(y.__dict__)


class Str(str):
    pass


setattr(y, Str("subclass name"), 1)
print(sorted(y.__dict__), getattr(y, Str("three")))


class Init:
    def __init__(self, **kw):
        self.__dict__.update(kw)

    def __eq__(self, o):
        return self.__dict__ == o.__dict__


print(Init(a=1, b=2) == Init(b=2, a=1), Init(a=1).a)


class Tracks:
    def __setattr__(self, name, value):
        object.__setattr__(self, name, ("tracked", value))

    def __delattr__(self, name):
        print("deleting", name)
        object.__delattr__(self, name)


t = Tracks()
t.x = 1
t.__dict__["y"] = 2
print(t.x, t.y)
del t.x
attempt("del t.nothing")
def f(): pass
f.x = 1
print(f.__dict__, C.shared, vars(C)["shared"], type.__getattribute__(C, "shared"), object.__getattribute__(y, "three"))
module = type(__builtins__)("m", "doc")
module.x = 1
print(sorted(module.__dict__), module.__doc__, vars(module)["x"], repr(module))
