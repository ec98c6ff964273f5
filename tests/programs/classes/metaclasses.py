class Meta(type):
    def __prepare__(name, bases, **kw):
        print('prepare', name, kw)
        return {'prepared': True}
    def __new__(mcls, name, bases, ns, **kw):
        return super().__new__(mcls, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
        cls.made = name.lower()
    def __call__(cls, *args):
        print('call', cls.__name__)
        return super().__call__(*args)
    def __len__(cls): return 42
class X(metaclass=Meta, flag=1):
    pass
print(X.made, X.prepared, len(X), type(X), X().__class__ is X)
class Base:
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
class Sub(Base, tag='t'): pass
print(Sub.tag)
Dyn = type('Dyn', (Base,), {'v': 1, 'f': lambda self: self.v})
print(Dyn().f(), Dyn.tag)
class M1(type): pass
class M2(type): pass
try:
    class Z(M1('A', (), {}), M2('B', (), {})): pass
except TypeError as error:
    print(error)
try:
    class Bad(int, str): pass
except TypeError as error:
    print(error)
class G:
    def __class_getitem__(cls, item): return f'G[{item}]'
print(G[int], G['x', 1])
