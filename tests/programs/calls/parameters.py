def f(a, b=2, *args, c, d=4, **kw):
    return a, b, args, c, d, kw
print(f(1, c=3))
print(f(1, 5, 6, 7, c=3, z=9, d=0))
def g(a, /, b, *, c): return a, b, c
print(g(1, b=2, c=3))
for call in [lambda: f(), lambda: f(1), lambda: g(a=1, b=2, c=3), lambda: g(1, 2, 3), lambda: g(1, 2, c=3, d=4),
             lambda: f(1, 2, a=3, c=1), lambda: (lambda: 0)(1), lambda: g(1, c=2)]:
    try:
        print(call())
    except TypeError as error:
        print(error)
