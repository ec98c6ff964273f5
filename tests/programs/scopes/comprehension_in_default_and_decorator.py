"""Comprehensions, lambdas and walrus in defaults, decorators, annotations, bases and class keywords: which scope each belongs to."""
x = "module"


def outer():
    x = "outer"

    def f(a=[x for _ in "a"], b=(lambda: x)(), c=(y := x), *, d={k: x for k in "k"}):
        return a, b, c, d

    class C(*[object for x in "b"], **{k: v for k, v in ()}):
        x = "class"
        from_default = (lambda v=x: v)()

        def m(self, a=x, b=[x for _ in [x]], c=[v for v in x]):
            return a, b, "".join(c)

        @(lambda g: (x, g.__name__))
        def decorated(self):
            pass

        @[lambda g: g for x in "i"][0]
        def indexed(self):
            return x
    return f(), y, C.from_default, C().m(), C.decorated, C().indexed()


print(*outer(), sep="\n")


class Body:
    names = ["a", "b"]
    upper = [n.upper() for n in names]
    try:
        pairs = [(n, len(names)) for n in names]
    except NameError as error:
        pairs = str(error)
    total = sum(len(n) for n in names)
    lazy = lambda: names
    sub = type("Sub", (), {n: i for i, n in enumerate(names)})


print(Body.upper, Body.pairs, Body.total, Body.sub.b)
try:
    Body.lazy()
except NameError as error:
    print(error)


def decorator(*marks):
    def apply(f):
        f.marks = marks
        return f
    return apply


@decorator(*(n := [1, 2]), [m for m in n])
def marked(): ...


print(marked.marks, n, "m" in globals(), "_" in globals())
