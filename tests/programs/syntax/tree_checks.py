"""Trees that compile() refuses, names that read as constants, copies of nodes, changes of the base of all nodes."""
import ast
import copy
import os
import time
import types


def attempt(what, function):
    try:
        print(what, '->', function())
    except Exception as error:
        print(what, '->', type(error).__name__, error)


print('--- modes')
trees = ast.Constant(42), ast.Module(), ast.Expression(ast.Constant(42)), ast.Interactive(), ast.Pass()
for mode in 'exec', 'eval', 'single', 'func_type':
    for tree in map(ast.fix_missing_locations, trees):
        attempt((mode, type(tree).__name__), lambda: type(compile(tree, '?', mode, ast.PyCF_ONLY_AST)).__name__)

print('--- constants')
for value in int, (1, 2, int), frozenset((int,)), [], (1, [2]), (1, (2, {})):
    tree = ast.fix_missing_locations(ast.Expression(ast.Constant(value)))
    attempt(value, lambda: compile(tree, '?', 'eval'))

print('--- names')
for name in 'Tru\u1d49', 'Fal\u017fe', 'N\xbane', 'Trues\u1d49':
    for source in ('{}', 'import {}', 'import a.{}', 'a.{}', 'f({}=1)', 'global {}', 'def f({}): pass', 'class {}: pass',
                   'from a import b as {}', 'match x:\n case [*{}]: pass', 'f"{{{}}}"', 'lambda {}: 1', 'type {} = 1'):
        attempt(source, lambda: type(ast.parse(source.format(name)).body[0]).__name__)
module = ast.parse('def f(): pass\nimport a\nclass c: pass\ntry: x\nexcept e as g: pass')
for node, field in (module.body[0], 'name'), (module.body[1].names[0], 'name'), (module.body[2], 'name'), (module.body[3].handlers[0], 'name'):
    was = getattr(node, field)
    setattr(node, field, 'None')
    attempt((type(node).__name__, field), lambda: compile(module, '?', 'exec'))
    setattr(node, field, was)
attempt('try', lambda: compile(ast.fix_missing_locations(ast.Module([ast.Try([ast.Pass()])])), '?', 'exec'))

print('--- copies')
name = ast.parse('x').body[0].value
attempt('new', lambda: ast.dump(copy.replace(name, id='y')))
attempt('unknown', lambda: copy.replace(name, kind='y'))
attempt('positional', lambda: name.__replace__(1))
attempt('time', lambda: copy.replace(time.gmtime(0), tm_year=2000)[:2])
attempt('stat', lambda: copy.replace(os.stat('.'), st_size=1))
attempt('namespace', lambda: copy.replace(types.SimpleNamespace(a=1), b=2))

print('--- the base')
for value in [], {}, ():
    ast.AST.kind = value
    print(ast.AST.kind, ast.Pass.kind, ast.AST().kind, ast.Pass().kind)


def kinds():
    return [node.kind for node in nodes], ast.AST.kind


nodes = [ast.AST(), ast.AST()]
for value in range(3):
    for _ in range(50):
        found = kinds()
    print(found)
    ast.AST.kind = [value]
print(kinds())
del ast.AST.kind
attempt('gone', kinds)
fields = ast.AST._fields
del ast.AST._fields
attempt('no fields', lambda: ast.AST())
attempt('no fields', lambda: ast.AST(a=1))
ast.AST._fields = fields
attempt('fields', lambda: type(ast.AST()))
