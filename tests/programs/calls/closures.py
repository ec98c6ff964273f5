def counter(start):
    n = start
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    return inc, get
inc, get = counter(10)
inc(); inc(5)
print(get())
fs = [lambda i=i: i * i for i in range(4)]
print([f() for f in fs])
late = [lambda: i for i in range(3)]
print([f() for f in late])
def outer():
    def inner():
        return x
    try:
        inner()
    except NameError as error:
        print(error)
    x = 1
    print(inner(), inner.__closure__[0].cell_contents)
outer()
def unbound():
    print(y)
    y = 1
try:
    unbound()
except UnboundLocalError as error:
    print(error)
