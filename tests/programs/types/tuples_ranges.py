t = (1, 2, 3)
print(t, t[0], t[-1], t[::2], t + (4,), t * 2, t.index(2), t.count(1), (1,), (), hash((1, 2)) == hash((1, 2)), t < (1, 2, 4))
r = range(0, 20, 3)
print(r, list(r), r[2], r[-1], r[1:4], 9 in r, 10 in r, len(r), r.index(9), range(5) == range(0, 5, 1), range(10, 0, -3)[1], list(range(3, 0, -1)))
print(range(10 ** 30)[10 ** 29], len(range(0, 10, 2)), r.start, r.stop, r.step)
print(slice(1, 2, 3), slice(None, -1).indices(5), slice(1, 2) == slice(1, 2))
for expression in ('(1,)[1]', '(1, 2).index(9)', 'range(1, 2, 0)', 'range("a")', 'range(3)[5]', '(1,) + [2]'):
    try:
        print(eval(expression))
    except Exception as error:
        print(type(error).__name__, error)
