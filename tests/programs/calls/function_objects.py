"""Functions as objects: attributes, code replaced, closures, globals, types.FunctionType, __type_params__."""
import types


def make(n):
    extra = 10

    def inner(x, y=1):
        """Inner doc."""
        return x + y + n + extra

    return inner


f = make(5)
print(f.__name__, f.__qualname__, f.__doc__, f.__module__, f.__defaults__, f.__kwdefaults__, f.__dict__)
print([c.cell_contents for c in f.__closure__], f.__code__.co_freevars, f.__globals__ is globals(), f.__builtins__ is __builtins__.__dict__)
f.attribute = 1
print(f.__dict__, vars(f))
f.__name__, f.__qualname__, f.__doc__ = "renamed", "other.renamed", "new doc"
print(f.__name__, f.__qualname__, f.__doc__, f.__code__.co_name)
for attribute, value in [("__name__", 5), ("__qualname__", None), ("__code__", 5), ("__dict__", 5), ("__closure__", ()), ("__globals__", {}), ("__defaults__", 5), ("__builtins__", {}), ("__annotations__", 5), ("__type_params__", 5)]:
    try:
        setattr(f, attribute, value)
        print("set", attribute)
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
for attribute in ("__name__", "__code__", "__dict__", "__doc__", "__defaults__", "attribute", "missing"):
    try:
        delattr(f, attribute)
        print("deleted", attribute, getattr(f, attribute, "gone"))
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)


def a():
    return "a"


def b(x=1):
    return "b", x


a.__code__ = b.__code__
try:
    a()
except TypeError as error:
    print(error)
a.__defaults__ = ("given",)
print(a(), a.__name__)
try:
    a.__code__ = f.__code__
except ValueError as error:
    print(error)
g = types.FunctionType(b.__code__, {"__builtins__": {}}, "g", (7,))
print(g(), g.__name__, g.__module__)
h = types.FunctionType(f.__code__, globals(), closure=make(100).__closure__, argdefs=(2,))
print(h(1), h.__qualname__)
for arguments in [(5, {}), (b.__code__, 5), (f.__code__, {}), (f.__code__, {}, None, None, ()), (f.__code__, {}, None, None, (1, 2)), (b.__code__, {}, 5), (b.__code__, {}, "n", 5), (b.__code__, {}, "n", None, make(1).__closure__)]:
    try:
        types.FunctionType(*arguments)
        print("fine")
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
code = b.__code__
replaced = code.replace(co_name="other", co_consts=tuple("B" if c == "b" else c for c in code.co_consts))
print(types.FunctionType(replaced, {}, argdefs=(0,))(), replaced.co_name, replaced == code, code == code.replace())
cell = types.CellType(5)
print(cell.cell_contents, cell == types.CellType(5), cell < types.CellType(6))
cell.cell_contents = "changed"
print(cell.cell_contents)
del cell.cell_contents
try:
    cell.cell_contents
except ValueError as error:
    print(error)
print(types.CellType() == types.CellType(), types.CellType() < cell.__class__(1), repr(types.CellType()).split(" at ")[0])


def generic[T: int, *Ts, **P](x: T) -> T:
    return x


print(generic.__type_params__, generic.__annotations__["x"] is generic.__type_params__[0])
print(callable(f), isinstance(f, types.FunctionType), isinstance(len, types.BuiltinFunctionType), type(f).__name__)
try:

    class Sub(types.FunctionType):
        pass

except TypeError as error:
    print(error)
print(f == f, f == make(5), hash(f) == hash(f))
print(f.__get__(None, int) is f, f.__get__(3)(4, 5) if False else type(f.__get__(3)).__name__)
print(make.__code__.co_cellvars, make.__code__.co_flags & 0x10, f.__code__.co_flags & 0x10, f.__code__.co_nlocals, make.__code__.co_stacksize > 0)
