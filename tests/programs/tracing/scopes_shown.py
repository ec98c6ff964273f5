"""The compiler's scopes as symtable shows them."""
import symtable

SOURCE = '''
import os.path as path
from collections import *
total = 0

def outer[T: int](a, *rest, b=1, **more) -> T:
    global total
    local: int = a
    hidden = [x * local for x in rest]
    def inner():
        nonlocal local
        local += b
        return local
    return inner, lambda q: q + total, {y: a for y in more}

class Box[K](dict):
    __private = 1
    size: int = 0
    def get(self, key): return __class__, self.__private

type Pair[A] = tuple[A, A]

async def walk(items):
    async for item in items:
        yield (seen := item)
'''
KINDS = ['parameter', 'global', 'local', 'free', 'imported', 'assigned', 'referenced', 'annotated', 'nonlocal', 'declared_global',
         'namespace', 'type_parameter', 'comp_iter', 'comp_cell', 'free_class']


def show(table, depth=0):
    pad = '  ' * depth
    print(f'{pad}{table.get_type()} {table.get_name()} line {table.get_lineno()} '
          f'nested={table.is_nested()} optimized={table.is_optimized()}')
    if isinstance(table, symtable.Function):
        print(pad, 'function', table.get_parameters(), table.get_locals(), table.get_frees(), table.get_nonlocals(), table.get_globals())
    for name in sorted(table.get_identifiers()):
        symbol = table.lookup(name)
        print(pad, name, [kind for kind in KINDS if getattr(symbol, f'is_{kind}')()])
    for child in table.get_children():
        show(child, depth + 1)


show(symtable.symtable(SOURCE, 'source', 'exec'))
show(symtable.symtable('[a for a in b if (c := a)]', 'source', 'eval'))
show(symtable.symtable('x = 1', 'source', 'single'))
for arguments in [('x', 'f', 'other'), (1, 'f', 'exec'), ('def f(a, a): pass', 'f', 'exec'), ('x = ', 'f', 'exec'),
                  ('nonlocal x', 'f', 'exec'), ('x', bytearray(b'f'), 'exec')]:
    try:
        symtable.symtable(*arguments)
    except Exception as error:
        print(type(error).__name__, error)
