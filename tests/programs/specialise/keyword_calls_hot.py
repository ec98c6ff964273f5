"""Hot calls with keywords, defaults and stars to Python functions that change signature between runs."""


def f(a, b=2, *, c=3):
    return a, b, c


def calls(n):
    return f(n), f(n, 5), f(n, b=6), f(n, c=7), f(b=8, a=n), f(*(n, 9)), f(n, **{"c": 10}), f(*[n], **{"b": 11, "c": 12})


def hot(turns=60):
    for i in range(turns):
        try:
            out = calls(i)
        except TypeError as error:
            out = str(error)
    return out


print(hot())
for new in (lambda a, *rest, **kw: (a, rest, sorted(kw.items())), lambda a, b, c: (a, b, c), lambda b, a=0, c=0: ("order", a, b, c), lambda *a, b=1, c=2, **k: (a, b, c, k), lambda a, /, b=1, c=2: (a, b, c), lambda **k: sorted(k), lambda a, b=1, c=2, d=3: (a, b, c, d), dict, type("C", (), {"__init__": lambda s, a, b=0, c=0: setattr(s, "v", (a, b, c)), "__repr__": lambda s: f"C{s.v}"}),
            type("D", (), {"__call__": lambda s, a, b=0, c=0: ("instance", a, b, c)})(), type("E", (), {"m": classmethod(lambda cls, a, b=0, c=0: (cls.__name__, a, b, c))}).m, __import__("functools").partial(f, c=99), len, None):
    saved, f = f, new
    try:
        print(hot())
    finally:
        f = saved


def g(x, y=[]):
    y.append(x)
    return len(y)


for _ in range(100):
    out = g(1)
print(out, g(1, []), len(g.__defaults__[0]))
g.__defaults__ = ([],)
print(g(1), g(1))


def many(a, b, c, d, e, f=6, *, g=7, h=8):
    return a + b + c + d + e + f + g + h


for i in range(100):
    out = many(1, 2, 3, 4, e=5), many(1, 2, h=80, g=70, e=5, d=4, c=3), many(*range(5), **{"f": 0})
print(out)
many.__kwdefaults__["g"] = 1000
print(many(1, 2, 3, 4, 5))
many.__kwdefaults__ = {"h": 1}
try:
    many(1, 2, 3, 4, 5)
except TypeError as error:
    print(error)


class K:
    def method(self, a, b=1, *, key=None):
        return a, b, key

    def __init__(self, **kw):
        self.__dict__.update(kw)


k = K(x=1)
for i in range(100):
    out = k.method(i, key=i), k.method(b=i, a=0), K(x=i).x, k.method(*[1], **{"key": 2})
print(out)
K.method.__kwdefaults__["key"] = "changed"
k.method2 = lambda a, key=5: (a, key)
print(k.method(1), k.method2(1, key=6))
K.method = lambda self, **kw: kw
print(k.method(a=1, key=2))


def recursive(n, acc=(), *, flag=False):
    return (acc, flag) if n == 0 else recursive(n - 1, acc=acc + (n,) if n % 50 == 0 else acc, flag=not flag)


print(recursive(200))


def outer(**options):
    def inner(a, *, scale=options.get("scale", 1), **rest):
        return a * scale, rest
    return inner


ones, twos = outer(), outer(scale=2)
for _ in range(60):
    out = ones(3), twos(3), twos(3, scale=10), ones(1, z=5)
print(out)
