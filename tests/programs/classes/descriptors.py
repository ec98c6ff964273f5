class D:
    def __set_name__(self, owner, name): self.name = name; print('set_name', owner.__name__, name)
    def __get__(self, obj, owner=None): return (self.name, obj is None, owner.__name__)
class Data(D):
    def __set__(self, obj, value): obj.__dict__[self.name] = value; print('set', value)
    def __delete__(self, obj): print('delete')
class C:
    d = D()
    e = Data()
    @property
    def p(self): return self._p
    @p.setter
    def p(self, v): self._p = v * 2
    @p.deleter
    def p(self): del self._p
    @staticmethod
    def s(x): return x
    @classmethod
    def c(cls): return cls.__name__
c = C()
print(c.d, C.d, c.e)
c.__dict__['d'] = 'mine'
print(c.d)
c.e = 5
print(c.e, c.__dict__['e'])
del c.e
c.p = 4
print(c.p)
del c.p
try:
    c.p
except AttributeError as error:
    print(error)
print(c.s(3), C.s(4), c.c(), C.c())
class RO:
    @property
    def x(self): return 1
for action in ('RO().x = 2', 'del RO().x'):
    try:
        exec(action)
    except AttributeError as error:
        print(error)
