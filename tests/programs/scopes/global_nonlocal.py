"""global and nonlocal: declarations, their reach, and what the compiler refuses."""
x = "module"


def sets_global():
    global x, fresh
    x = "set"
    fresh = "new"


sets_global()
print(x, fresh)


def nested_global():
    x = "local"

    def inner():
        global x
        x = "from inner"

        def innermost():
            return x

        return innermost()

    return inner(), x


print(nested_global(), x)


def global_functions():
    global made, Made

    def made():
        return made.__qualname__

    class Made:
        pass

    return Made.__qualname__


print(global_functions(), made(), Made)


def global_loop():
    global index, handle, module, caught
    for index in range(3):
        pass
    with open("/dev/null") as handle:
        pass
    import sys as module

    try:
        raise ValueError
    except ValueError as caught:
        pass


global_loop()
print(index, handle.closed, module.__name__, "caught" in globals())


def global_in_class():
    class C:
        global placed
        placed = 1
        kept = 2

        def method(self):
            global placed
            placed += 1
            return placed

    return C().method(), C.kept, hasattr(C, "placed")


print(global_in_class(), placed)


def chain():
    v = 0

    def one():
        nonlocal v

        def two():
            nonlocal v
            v += 1

            class K:
                nonlocal v
                v += 10

            return v

        return two()

    return one(), v


print(chain())


def global_for_comprehension():
    global gx
    return [gx := n for n in range(3)], gx


print(global_for_comprehension())
exec("global ex\nex = 5")
print(ex)
scope = {}
exec("def f():\n global q\n q = 1\nf()", scope)
print(scope["q"], "q" in globals())
for source in [
    "def f():\n x = 1\n global x",
    "def f():\n print(x)\n global x",
    "def f(x):\n global x",
    "def f():\n x: int = 1\n global x",
    "def f():\n global x\n x: int = 1",
    "def f():\n nonlocal x",
    "nonlocal x",
    "class C: nonlocal x",
    "def f(x):\n def g():\n  nonlocal x\n  global x",
    "def f(x):\n def g():\n  global x\n  nonlocal x",
    "def f(x):\n def g(x):\n  nonlocal x",
    "def f(x):\n def g():\n  x = 1\n  nonlocal x",
    "def f(x):\n def g():\n  x\n  nonlocal x",
    "def f():\n global x, x",
    "def f():\n import x\n global x",
    "def f():\n for x in y: pass\n global x",
    "def f():\n def x(): pass\n global x",
    "def f():\n del x\n global x",
    "class C:\n x = 1\n global x",
    "x = 1\nglobal x",
    "global x\nx = 1",
    "def f():\n with a as x: pass\n global x",
    "def f():\n [x := 1 for i in y]\n global x",
    "def f():\n lambda: x\n global x",
    "def f[T]():\n nonlocal T",
    "def f():\n class C:\n  nonlocal __class__",
    "global __debug__",
    "def f(__debug__): pass",
    "__debug__ = 1",
    "del __debug__",
    "x.__debug__ = 1",
    "import __debug__",
]:
    try:
        compile(source, "s", "exec")
        print("fine:", repr(source))
    except SyntaxError as error:
        print(f"{source!r}: {error.msg} ({error.lineno}, {error.offset})")
