"""Properties that yield, methods made in loops, closures over loop variables, descriptors that return generators."""
import functools
import types


class Stream:
    def __init__(self, *items):
        self.items = items

    @property
    def doubled(self):
        for item in self.items:
            yield item * 2

    @functools.cached_property
    def once(self):
        return (item for item in self.items)

    def __iter__(self):
        yield from self.doubled

    def __call__(self):
        yield "called"

    __reversed__ = lambda self: (item for item in self.items[::-1])


s = Stream(1, 2, 3)
print(list(s.doubled), next(s.doubled), next(s.doubled), list(s), list(s.once), list(s.once), [*s(), *reversed(s)])

late = [lambda: i for i in range(3)]
early = [lambda i=i: i for i in range(3)]
made = [(lambda i: lambda: i)(i) for i in range(3)]
generators = [(i for _ in range(2)) for i in range(3)]
print([f() for f in late], [f() for f in early], [f() for f in made], [list(g) for g in generators])


def loop():
    functions = []
    for i in range(3):
        def f():
            nonlocal i
            i += 10
            return i
        functions.append(f)
    return [f() for f in functions], i


print(loop())


class Made:
    for name in ("a", "b"):
        def method(self, name=name):
            return name
        locals()[name] = method
        locals()[f"get_{name}"] = property(lambda self: name)
    del method


name = "global"
print(Made().a(), Made().b(), Made().get_a, Made.name)


class Tracker:
    def __set_name__(self, owner, name):
        self.seen = []

    def __get__(self, instance, owner):
        def generator():
            self.seen.append("start")
            try:
                yield instance
                yield owner.__name__
            finally:
                self.seen.append("end")
        return generator()


class Uses:
    t = Tracker()


u = Uses()
print(next(u.t) is u, [x for x in Uses.t], vars(Uses)["t"].seen)


def counter():
    count = 0

    def bump():
        nonlocal count
        count += 1
        yield count

    class Inner:
        nonlocal count
        count = 100

        def show(self):
            return count
    return bump, Inner


bump, Inner = counter()
print(list(bump()), list(bump()), Inner().show(), "count" in vars(Inner))
bound = types.MethodType(lambda self, x: (self, x), "self")
nested = types.MethodType(bound, "inner")
print(bound(1), end=" ")
try:
    print(nested())
except TypeError as error:
    print(error)
print(types.MethodType(print, 5).__self__, types.MethodType(Uses, 5).__func__ is Uses)


def gen_with_closure():
    total = 0

    def add(n):
        nonlocal total
        total += n
        return total
    while total < 10:
        yield add
    yield total


g = gen_with_closure()
add = next(g)
print(add(4), add(4), next(g) is add, add(5), next(g), list(g), add(1))


def recursive_closure(n):
    return (lambda: recursive_closure(n - 1)() + n) if n else (lambda: 0)


print(recursive_closure(30)())
compose = lambda *fs: functools.reduce(lambda f, g: lambda *a: g(f(*a)), fs)
print(compose(lambda x: x + 1, lambda x: x * 2, str, list)(5), [f(3) for f in map(functools.partial, [pow] * 3, range(3))])
