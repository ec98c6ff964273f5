"""Globals written and read from functions, classes, comprehensions, exec, imports, for loops, with, except, match and del."""
names = []


def writes():
    global a, b, c, d, e, f, g, h, i
    a = 1
    for b in range(3):
        pass
    with open("/dev/null") as c:
        pass
    try:
        {}[0]
    except KeyError as d:
        inside = "d" in globals()
    import os as e
    def f(): return a
    class g: x = a
    (h := a + 1)
    match [7]:
        case [i]:
            pass
    return inside


print(writes(), a, b, c.closed, "d" in globals(), e.__name__, f(), g.x, h, i, f.__qualname__, g.__qualname__)


def deletes():
    global a, f
    del a
    try:
        return f()
    except NameError as error:
        return str(error)


print(deletes())


class Body:
    global from_body, method
    from_body = 5

    def method(self): return "global function"
    x = from_body
    del from_body


print("from_body" in globals(), Body.x, method(None), hasattr(Body, "method"))


def comprehension():
    global seen
    return [seen := k for k in range(3)], [seen for _ in "a"]


print(comprehension(), seen)


def nested():
    global deep

    def inner():
        deep = "local"

        def innermost():
            global deep
            deep = "global"
            return deep
        return innermost(), deep
    return inner()


print(nested(), deep)
exec("global_by_exec = 1\ndef maker():\n global made\n made = global_by_exec")
maker()
print(made, global_by_exec)
space = {}
exec("global q\nq = 1\nr = 2", space, local := {})
print("q" in space, "r" in space, local)
def parameter_default(x=lambda: late): return x()
late = "bound later"
print(parameter_default())
