class A:
    kind = 'a'
    def __init__(self, v): self.v = v
    def __repr__(self): return f'{type(self).__name__}({self.v!r})'
    def __eq__(self, other): return isinstance(other, A) and self.v == other.v
    def __hash__(self): return hash(self.v)
class B(A):
    kind = 'b'
    def __init__(self, v, w):
        super().__init__(v)
        self.w = w
b = B(1, 2)
print(b, b.kind, A(1) == B(1, 5), A(1) != A(2), {A(1), B(1, 0)}, b.__dict__)
print(B.__mro__, B.__bases__, B.__name__, isinstance(b, A), issubclass(A, B))
del b.w
try:
    b.w
except AttributeError as error:
    print(error)
try:
    B.missing
except AttributeError as error:
    print(error)
try:
    A()
except TypeError as error:
    print(error)
