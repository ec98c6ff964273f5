"""Assignment targets of every kind: order of evaluation, stars, nesting, and the errors."""


def fails(action):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)


a = b = c = []
a.append(1)
print(a, b, c, a is c)

x, = [5]
print(x)
(x), [y, (z, *w)], *rest = 1, (2, (3, 4, 5)), 6, 7
print(x, y, z, w, rest)
*head, tail = "abc"
print(head, tail)
first, *middle, last = range(2)
print(first, middle, last)
[*everything] = {"k": 1, "l": 2}
print(everything)
*empty, = ()
print(empty)

log = []


class Recorder:
    def __init__(self, name):
        object.__setattr__(self, "name", name)

    def __setattr__(self, attribute, value):
        log.append((self.name, attribute, value))

    def __setitem__(self, key, value):
        log.append((self.name, key, value))


def recorder(name):
    log.append(("made", name))
    return Recorder(name)


def key(value):
    log.append(("key", value))
    return value


recorder("a").x, recorder("b")[key("i")], *recorder("c").rest = 1, 2, 3, 4
for entry in log:
    print(entry)

values = [0, 0, 0]
index = 0
index, values[index] = 2, "set"
print(index, values)
i = 0
values[i], i = "first", 1
print(values, i)

m, n = 1, 2
m, n = n, m
print(m, n)
p, q, r = 1, 2, 3
p, q, r = r, p, q
print(p, q, r)

fails(lambda: exec("a, b = 1"))
fails(lambda: exec("a, b = 1,"))
fails(lambda: exec("a, b = 1, 2, 3"))
fails(lambda: exec("a, *b, c = 1,"))
fails(lambda: exec("a, b = iter([1])"))
fails(lambda: exec("a, b = iter(range(5))"))
fails(lambda: exec("(a, b), c = 1, 2"))
fails(lambda: exec("[] = [1]"))
exec("[] = ()\n() = []")


def generator():
    yield 1
    yield 2
    print("asked for a third")
    yield 3
    print("never reached")


fails(lambda: exec("a, b = generator()", {"generator": generator}))

for (i, *js), k in [((1, 2, 3), 4), ([5], 6)]:
    print(i, js, k)
for values[0], values[1] in [(1, 2), (3, 4)]:
    print(values)


class Space:
    pass


space = Space()
for space.item in "xy":
    print(space.item)
with open("/dev/null") as space.file:
    print(space.file.name)
print([*range(3), *"ab", *{1: 2}], (*[], 1), {*[1, 1]}, {**{"a": 1}, "b": 2, **{"a": 3}})
fails(lambda: [*1])
fails(lambda: {**[]})
fails(lambda: print(*1))
fails(lambda: dict(**1))
print(*map(str, range(3)), sep="-")
