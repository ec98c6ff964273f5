class S:
    __slots__ = ('a', 'b')
    def __init__(self): self.a = 1
s = S()
print(s.a, hasattr(s, 'b'), hasattr(s, '__dict__'))
s.b = 2
print(s.b)
try:
    s.c = 3
except AttributeError as error:
    print(error)
class T(S):
    __slots__ = ('c',)
t = T(); t.c = 3; t.b = 4
print(t.a, t.b, t.c, T.c)
class U(S): pass
u = U(); u.z = 1
print(u.__dict__, u.a)
del u.a
try:
    u.a
except AttributeError as error:
    print(error)
