"""Closures: cells shared, late binding, nested nonlocal, deletion, loops, class bodies between, generators, recursion."""


def counter():
    count = 0

    def up(by=1):
        nonlocal count
        count += by
        return count

    def get():
        return count

    return up, get


up, get = counter()
up2, get2 = counter()
print(up(), up(5), get(), up2(), get2())
print([f() for f in [lambda: i for i in range(3)]], [f() for f in [lambda i=i: i for i in range(3)]])
functions = []
for i in range(3):

    def g():
        return i

    functions.append(g)
print([f() for f in functions])
i = 10
print([f() for f in functions])


def deep():
    x = "outermost"

    def a():
        def b():
            def c():
                nonlocal x
                x = "changed by c"
                return x

            return c()

        return b(), x

    return a(), x


print(deep())


def levels():
    x = 1

    def middle():
        x = 2

        def inner():
            nonlocal x
            x = 3

        inner()
        return x

    return middle(), x


print(levels())


def through_class():
    x = "function"

    class K:
        x = "class"

        def method(self):
            return x

        y = [x for _ in range(1)]
        z = (lambda: x)()

    return K().method(), K.y, K.z


print(through_class())


def before_assignment():
    def inner():
        return later

    try:
        inner()
    except NameError as error:
        print(type(error).__name__, error)
    later = 1
    return inner()


print(before_assignment())


def parameters(a, *b, c=3, **d):
    def inner():
        nonlocal a
        a += 1
        return a, b, c, d

    return inner


print(parameters(1, 2, k=4)())


def generator_cells():
    values = []

    def gen():
        for i in range(3):
            values.append(lambda: i)
            yield i

    list(gen())
    return [v() for v in values]


print(generator_cells())


def recursive_inner(n):
    def fact(k):
        return 1 if k == 0 else k * fact(k - 1)

    return fact(n)


print(recursive_inner(20))


def exceptions():
    try:
        raise ValueError("x")
    except ValueError as e:
        f = lambda: e
    try:
        f()
    except NameError as error:
        return str(error)


print(exceptions())


def comprehension_cells():
    fs = [(lambda: (x, y)) for x in range(2) for y in range(2)]
    x = "outer"
    return [f() for f in fs], x, {k: (lambda: k) for k in "ab"}["a"]()


print(comprehension_cells())


def loop_var_and_comprehension():
    x = 5
    result = [x for x in range(3)]
    inner = lambda: x
    return result, inner(), x


print(loop_var_and_comprehension())


def same_cell():
    x = 1
    f = lambda: x
    g = lambda: x
    return f.__closure__[0] is g.__closure__[0], f.__closure__[0] == g.__closure__[0]


print(same_cell())
f = None


def modifies_cell_contents():
    x = 1

    def inner():
        return x

    inner.__closure__[0].cell_contents = "poked"
    return x, inner()


print(modifies_cell_contents())


def with_exec():
    x = 1

    def inner():
        exec("x = 2")
        return x

    return inner(), eval("x"), eval("[x for _ in range(2)]", {"x": "other"})


print(with_exec())
def defaults(x, y=lambda: i):
    i = "local"
    return y()
print(defaults(1))
def locals_of():
    a = 1
    def inner():
        a
        b = 2
        return locals()
    return inner()
print(locals_of())
