"""for and while with targets of every kind, else, nested breaks, iterables that change, and what the names hold afterwards."""


class Target:
    def __setattr__(self, name, value):
        log.append((name, value))

    def __setitem__(self, key, value):
        log.append((key, value))


log, t, d = [], Target(), {}
for t.attr in "ab":
    pass
for t[0], t.x in [(1, 2), (3, 4)]:
    pass
for t[1:2] in [5]:
    pass
for d["a"], *d["rest"] in [(1, 2, 3)]:
    pass
for (a, (b, *c)), e in [((1, "xyz"), 2)]:
    pass
for [f] in [[1], (2,)]:
    pass
for () in [[], ""]:
    pass
for g, in ["q"]:
    pass
print(log, d, a, b, c, e, f, g)
log.clear()
for i in range(3):
    i = 10 + i
    log.append(i)
else:
    log.append("else")
print(log, i)
log.clear()
for i in range(3):
    for j in range(3):
        if j == 1:
            continue
        if i == 1:
            break
        log.append((i, j))
    else:
        log.append("inner else")
        continue
    log.append("after the break")
    if i:
        break
else:
    log.append("never")
print(log, i, j)
items = [1, 2, 3]
for item in items:
    if item < 50 and len(items) < 8:
        items.append(item * 10)
    if item == 2:
        items.remove(2)
print(items)
for item in (items := [3, 1]):
    items = "rebound"
print(items, item)
for x in x_list if (x_list := [1]) else []:
    print("conditional iterable", x)
for x in 1, 2, *"ab":
    print(x, end=" ")
print()
for x in []:
    pass
else:
    print("empty runs else", x)
n = 5
while n:
    n -= 1
    if n == 3:
        continue
    if n == 1:
        break
else:
    print("never")
print(n)
while n:
    n -= 1
else:
    print("while else", n)
while False:
    pass
else:
    print("at once")
while (line := next(iter(["stop"]))) != "stop":
    pass
for _ in range(2):
    try:
        for z in range(3):
            if z == 1:
                raise StopIteration("not a generator")
    except StopIteration as stop:
        print(stop, z)
for k, v in sorted({"b": 1, "a": 2}.items()):
    for k in range(2):
        pass
    print(k, v, end="; ")
print()


def function():
    for local in range(3):
        def inner():
            return local
    del local
    try:
        inner()
    except NameError as error:
        return str(error)


print(function())


class Body:
    for attribute in range(2):
        locals()[f"made_{attribute}"] = attribute
    while attribute > 0:
        attribute -= 1
    else:
        done = True


print(Body.made_0, Body.made_1, Body.attribute, Body.done)
for bad, names in (("for x in 5: pass", {}), ("for x, y in [1]: pass", {}), ("for x, y in [(1, 2, 3)]: pass", {}), ("for x.y in [1]: pass", {"x": 5}), ("for x[0] in [1]: pass", {"x": ()}), ("for x in y: del y", {"y": [1, 2]}), ("for x in (1 / n for n in (1, 0)): pass", {}), ("while y: pass", {"y": type("B", (), {"__bool__": lambda s: 5})()}), ("for x in [1]: x()", {}), ("for *x in [1]: pass", {}), ("for x in *y: pass", {"y": [1]}), ("for f() in [1]: pass", {}), ("for 1 in [1]: pass", {}), ("for x in y, : print('one', x, end=' ')", {"y": [1]}), ("for x not in y: pass", {}), ("for x in y else: pass", {}), ("for (x in y): pass", {}), ("while x = 1: pass", {}), ("while: pass", {}), ("for x in range(2): pass\nelif: pass", {}), ("for x, in [1]: pass", {})):
    try:
        exec(bad, names)
        print("fine:", bad)
    except Exception as error:
        print(bad, "->", type(error).__name__, getattr(error, "msg", error))
