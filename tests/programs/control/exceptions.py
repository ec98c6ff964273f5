def f(x):
    try:
        if x == 0: return 'return'
        if x == 1: raise ValueError('one')
        if x == 2: raise KeyError('two') from ValueError('cause')
        if x == 3: 1 / 0
    except ValueError as error:
        return f'value {error}'
    except (KeyError, IndexError) as error:
        return f'key {error} {error.__cause__!r}'
    else:
        return 'else'
    finally:
        print('finally', x)
for x in range(3): print(f(x))
try:
    f(3)
except ZeroDivisionError as error:
    print(error, error.__traceback__ is not None)
try:
    try:
        raise ValueError('a')
    except ValueError:
        raise TypeError('b')
except TypeError as error:
    print(repr(error.__context__), error.__cause__, error.__suppress_context__)
try:
    raise KeyError('x') from None
except KeyError as error:
    print(error.__suppress_context__, error.args)
try:
    raise 1
except TypeError as error:
    print(error)
class E(Exception):
    def __init__(self, a, b): super().__init__(a); self.b = b
try:
    raise E(1, 2)
except E as error:
    print(error.args, error.b, repr(error), str(error))
e = ValueError('noted'); e.add_note('n1')
print(e.__notes__)
try:
    int('x')
except ValueError as error:
    print(error)
try:
    [][1]
except IndexError as error:
    print(error)
try:
    {}['k']
except KeyError as error:
    print(error)
try:
    assert 1 == 2, 'message'
except AssertionError as error:
    print(error)
