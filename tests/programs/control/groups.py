def run(*excs):
    try:
        raise ExceptionGroup('g', list(excs))
    except* ValueError as g:
        print('value', g.exceptions)
    except* (TypeError, KeyError) as g:
        print('type/key', g.exceptions)
run(ValueError(1), TypeError(2), ValueError(3))
try:
    run(OSError(5), ValueError(6))
except ExceptionGroup as g:
    print('rest', g.exceptions)
try:
    raise ValueError('single')
except* ValueError as g:
    print(repr(g))
g = ExceptionGroup('outer', [ExceptionGroup('inner', [ValueError(1), TypeError(2)]), KeyError(3)])
match, rest = g.split(ValueError)
print(match, rest, g.subgroup(lambda e: isinstance(e, KeyError)))
try:
    ExceptionGroup('x', [])
except ValueError as error:
    print(error)
