"""Comprehensions: inlined scopes, shadowing, first iterable outside, classes, locals(), lambdas, walrus, exceptions inside."""
x = "module x"


def inlined():
    x = "local x"
    a = [x for x in range(3)]
    b = {x for x in "a"}
    c = {x: y for x, y in [(1, 2)]}
    d = list(x for x in range(2))
    return x, a, b, c, d


print(inlined())


def unbound_after():
    [later for later in range(3)]
    try:
        return later
    except NameError as error:
        return type(error).__name__, str(error)


print(unbound_after())


def same_name_iterable():
    items = [1, 2]
    items = [items for items in items]
    return items


print(same_name_iterable())


def restored_on_error():
    x = "kept"
    try:
        [1 / x for x in (1, 0)]
    except ZeroDivisionError:
        pass
    return x


print(restored_on_error())


def nested():
    return [[x + y for x in range(2)] for y in range(2)], [[(x, y) for y in [x]] for x in "ab"]


print(nested())


def conditions(n):
    return [(i, j) for i in range(n) if i % 2 for j in range(i) if j % 2 == 0 if j]


print(conditions(8))


def captured():
    fs = [lambda: x for x in range(2)]
    gs = [[lambda: (x, y) for x in range(2)] for y in range(2)]
    return [f() for f in fs], [[g() for g in row] for row in gs]


print(captured())


class Body:
    items = [1, 2, 3]
    x = "class x"
    first_sees_class = [i for i in items]
    inner_sees_module = [x for _ in items][:1]
    condition = [i for i in items if x == "module x"]
    name_in_set = {x for _ in items}
    try:
        [j for i in range(1) for j in items]
    except NameError as error:
        print(error)


print(Body.first_sees_class, Body.inner_sees_module, Body.condition, Body.name_in_set)


def locals_inside():
    outer = 1
    return [sorted(locals()) for inner in range(1)], sorted(locals())


print(locals_inside())


def locals_generator():
    outer = 1
    return list(sorted(locals()) for inner in range(1))


print(locals_generator())


def lazily():
    source = [1, 2, 3]
    gen = (s for s in source)
    source = None
    first = list(gen)

    def raises():
        raise RuntimeError("outermost iterable is immediate")

    try:
        (y for y in raises())
    except RuntimeError as error:
        print(error)
    late = (y for x in [1] for y in raises())
    try:
        next(late)
    except RuntimeError as error:
        print("late:", error)
    return first


print(lazily())


def stop():
    def end():
        raise StopIteration

    try:
        return list(end() for _ in range(1))
    except RuntimeError as error:
        return str(error), type(error.__cause__).__name__


print(stop())


def list_stop():
    def end():
        raise StopIteration

    try:
        return [end() for _ in range(1)]
    except StopIteration:
        return "StopIteration itself"


print(list_stop())
print([*(i for i in range(2)), *[i for i in "x"]], {**{k: v for k, v in zip("ab", (1, 2))}})
print([a for a, in [(1,), (2,)]], [b for [b, *c] in [(1, 2, 3)]], [o for o, (p, q) in [(1, (2, 3))]])
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], [n for row in matrix for n in row])
target = {}
[0 for target["k"] in range(3)]
print(target)


def duplicate_keys():
    log = []

    def k(v):
        log.append(("k", v))
        return v % 2

    def w(v):
        log.append(("v", v))
        return v

    return {k(i): w(i) for i in range(3)}, log


print(duplicate_keys())


def yields():
    for source in ("[(yield) for x in y]", "[x for x in (yield)]", "((yield) for x in y)", "{(yield from z) for x in y}"):
        try:
            compile("def f():\n " + source, "s", "exec")
            print("fine", source)
        except SyntaxError as error:
            print(error.msg)


yields()


def deep_mix(n):
    return {i: [{k: (i, j, k) for k in range(1)} for j in range(n)] for i in range(n) if any(i == z for z in [m for m in range(n)])}


print(deep_mix(2))
print([x := 1, [x for x in range(3)], x])
print((lambda: [z for z in range(2)])(), [(lambda q: q + z)(1) for z in range(2)])
