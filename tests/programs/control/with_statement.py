class CM:
    def __init__(self, name, swallow=False): self.name = name; self.swallow = swallow
    def __enter__(self): print('enter', self.name); return self.name
    def __exit__(self, *args): print('exit', self.name, args[0] and args[0].__name__); return self.swallow
with CM('a') as a, CM('b') as b:
    print(a, b)
with CM('c', True):
    raise ValueError
print('after')
try:
    with CM('d'):
        raise KeyError('k')
except KeyError as error:
    print(error)
def f():
    with CM('e'):
        return 'returned'
print(f())
for bad in (1, object()):
    try:
        with bad: pass
    except TypeError as error:
        print(error)
