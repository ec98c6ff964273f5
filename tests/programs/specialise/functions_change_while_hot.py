"""Functions whose code, defaults, keyword defaults, dict and type change between and during hot calls."""


def target(a, b=1, *, c=2):
    return a, b, c


def use():
    return target(1), target(1, 5), target(1, c=7)


def hot(turns=60):
    for _ in range(turns):
        out = use()
    return out


def say(title):
    try:
        print(f"{title}:", hot())
    except TypeError as error:
        print(f"{title}:", error)


say("plain")
target.__defaults__ = ("new b",)
say("default changed")
target.__kwdefaults__ = {"c": "new c"}
say("keyword default changed")
target.__kwdefaults__["c"] = "in place"
say("in place")
target.__defaults__ = None
say("no default")
target.__defaults__ = (8, 9)
say("more defaults")
print(target())
target.__kwdefaults__ = None
say("no keyword default")
target.__kwdefaults__ = {"c": 2}
target.__code__ = (lambda a, b, c=None, *rest: ("lambda", a, b, c, rest)).__code__
say("other code")
target.__code__ = (lambda *args, **kwargs: (args, kwargs)).__code__
say("variadic code")


def generator(a, b=3, *, c=4):
    yield a
    yield b
    yield c


target.__code__ = generator.__code__
print([list(g) for g in hot()])


def swaps_itself(n):
    if n == 0:
        swaps_itself.__code__ = (lambda n: "swapped").__code__
        return swaps_itself(5)
    return n


for n in range(60, -1, -1):
    out = swaps_itself(n)
print(out, swaps_itself(1))


def outer(x):
    def inner():
        return x
    return inner


one, two = outer(1), outer(2)
for _ in range(60):
    out = one(), two()
print(out)
try:
    one.__code__ = target.__code__
except ValueError as error:
    print(error)
one.__code__ = outer("other").__code__
print(one(), one.__closure__[0].cell_contents)
one.__closure__[0].cell_contents = "set from outside"
print([one() for _ in range(3)])
del one.__closure__[0].cell_contents
try:
    one()
except NameError as error:
    print(error)
for bad in (1, (1,), {"c": 1}):
    for name in ("__defaults__", "__kwdefaults__", "__code__", "__name__"):
        try:
            setattr(generator, name, bad)
            print(name, "accepts", bad)
        except TypeError as error:
            print(error)
