class V:
    def __init__(self, x): self.x = x
    def __repr__(self): return f'V({self.x})'
    def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))
    def __radd__(self, o): return V(o + self.x)
    def __iadd__(self, o): self.x += 100; return self
    def __mul__(self, o): return NotImplemented
    def __neg__(self): return V(-self.x)
    def __getitem__(self, i): return i
    def __len__(self): return self.x
    def __contains__(self, i): return i == self.x
    def __call__(self, *a): return a
    def __bool__(self): return self.x > 0
    def __lt__(self, o): return self.x < o.x
    def __index__(self): return self.x
    def __matmul__(self, o): return 'matmul'
    def __pow__(self, o, m=None): return ('pow', o, m)
v = V(1)
print(v + V(2), v + 3, 4 + v, -v, v[1:2], v[1, 2], len(v), 1 in v, v(1, 2), bool(V(0)), V(1) < V(2), [0, 1, 2][v], v @ v, v ** 2, pow(v, 2, 3))
v += 1
print(v, sorted([V(3), V(1)]), hex(V(255)))
for expression in ('v * 2', '2 * v', 'v - 1', 'v > 1', '~v', 'v.y', 'V(-1).__len__() and len(V(-1))', 'int(v)'):
    try:
        print(eval(expression))
    except (TypeError, AttributeError, ValueError) as error:
        print(type(error).__name__, error)
