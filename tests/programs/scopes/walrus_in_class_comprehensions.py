"""Comprehension scopes in class bodies with assignment expressions, lambdas and names that are the same elsewhere."""
x = "global"
limit = 3


class Body:
    x = "class"
    items = [x for _ in range(1)]
    nested = [[x for _ in range(1)] for _ in [x]]
    from_class = [item for item in x]
    lambdas = [(lambda: x)() for _ in range(1)]
    generator = list(x for _ in range(1))
    conditions = [i for i in range(5) if i < limit]
    limit = 1
    outermost = [i for i in range(limit)]
    pairs = {i: x for i in range(2)}


for name, value in vars(Body).items():
    if not name.startswith("__"):
        print(name, value)


def attempt(source):
    namespace = {"x": "given"}
    try:
        exec(source, namespace)
        print({k: v for k, v in namespace.items() if not k.startswith("__") and k != "C"})
        if "C" in namespace:
            print({k: v for k, v in vars(namespace["C"]).items() if not k.startswith("__")})
    except (SyntaxError, NameError) as error:
        print(type(error).__name__, error)


attempt("class C:\n    y = [(z := i) for i in range(3)]")
attempt("class C:\n    y = (z := 5)\n    w = [z for z in range(z)]")
attempt("y = [(z := i) for i in range(3)]")
attempt("y = [[(z := i * j) for i in range(3)] for j in range(3)]")
attempt("y = [i := 1 for i in range(3)]")
attempt("y = [j for i in (j := range(3))]")
attempt("def f():\n    global z\n    return [(z := i) for i in range(3)]\ny = f()\ndel f")
attempt("def f():\n    z = 9\n    def g():\n        nonlocal z\n        [(z := i) for i in range(3)]\n    g()\n    return z\ny = f()\ndel f")
attempt("class C:\n    def m(self): return [(q := k) for k in 'ab'], q\n    r = m(None)\n    del m")
attempt("class C:\n    y = lambda: [(z := i) for i in range(3)]\n    z = y()\n    del y")
attempt("class C:\n    x = 1\n    def f(a=[x for _ in range(2)], b=(x := 2)): return a, b\n    got = f()\n    del f")
attempt("y = [lambda: i for i in range(3)]\ny = [f() for f in y]")
attempt("class C:\n    __q = 1\n    y = [__q for i in [__q]]")
