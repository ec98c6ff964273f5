"""del: names, attributes, items, slices, nested targets, and what deletion leaves behind."""


def fails(action):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)


x = 1
del x
try:
    x
except NameError as error:
    print(error)
try:
    del x
except NameError as error:
    print(error)

a, b, c, d = 1, 2, 3, 4
del a, (b, [c]), d
for name in "abcd":
    print(name in globals(), end=" ")
print()

items = list(range(10))
del items[0], items[-1]
print(items)
del items[1:6:2]
print(items)
del items[::-2]
print(items)
del items[:]
print(items)
fails(lambda: exec("del items[0]", {"items": []}))
fails(lambda: exec("del d['x']", {"d": {}}))
fails(lambda: exec("del t[0]", {"t": ()}))
fails(lambda: exec("del s[0]", {"s": "abc"}))
fails(lambda: exec("del n[0]", {"n": 5}))
fails(lambda: exec("del n.real", {"n": 5}))
fails(lambda: exec("del o.missing", {"o": type("O", (), {})()}))
fails(lambda: exec("del f.__name__", {"f": fails}))


class Traced:
    def __delattr__(self, name):
        print("delattr", name)

    def __delitem__(self, key):
        print("delitem", key)


t = Traced()
del t.name, t[0], t[1:2], t[..., None]
del (t.one), [t.two, (t["three"],)]


def function():
    value = 1
    del value
    try:
        return value
    except UnboundLocalError as error:
        print(error)
    try:
        del value
    except UnboundLocalError as error:
        print(error)
    value = 2
    return value


print(function())


def closure():
    cell = 1

    def inner():
        return cell

    def remove():
        nonlocal cell
        del cell

    print(inner())
    remove()
    try:
        inner()
    except NameError as error:
        print(type(error).__name__, error)
    try:
        remove()
    except NameError as error:
        print(type(error).__name__, error)
    cell = 5
    return inner()


print(closure())


def globals_too():
    global made
    made = 1
    del made
    del made


fails(globals_too)


class Body:
    kept = 1
    gone = 2
    del gone
    try:
        del never
    except NameError as error:
        print(error)


print(hasattr(Body, "gone"), Body.kept)

try:
    raise ValueError("v")
except ValueError as caught:
    pass
fails(lambda: caught)
