"""Names deleted and unbound in every kind of scope: locals, cells, globals, class bodies, except targets, comprehensions."""
import builtins


def attempt(function, *args):
    try:
        result = function(*args)
    except (NameError, SyntaxError) as error:
        result = f"{type(error).__name__}: {error} [{getattr(error, 'name', None)}]"
    print(function.__name__, result)


def local():
    x = 1
    del x
    return x


def conditional(flag=False):
    if flag:
        y = 1
    return y


def deleted_twice():
    x = 1
    del x
    del x


def cell():
    x = 1

    def inner():
        return x
    del x
    return inner()


def cell_deleted_inside():
    x = 1

    def inner():
        nonlocal x
        del x
    inner()
    return x


def cell_late():
    def inner():
        return later
    try:
        return inner()
    except NameError as error:
        later = f"caught {error}"
        return inner()


def except_target():
    error = "before"
    try:
        1 / 0
    except ZeroDivisionError as error:
        pass
    return error


def except_target_deleted():
    try:
        1 / 0
    except ZeroDivisionError as error:
        del error
    return "fine"


def except_in_closure():
    try:
        1 / 0
    except ZeroDivisionError as error:
        f = lambda: str(error)
        inside = f()
    try:
        return inside, f()
    except NameError as again:
        return inside, str(again)


def comprehension():
    x = "outer"
    out = [x for x in range(2)]
    return x, out


def loop_variable():
    for i in ():
        pass
    return i


def with_target():
    class Manager:
        def __enter__(self):
            return 5

        def __exit__(self, *info):
            return True
    with Manager() as w:
        del w
    return w


def global_deleted():
    global g
    g = 5
    del g
    return g


def global_shadows():
    global len
    len = lambda x: "shadow"
    first = len("ab")
    del len
    return first, len("ab")


def global_deleted_twice():
    global never
    del never


def class_body():
    x = "function"

    class C:
        x = "class"
        del x
        y = x
    return C.y


def class_body_free():
    x = "function"

    class C:
        locals()["x"] = "class"
        y = x
        del x
        z = x
    return C.y, C.z


def class_unbound():
    class C:
        if False:
            nothing = 1
        nothing


def import_target():
    import os as o
    del o
    return o


def augmented():
    count += 1


def walrus():
    if False and (w := 1):
        pass
    return w


def locals_show():
    a = 1
    del a
    b = 2
    return sorted(locals()), "a" in locals()


def exec_unbound():
    exec("x = 5")
    return x


def generator_unbound():
    def g():
        yield early
        early = 1
    return list(g())


def match_unbound():
    match 5:
        case [z]:
            pass
    return z


def default_unbound():
    f = lambda a=zz: a
    zz = 1


def many(n):
    for i in range(n):
        if i == n - 1:
            del value
        else:
            value = i
    return value


for function in (local, conditional, deleted_twice, cell, cell_deleted_inside, cell_late, except_target, except_target_deleted, except_in_closure, comprehension,
                 loop_variable, with_target, global_deleted, global_shadows, global_deleted_twice, class_body, class_body_free, class_unbound, import_target, augmented, walrus,
                 locals_show, exec_unbound, generator_unbound, match_unbound, default_unbound):
    attempt(function)
attempt(many, 500)
attempt(many, 5)
builtins.only_builtin = 1
print(only_builtin)
del builtins.only_builtin
try:
    only_builtin
except NameError as error:
    print(error)
