"""exec and eval against closures: what they see, what they cannot change, closure= and cells given by hand."""
import types


def attempt(action):
    try:
        print(action())
    except (NameError, TypeError, SyntaxError, ValueError, UnboundLocalError) as error:
        print(f"{type(error).__name__}: {error}")


def counter():
    count = 10

    def bump():
        nonlocal count
        exec("count = 99")
        exec("count += 5", globals(), {"count": count})
        count += 1
        return count, eval("count")

    return bump


bump = counter()
print(bump(), bump())


def sees_only_used():
    outer = 1
    hidden = 2

    def inner():
        outer
        return eval("outer"), eval("'hidden' in dir()")

    return inner()


attempt(sees_only_used)


def inner_exec():
    value = 1
    exec("def f():\n    nonlocal value\n    value = 2")


attempt(inner_exec)


def nested_exec():
    source = "def outer():\n    value = 1\n    def inner():\n        nonlocal value\n        value += 1\n        return value\n    return inner"
    namespace = {}
    exec(source, namespace)
    inner = namespace["outer"]()
    return inner(), inner(), inner.__closure__[0].cell_contents


attempt(nested_exec)


def with_closure():
    a, b = 1, 2

    def inner():
        nonlocal a
        a = a + b
        return a

    code = inner.__code__
    cells = tuple(types.CellType(n) for n in (10, 20))
    exec(code, {}, closure=cells)
    return [cell.cell_contents for cell in cells], code.co_freevars


attempt(with_closure)
code = (lambda z: lambda: z)(5).__code__
attempt(lambda: exec(code))
attempt(lambda: exec(code, closure=(1,)))
attempt(lambda: exec(code, closure=(types.CellType(), types.CellType())))
attempt(lambda: exec("1", closure=(types.CellType(),)))
attempt(lambda: exec(code, {}, closure=(types.CellType(),)))
attempt(lambda: eval("[z for z in range(y)]", {"y": 3}))
attempt(lambda: eval("(lambda: q)()", {}, {"q": 1}))
attempt(lambda: eval("[q for _ in 'ab']", {}, {"q": 1}))
attempt(lambda: eval("(q := 5) + q", {}))


def local_snapshot():
    x = 1
    first = locals()
    exec("x = 2; y = 3", globals(), first)
    second = locals()
    return x, first["x"], first["y"], second["x"], "y" in second


attempt(local_snapshot)


class Body:
    x = 1
    exec("y = x + 1")
    locals()["z"] = 5
    w = eval("x + y + z")


print(Body.y, Body.z, Body.w)
