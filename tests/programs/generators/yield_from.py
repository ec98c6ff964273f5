"""yield from: delegation of values, sends, throws and closes; results; iterators without those methods; chains."""


def inner():
    try:
        got = yield 1
        print("inner got", got)
        got = yield 2
        print("inner got", got)
    except ValueError as error:
        print("inner caught", error)
        yield "from handler"
    finally:
        print("inner done")
    return "inner result"


def outer():
    result = yield from inner()
    print("outer got", result)
    yield 3
    return "outer result"


def drain(generator):
    values = []
    while True:
        try:
            values.append(next(generator))
        except StopIteration as stop:
            return values, stop.value


print(drain(outer()))
g = outer()
print(next(g), g.send("sent"), g.throw(ValueError("thrown")), next(g))
g = outer()
next(g)
print(g.gi_yieldfrom.__name__)
g.close()


def plain():
    result = yield from [10, 20]
    print("list gives", result)
    result = yield from "ab"
    result = yield from {"k": 1}
    yield from ()
    yield from range(2)


print(list(plain()))
g = plain()
next(g)
try:
    g.send(5)
except AttributeError as error:
    print(error)
g = plain()
next(g)
try:
    g.throw(KeyError("into a list"))
except KeyError as error:
    print(error)
g = plain()
next(g)
g.close()


class Full:
    def __init__(self):
        self.values = iter([1, 2, 3])

    def __iter__(self):
        return self

    def __next__(self):
        print("next")
        return next(self.values)

    def send(self, value):
        print("send", value)
        return next(self.values)

    def throw(self, *args):
        print("throw", len(args), args[0])
        return "thrown value"

    def close(self):
        print("close")


def delegate(thing):
    return (yield from thing)


g = delegate(Full())
print(next(g), g.send(5), g.send(None), g.throw(ValueError("v")))
g.close()


class StopWith:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration("the value")


print(drain(delegate(StopWith())))
for bad in (5, None, type):
    try:
        next(delegate(bad))
    except TypeError as error:
        print(error)


class BadClose(Full):
    def close(self):
        raise KeyError("in close")


g = delegate(BadClose())
next(g)
try:
    g.close()
except KeyError as error:
    print("closing:", error)


def counted(n):
    if n:
        yield n
        yield from counted(n - 1)
        yield -n


print(list(counted(4)))


def tree(t):
    match t:
        case (left, value, right):
            yield from tree(left)
            yield value
            yield from tree(right)


print(list(tree((((None, 1, None), 2, None), 3, (None, 4, None)))))


def self_delegating():
    yield from me


me = self_delegating()
try:
    next(me)
except ValueError as error:
    print(error)


def expression():
    x = [(yield from a()), (yield from a())]
    print(x, (yield from a()) + "!")


def a():
    yield "yielded"
    return "r"


print(list(expression()))


def throw_through():
    try:
        yield from throw_inner()
    except RuntimeError as error:
        print("outer", error, repr(error.__cause__), repr(error.__context__))
        yield "recovered"


def throw_inner():
    try:
        yield 1
    except KeyError as error:
        raise RuntimeError("translated") from error


g = throw_through()
next(g)
print(g.throw(KeyError("k")))


def exit_swallowed():
    try:
        yield from swallow()
    except GeneratorExit:
        print("outer sees exit")
        raise


def swallow():
    try:
        yield
    except GeneratorExit:
        print("inner swallows")
        return "ignored"


g = exit_swallowed()
next(g)
print(g.close())


def two_levels():
    received = yield from level_two()
    return received


def level_two():
    return (yield from level_three())


def level_three():
    total = 0
    while (value := (yield total)) is not None:
        total += value
    return total


g = two_levels()
print(next(g), g.send(1), g.send(5), g.send(10))
try:
    g.send(None)
except StopIteration as stop:
    print(stop.value)
