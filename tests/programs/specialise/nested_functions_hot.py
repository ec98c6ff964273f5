"""Functions made anew in hot loops: closures, defaults, lambdas called once, recursion through names, classes made in loops."""


def make(i):
    def f(x=i, *, k=i * 2):
        return x + k + i
    return f


print(sum(make(i)() for i in range(500)), make(3)(1, k=1))


def counter():
    n = 0

    def inc():
        nonlocal n
        n += 1
        return n
    return inc


counters = [counter() for _ in range(50)]
for _ in range(20):
    for c in counters[::2]:
        c()
print(counters[0](), counters[1](), sum(c() for c in counters))
fact = lambda n: 1 if n < 2 else n * fact(n - 1)
print([fact(n) for n in (5, 10, 25)])
saved, fact = fact, lambda n: "replaced"
print(fact(5))
try:
    print(saved(5))
except TypeError as error:
    print(error)
print([(lambda a, b=i: (a, b))(1) for i in range(100)][-1], sum((lambda x: x * 2)(i) for i in range(1000)))


def classes():
    out = []
    for i in range(60):
        class Local:
            value = i

            def get(self):
                return self.value + i
        out.append(Local().get())
    return out[-1], Local.value


print(classes())


def compose(*fs):
    def run(x):
        for f in fs:
            x = f(x)
        return x
    return run


add = [lambda x, i=i: x + i for i in range(10)]
print(compose(*add)(0), compose(str, len)(12345), [compose(*[f] * 3)(1) for f in (lambda x: x * 2, lambda x: [x], repr)])
table = {name: (lambda n: lambda *a: (n, len(a)))(name) for name in "abc"}
for _ in range(60):
    out = [table[k](1, 2) for k in "cab"]
print(out)
