"""ast: parse, dump, unparse, walk, transform, compile of trees, literal_eval, positions, errors."""
import ast

for source in ["x = 1", "a, *b = c", "def f(a, /, b: int = 1, *c, d, e=2, **g) -> str: return a", "class C[T](B, metaclass=M):\n x: int = 1", "async def f():\n async for x in y: await z\n async with a as b: yield", "try:\n a\nexcept (A, B) as e:\n b\nelse:\n c\nfinally:\n d", "try:\n a\nexcept* A: b", "with a as b, c: pass", "for x in y:\n break\nelse:\n continue", "while x: pass", "if a: b\nelif c: d\nelse: e", "match x:\n case [1, *_, {'a': b, **c}] if d: pass\n case C(1, x=y) | None as z: pass\n case -1 + 2j: pass", "lambda x, *y: x", "[x for x in y if z async for w in v]", "{a: b for a, b in c}", "{1, *x}", "{**a, 'b': c}", "a[1:2, ..., ::3]", "a.b.c(d, *e, f=g, **h)", "f'a{b!r:>{c}}d{{'", "t'a{b=}'", "x if y else z", "a < b <= c is not d not in e", "not a and b or c", "-a + ~b ** -c @ d // e", "(yield x), (yield from y)", "(a := 1)", "global a, b", "import a.b as c, d", "from ..a import b as c, d", "assert a, b", "raise a from b", "del a.b, c[0]", "x += 1", "x: int", "type A[T: int = str] = list[T]", "@d\ndef f(): 'doc'", "b'x', 'y', 1.5, 2j, None, True, ...", "print(*a, sep='')", "a if b else (c, d)", "return_ = (1,)", "x = y = z", "'a' 'b'", "\"it's\"", "'''a\nb'''", "(a, b)[0]", "(lambda: 0)()", "(-1) ** 2", "a ** (b ** c)", "(a ** b) ** c", "a - (b - c)", "not (not a)", "(await_)", "f'{x!s}{\"q\"}'", "{}", "set()", "()", "1e400", "-0.0", "f'{a:{b}}'"]:
    tree = ast.parse(source)
    text = ast.unparse(tree)
    print(ast.dump(tree.body[0] if len(tree.body) == 1 else tree))
    print("  ", text.replace("\n", " | "), ast.dump(ast.parse(text)) == ast.dump(tree))
print(ast.dump(ast.parse("x = [1]", mode="exec"), indent=2, include_attributes=True))
print(ast.dump(ast.parse("1", mode="eval")), ast.dump(ast.parse("(int, *str, **any) -> x", mode="func_type")), ast.dump(ast.parse("x;y", mode="single")), ast.dump(ast.arguments(), show_empty=True))


class Double(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(node.value * 2), node)

    def visit_Name(self, node):
        return None if node.id == "gone" else node


class Names(ast.NodeVisitor):
    def __init__(self):
        self.seen = []

    def visit_Name(self, node):
        self.seen.append((node.id, type(node.ctx).__name__))
        self.generic_visit(node)


tree = Double().visit(ast.parse("x = 21 + len('ab')"))
scope = {}
exec(compile(ast.fix_missing_locations(tree), "t", "exec"), scope)
visitor = Names()
visitor.visit(tree)
print(scope["x"], visitor.seen, [type(n).__name__ for n in ast.walk(ast.parse("f(a + 1)"))], [f for f, _ in ast.iter_fields(tree.body[0])], [type(c).__name__ for c in ast.iter_child_nodes(tree.body[0])])
for text in ("[1, 'a', (2.5, None), {True: b'x'}, {1, 2}, -1, 1+2j, ...]", "{}", "set()", "()", "'a' 'b'", " 1", "a", "1+1", "[x for x in y]", "f'{1}'", "f()", "--1", "{1: 2, **{}}", "{'a'}", "1 if 1 else 2", "[*a]", "-'a'", "1j+1", "not 1", "(1", "", "1\n2", "\u0661", "{[]: 1}", "b'a' 'b'"):
    try:
        print(repr(text), ast.literal_eval(text))
    except (ValueError, SyntaxError, TypeError) as error:
        print(repr(text), type(error).__name__, error.msg if isinstance(error, SyntaxError) else str(error).split(": <")[0])
for action in (lambda: ast.Name(), lambda: ast.Name("a", "b", "c", "d"), lambda: ast.Name(id="x", nope=1), lambda: ast.Constant(), lambda: compile(ast.Module([ast.Expr(5)], []), "f", "exec"), lambda: compile(ast.Expression(ast.Name("x", ast.Store())), "f", "eval"), lambda: compile(ast.parse("1"), "f", "eval"), lambda: compile(ast.Module([ast.Pass()], []), "f", "exec"), lambda: ast.parse("x", mode="nope"), lambda: ast.parse(5), lambda: ast.unparse(5), lambda: ast.BinOp(1, 2), lambda: compile(ast.Expression(ast.Constant({1: 2}), lineno=1), "f", "eval"), lambda: ast.parse("x = (", "file.py"), lambda: ast.parse("match x:\n case 1: pass", feature_version=(3, 9)), lambda: ast.get_docstring(ast.parse("'doc'")), lambda: ast.get_source_segment("a + bb", ast.parse("a + bb").body[0].value.right), lambda: ast.Name("a") == ast.Name("a"), lambda: ast.Name._fields, lambda: ast.expr.__subclasses__()[0].__name__ if False else ast.Add().__class__.__mro__[1].__name__, lambda: ast.dump(ast.Name("x"), annotate_fields=False), lambda: repr(ast.Name("x", ast.Load()))):
    import warnings

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = action()
            print(result if not isinstance(result, ast.AST) else ast.dump(result), [str(w.message) for w in caught])
        except Exception as error:
            print(type(error).__name__, error.msg if isinstance(error, SyntaxError) else error, [str(w.message) for w in caught])
