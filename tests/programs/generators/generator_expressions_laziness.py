"""When generator expressions evaluate their parts: the first iterable at once, the rest late; conditions, names and errors."""
log = []


def n(v):
    log.append(v)
    return v


g = (n(x) * n(y) for x in n([1, 2]) for y in n([10]) if n(True))
print(log)
print(next(g), log)
print(list(g), log)
try:
    (x for x in 1 / 0)
except ZeroDivisionError as error:
    print(error)
g = (1 / 0 for x in [1])
try:
    next(g)
except ZeroDivisionError as error:
    print(error, list(g))
k = 1
g = (x + k for x in range(3) if x >= k)
k = 2
print(list(g))
items = [1]
g = (x for x in items)
items.append(2)
items = [9]
print(list(g), sum(x for x in items), (x for x in "ab").__next__(), list(x for x in (y for y in (z for z in "c"))))
try:
    (x for x in 5)
except TypeError as error:
    print(error)
g = (lambda: x for x in range(2))
fs = list(g)
print([f() for f in fs], type(g).__name__, g.gi_code.co_name, g.__qualname__)
