class A:
    def __getattr__(self, name): return f'no {name}'
    def __setattr__(self, name, value): print('set', name); super().__setattr__(name, value)
    def __delattr__(self, name): print('del', name); super().__delattr__(name)
a = A()
a.x = 1
print(a.x, a.y)
del a.x
print(a.x)
class B:
    def __getattribute__(self, name):
        if name == 'z': raise AttributeError('hidden')
        return object.__getattribute__(self, name)
b = B(); b.q = 1
print(b.q, getattr(b, 'z', 'default'), hasattr(b, 'z'))
print(getattr(3, 'real'), vars(b), setattr(b, 'w', 5), b.w)
print(sorted(k for k in dir(b) if not k.startswith('__')))
