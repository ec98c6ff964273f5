def g(n):
    try:
        for i in range(n):
            got = yield i
            if got: print('got', got)
    finally:
        print('closed')
    return 'result'
it = g(2)
print(next(it), it.send('hello'))
try:
    next(it)
except StopIteration as stop:
    print(stop.value)
it = g(5)
next(it)
it.close()
try:
    next(it)
except StopIteration:
    print('stopped')
def d():
    r = yield from g(2)
    print('r', r)
    yield 'last'
print(list(d()))
def t():
    while True:
        try:
            yield 1
        except ValueError as error:
            yield f'caught {error}'
it = t(); next(it)
print(it.throw(ValueError('x')))
try:
    it.throw(KeyError('k'))
except KeyError as error:
    print('out', error)
def stop():
    yield 1
    raise StopIteration
try:
    list(stop())
except RuntimeError as error:
    print(error, repr(error.__cause__))
print(sum(x * x for x in range(10)), list(x for x in 'ab' for _ in range(2)))
try:
    g(1).send(5)
except TypeError as error:
    print(error)
print((x for x in []).__name__, g.__name__, type(g(0)).__name__)
