d = {'a': 1, 'b': 2}
d['c'] = 3; d.update(b=5, d=4); d.setdefault('e', 9); d.setdefault('a', 0)
print(d, len(d), 'a' in d, d.get('z'), d.get('z', 7), d.pop('a'), d.pop('zz', None), d.popitem())
print(list(d), list(d.keys()), list(d.values()), list(d.items()), d | {'x': 1}, {**d})
for k in list(d): del d[k]
print(d, dict([(1, 2)]), dict(a=1), dict.fromkeys('ab', 0), {1: 'int', 1.0: 'float', True: 'bool'})
d = {i: i * i for i in range(5)}
print(d.keys() & {1, 2, 9}, d.items() >= {(1, 1)}, reversed(d).__class__.__name__, list(reversed(d)))
try:
    for k in d: d[k + 10] = 1
except RuntimeError as error:
    print(error)
for expression in ("{}['x']", '{[]: 1}', "{}.popitem()", "{}.pop('k')", 'dict(1)', "dict([1])", '{1: 2} < {3: 4}'):
    try:
        print(eval(expression))
    except Exception as error:
        print(type(error).__name__, error)
class K:
    def __init__(self, v): self.v = v
    def __hash__(self): return 1
    def __eq__(self, o): return self.v == o.v
d = {K(1): 'a', K(2): 'b'}
print(d[K(2)], K(1) in d, K(3) in d)
