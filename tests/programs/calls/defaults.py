def f(x, acc=[]):
    acc.append(x)
    return acc
print(f(1), f(2), f(3, []))
def g(*, key=lambda v: v + 1): return key(1)
print(g(), g(key=str))
print(f.__defaults__, g.__kwdefaults__ is not None, f.__name__, f.__qualname__)
