"""Defaults: evaluated once and in order, shared, replaced, seen by inspect, bound late in loops, and referring to earlier names."""
log = []


def n(v):
    log.append(v)
    return v


def f(a=n([]), b=n(2), *, c=n({}), d=n(4)):
    a.append(b)
    c[b] = d
    return a, c


print(log, f(), f(b=9), f([0], 1), f.__defaults__, f.__kwdefaults__)
fs = [lambda x=i: x for i in range(3)]
print([g() for g in fs], [g(9) for g in fs], [g.__defaults__ for g in fs])


def outer(x):
    def inner(y=x, z=[x]):
        z.append(y)
        return z
    return inner


a, b = outer(1), outer(2)
print(a(), a(5), b(), a.__defaults__[1] is b.__defaults__[1])


class C:
    value = 1

    def m(self, v=value, *, w=[value]):
        return v, w
    value = 2


print(C().m(), C.value, C.m.__defaults__, C().m.__func__.__kwdefaults__)
try:
    def bad(a=undefined_name): ...
except NameError as error:
    print(error, "bad" in globals())
f.__defaults__ = f.__defaults__[::-1]
try:
    print(f())
except AttributeError as error:
    print(error)
