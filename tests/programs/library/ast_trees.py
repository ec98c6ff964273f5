"""ast: parsing, walking, transforming, unparsing, literal evaluation, compiling trees."""
import ast

tree = ast.parse('x: int = f(1, *a, k=2)[b:c] if not d else [i async for i in e]', mode='exec')
print(ast.dump(tree, indent=1))
print(ast.dump(ast.parse('a.b + -c ** 2 < d and (yield)', mode='eval') if False else ast.parse('a.b + -c ** 2 < d', mode='eval')))
SOURCES = ['def f(a, /, b=1, *c, d: int, e=2, **g) -> str:\n    """doc"""\n    return lambda x: (yield x)', 'class A[T: int](B, metaclass=M):\n    x = 1', 'try:\n    pass\nexcept* (A, B) as e:\n    raise X from e\nelse:\n    ...\nfinally:\n    del a[0], b',
           'match p:\n    case [1, *r] if r:\n        pass\n    case {"k": v, **rest} | Point(x=0):\n        pass\n    case _ as w:\n        pass', "f'{a!r:>{w}} {{}} {b=}'", "t'{x}'", 'type L[*Ts, **P] = dict[str, L]', 'async def g():\n    async with a as b, c:\n        await d',
           'global x', 'with (open(f) as g, h):\n    pass', 'a = b = (c, *d)', '(x := 5)', 'a if b else (c, )', '@dec(1)\ndef f():\n    nonlocal_ = 1', 'from . import (a as b)', 'x[1:2, ::3] @= ~y', 'print(*a, **b)', '-1 ** 2', '(-1) ** 2', 'not (a and b) or c', "b'x' 'y'" if False else "'a' 'b'"]
for source in SOURCES:
    print('\n'.join('| ' + line for line in ast.unparse(ast.parse(source)).splitlines()))


class Doubler(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(node.value * 2), node)


class Names(ast.NodeVisitor):
    def __init__(self):
        self.found = []

    def visit_Name(self, node):
        self.found.append((node.id, type(node.ctx).__name__, node.lineno, node.col_offset, node.end_col_offset))


changed = ast.fix_missing_locations(Doubler().visit(ast.parse('print(21, "ab", x)', mode='eval')))
eval(compile(changed, '<tree>', 'eval'), {'x': 1})
names = Names()
names.visit(ast.parse('a = b\nfor c in d: e += c'))
print(names.found, len(list(ast.walk(ast.parse('a + b * c')))))
for text in ("{'a': [1, 2.5, -3, 1+2j], 'b': (True, None, b'x', {1}), 'c': ...}", 'f()', '1 + 1', 'x', '"a" + "b"', '[1, 2', "{**{}}"):
    try:
        print(ast.literal_eval(text))
    except Exception as error:
        print(type(error).__name__, str(error).split(':')[0] if 'malformed' in str(error) else error)
for node in (ast.Name('x'), ast.Module([ast.Expr(ast.Name('x'))], []), ast.Expression(ast.BinOp(ast.Constant(1), ast.Add(), None))):
    try:
        compile(node, '<t>', 'exec')
    except Exception as error:
        print(type(error).__name__, error)
print(ast.get_docstring(ast.parse('"""  Hi\n   there """')), ast.get_source_segment('x = y + 1', ast.parse('x = y + 1').body[0].value), ast.Name('q').id, ast.Constant(1, kind=None)._fields, ast.compare(ast.parse('1'), ast.parse('1')))
