"""Trees changed and compiled again: constant folding, loop unrolling, instrumented functions, pattern rewriting, unparse."""
import ast
import copy


class Fold(ast.NodeTransformer):
    def visit_BinOp(self, node):
        self.generic_visit(node)
        match node:
            case ast.BinOp(ast.Constant(int() | float() as a), op, ast.Constant(int() | float() as b)):
                try:
                    value = {ast.Add: lambda: a + b, ast.Mult: lambda: a * b, ast.Sub: lambda: a - b, ast.Div: lambda: a / b}[type(op)]()
                except (KeyError, ZeroDivisionError):
                    return node
                return ast.copy_location(ast.Constant(value), node)
            case ast.BinOp(left, ast.Mult(), ast.Constant(1)) | ast.BinOp(ast.Constant(1), ast.Mult(), left):
                return left
        return node

    def visit_If(self, node):
        self.generic_visit(node)
        if isinstance(node.test, ast.Constant):
            return node.body if node.test.value else node.orelse or ast.Pass()
        return node


class Unroll(ast.NodeTransformer):
    def visit_For(self, node):
        self.generic_visit(node)
        match node.iter:
            case ast.Call(ast.Name("range"), [ast.Constant(int(n))], []) if n < 5 and not node.orelse:
                return [copy.deepcopy(part) for i in range(n) for part in [ast.copy_location(ast.Assign([node.target], ast.Constant(i)), node), *node.body]]
        return node


class Instrument(ast.NodeTransformer):
    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        node.body.insert(0, ast.parse(f"calls.append(({node.name!r}, {', '.join(a.arg for a in node.args.args)}))").body[0])
        node.decorator_list.clear()
        return node

    def visit_Return(self, node):
        if node.value:
            node.value = ast.Call(ast.Name("tap", ast.Load()), [node.value], [])
        return node


class Pipe(ast.NodeTransformer):
    def visit_BinOp(self, node):
        self.generic_visit(node)
        if isinstance(node.op, ast.BitOr):
            call = node.right if isinstance(node.right, ast.Call) else ast.Call(node.right, [], [])
            return ast.copy_location(ast.Call(call.func, [node.left, *call.args], call.keywords), node)
        return node


def compiled(tree, **namespace):
    code = compile(ast.fix_missing_locations(tree), "<tree>", "exec")
    exec(code, namespace)
    return namespace


source = """
def area(w, h=2 * 3 + 1):
    if 1 + 1:
        total = w * 1 * (2 - 2 * 1 + 5)
    for i in range(3):
        total += i * (2 / 4)
    if False:
        return None
    return total / (1 / 0 if 0 else 2)
"""
tree = Unroll().visit(Fold().visit(ast.parse(source)))
print(ast.unparse(tree))
print(compiled(tree)["area"](2), compiled(ast.parse(source))["area"](2))
calls = []
namespace = compiled(Instrument().visit(ast.parse("@nothing\ndef f(n):\n    def g(x): return x + 1\n    return g(n) * 2 if n else None")), calls=calls, tap=lambda v: calls.append(v) or v)
print(namespace["f"](3), namespace["f"](0), calls)
expression = ast.fix_missing_locations(Pipe().visit(ast.parse("[3, 1, 2] | sorted | list | sum(10) | str", mode="eval")))
print(ast.unparse(expression), eval(compile(expression, "<pipe>", "eval")))
function = ast.parse("async def f[T: int = str](a, /, b: T = 1, *c, d, **e) -> list[T]:\n  async with a as (b, [*c]): yield await d\n  return").body[0]
print(ast.unparse(function))
print(ast.dump(ast.parse("x: int = (y := 5) if not z else f'{a!r:>{w}}'"), indent=1))
for text in ("a if b else c if d else e", "(a, b), *c = d", "lambda *, k=1: (yield)", "not (a and b) or c", "-(2 ** -x)", "(-2) ** x", "a < b <= c is not d", "{**a, 'b': [*c]}",
             "x[1:2, ::3, ...]", "f'{a}{{}}{b:{c}.{d}}'", "t'{a!r}'", "(yield a)", "(await b) + 1", "print(*a, b=c, **d)", "'a' 'b' \"it's\"", "1_000 + 0xff + 1e3j", "(a for b in c if d)",
             "[a async for b in c]", "a @ b // c % d << e", "(lambda: 0)()", "x.y[z](w)", "1 .real", "b'\\x00'", "'\\n\\t\\\\'", "(a := b)", "(1,)", "()", "{1}", "*a, b"):
    try:
        tree = ast.parse(text)
        again = ast.unparse(tree)
        print(again, ast.dump(ast.parse(again)) == ast.dump(tree))
    except SyntaxError as error:
        print(text, error.msg)
for bad in (lambda: compile(ast.Module([ast.Expr(ast.Name("x", ast.Store()))], []), "s", "exec"), lambda: compile(ast.Expression(ast.Constant(object())), "s", "eval"),
            lambda: compile(ast.fix_missing_locations(ast.Module([ast.Return(ast.Constant(1))], [])), "s", "exec"), lambda: compile(ast.Module([ast.Pass()], []), "s", "exec"),
            lambda: compile(ast.Module([5], []), "s", "exec"), lambda: ast.BinOp(1, 2, 3, 4), lambda: compile(ast.fix_missing_locations(ast.Module([ast.Delete([])], [])), "s", "exec"),
            lambda: ast.literal_eval("a + 1"), lambda: ast.literal_eval("{1: [2, (3, -4j)], 'a': {b'x'}, None: ...}")):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, str(error).split(" at 0x")[0].split(" on line")[0])
