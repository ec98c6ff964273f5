"""Cells made, shared, emptied and compared by hand; functions built from code and closures; defaults and closures over each other."""
import types


def outer(a):
    b = a * 2

    def first():
        return a, b

    def second(new):
        nonlocal b
        b = new
    return first, second


first, second = outer(5)
print(first(), [c.cell_contents for c in first.__closure__], first.__code__.co_freevars, first.__closure__[1] is second.__closure__[0])
second("changed")
print(first())
first.__closure__[0].cell_contents = "by hand"
print(first())
del first.__closure__[1].cell_contents
for action in (first, lambda: first.__closure__[1].cell_contents, lambda: second("back") or first()):
    try:
        print(action())
    except (NameError, ValueError) as error:
        print(type(error).__name__, error)
cells = tuple(types.CellType(n) for n in ("x", "y"))
made = types.FunctionType(first.__code__, {}, "made", None, cells)
print(made(), made.__name__, made.__closure__ is cells, made.__globals__ == {} or sorted(made.__globals__))
for args in ((first.__code__, {}), (first.__code__, {}, None, None, ()), (first.__code__, {}, None, None, (1, 2)), (first.__code__, {}, None, None, cells[:1]), (first.__code__, 5), (5, {}), ((lambda: 0).__code__, {}, None, None, cells), ((lambda: 0).__code__, {}, 5), ((lambda a: a).__code__, {}, "n", 5), ((lambda a=1: a).__code__, {}, "n", (7,)), ((lambda *, k: k).__code__, {}, "n", None, None, {"k": 3})):
    try:
        print(types.FunctionType(*args)())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
a, b, empty = types.CellType(1), types.CellType(1.0), types.CellType()
print(a == b, a < types.CellType(2), empty == types.CellType(), empty < a, a != empty, repr(empty).split(" at ")[0], repr(a).split(":")[1].strip().split(" at ")[0], type(a).__name__)
for action in (lambda: hash(a), lambda: empty.cell_contents, lambda: a < types.CellType("x"), lambda: types.CellType(1, 2), lambda: setattr(a, "other", 1)):
    try:
        print(action())
    except (TypeError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)


def counter():
    n = 0

    def bump(by=lambda: n):
        nonlocal n
        n += 1
        return n, by()
    return bump


bump, other = counter(), counter()
print(bump(), bump(), other(), bump.__defaults__[0]() , bump.__closure__[0].cell_contents)
bump.__code__ = (lambda n: lambda by: (n, "replaced", by()))(0).__code__
print(bump())


def chain(n):
    return (lambda: (n, chain(n - 1)())) if n else (lambda: "end")


print(chain(3)())
functions = []
for i in range(3):
    def f(x=i):
        return x, i
    functions.append(f)
print([f() for f in functions], f.__closure__)


def parameters(a, *args, b, **kw):
    def show():
        return a, args, b, kw
    a, b = b, a
    kw["more"] = 1
    args += (9,)
    return show


print(parameters(1, 2, b=3, c=4)(), parameters.__code__.co_cellvars, parameters(1, b=2).__code__.co_freevars)


def self_reference():
    def me():
        return me
    return me


me = self_reference()
print(me() is me, me.__closure__[0].cell_contents is me)


def late_binding():
    def use():
        return value
    try:
        use()
    except NameError as error:
        print(error)
    value = "set late"
    return use()


print(late_binding())
class_functions = [type("C", (), {"m": (lambda n: lambda self: n)(n)}) for n in range(3)]
print([c().m() for c in class_functions])
