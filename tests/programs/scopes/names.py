x = 'global'
def f():
    x = 'local'
    def g():
        global x
        x = 'changed'
        return x
    return x, g()
print(f(), x)
class C:
    y = 1
    z = [v for v in range(2)]
    def m(self): return y
try:
    C().m()
except NameError as error:
    print(error)
print(C.z, [i for i in range(3)], 'i' in dir())
def walrus():
    return [y := 1, y ** 2, (z := y + 5)], z
print(walrus())
print(any((last := n) > 2 for n in range(5)), last)
del x
try:
    x
except NameError as error:
    print(error)
exec('q = 5')
print(q, eval('q + 1'), eval('a + b', {'a': 1}, {'b': 2}))
def loc():
    a = 1
    b = 2
    return sorted(locals().items())
print(loc())
print(__name__, __doc__)
