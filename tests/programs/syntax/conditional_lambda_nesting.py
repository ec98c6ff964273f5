"""Lambdas and conditional expressions: nesting, defaults, closures, recursion, precedence and what they may hold."""
f = lambda: lambda: lambda x: x + 1
print(f()()(4), (lambda x: (lambda y: x * y))(3)(4), (lambda *a, k=1, **kw: (a, k, kw))(1, 2, z=3), (lambda: (yield))().__class__.__name__)
print((lambda n: n * (lambda s, k: s(s, k))(lambda s, k: 1 if k <= 1 else k * s(s, k - 1), n))(5))
y = lambda f: (lambda x: x(x))(lambda x: f(lambda v: x(x)(v)))
print(y(lambda self: lambda n: n if n < 2 else self(n - 1) + self(n - 2))(15))
print([g(10) for g in [lambda x, i=i: x + i for i in range(3)]], [g() for g in [(lambda i: lambda: i)(i) for i in range(3)]], sorted("bca", key=lambda c: -ord(c)), list(map(lambda a, b: a + b, [1, 2], [3, 4])))
x = 5
print(1 if x > 3 else 2 if x > 1 else 3, (1 if x else 2) if x > 9 else 4, [1 if v else 0 for v in (0, 1)], (lambda: 1 if x else 2)(), "a" if x else "b" if 0 else "c", not x if x else x, x if x else 1 / 0, (1, 2 if x else 3), {1 if x else 2: 3}, f"{1 if x else 2}", -1 if x else +1, x and 1 if x else 0, lambda: 0 if x else 1)if False else print(1 if x > 3 else 2 if x > 1 else 3, (1 if x else 2) if x > 9 else 4, [1 if v else 0 for v in (0, 1)], (1, 2 if x else 3), not x if x else x)
compose = lambda *fs: (lambda v: __import__("functools").reduce(lambda acc, f: f(acc), fs, v))
print(compose(lambda v: v + 1, lambda v: v * 10, str)(4), (lambda a, b=2, /, c=3, *d, e, f=6, **g: (a, b, c, d, e, f, g))(1, e=5, h=7))
curry = lambda f, n: (lambda a: curry(lambda *r: f(a, *r), n - 1)) if n > 1 else f
print(curry(lambda a, b, c: a + b * c, 3)(1)(2)(3), (lambda: [(lambda: v)() for v in range(3)])(), {k: (lambda v: v * 2)(v) for k, v in {"a": 1}.items()})
print((lambda: None).__name__, (lambda: None).__qualname__, (lambda x: x).__code__.co_varnames, (lambda x=[]: x)() is (lambda x=[]: x)(), (lambda: ...)(), (lambda: "doc").__doc__)
h = lambda x, : x
print(h(1), (lambda x, *, y: x - y)(5, y=3), (lambda *, a: a)(a=1), (lambda **k: sorted(k))(b=1, a=2), (lambda *a: a)(*"ab", *[1]), max([1, -5, 3], key=lambda v: v * v), (lambda: (lambda: x)())(), (lambda x: [x for x in range(x)])(3), (lambda s: s[::-1])("abc"))


class C:
    double = lambda self: self.v * 2
    v = 4
    pick = staticmethod(lambda a: a)
    prop = property(lambda self: self.v + 1)
    table = {"add": lambda a, b: a + b}


print(C().double(), C.pick(3), C().prop, C.table["add"](1, 2), C.double.__qualname__)
assign = lambda d, k, v: d.__setitem__(k, v) or d
print(assign({}, "a", 1), (lambda: [w := 5, w + 1])(), (lambda x: x if x is None else -x)(None), (lambda a: lambda b: lambda c: (a, b, c))(1)(2)(3))
for source in ("lambda: return 1", "lambda: x = 1", "lambda x: pass", "lambda x, x: 1", "lambda (a, b): 1", "lambda x: yield", "lambda", "lambda:", "lambda x=: 1", "lambda *: 1", "lambda x, /, y, /: 1", "lambda **k, x: 1", "1 if 2", "1 if else 3", "if 1 else 2", "1 if 2 else", "x = lambda: 1 if", "lambda x: int: x", "lambda None: 1", "lambda x.y: 1", "(lambda: 1) = 2", "lambda: 1 = 2", "del lambda: 1", "a if b else c = 1", "lambda *a, *b: 1", "lambda x, y=1, z: 1", "(x if y else z) += 1", "lambda x := 1: x", "lambda: (x := 1)", "1 if pass else 2", "1 if x else pass", "import x if y else z"):
    try:
        compile(source, "s", "exec")
        print("fine:", source)
    except SyntaxError as error:
        print(f"{source}: {error.msg} ({error.offset})")
