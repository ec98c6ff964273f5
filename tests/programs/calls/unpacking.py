def f(*args, **kwargs): return args, kwargs
print(f(*[1, 2], 3, *(4,), **{'a': 1}, b=2, **{'c': 3}))
for call in [lambda: f(*1), lambda: f(**1), lambda: f(**{'a': 1}, **{'a': 2}), lambda: f(**{1: 2})]:
    try:
        print(call())
    except TypeError as error:
        print(error)
print([*range(3), *'ab'], {*[1, 2], 2}, {**{'a': 1}, 'b': 2})
a, *b, c = range(6)
print(a, b, c)
[x, [y, *z]] = 1, (2, 3, 4)
print(x, y, z)
for bad in ['a, b = 1', 'a, b = 1, 2, 3', 'a, b, *c = 1,', 'a, b = iter([1])']:
    try:
        exec(bad)
    except (TypeError, ValueError) as error:
        print(error)
