# Text that is nested too deep, or very long. Nothing may run out of stack.
cat >deep.py <<'END'
import sys
N = 100_000
sources = {
    "parentheses": "(" * N + ")" * N,
    "brackets": "[" * N + "]" * N,
    "braces": "{" * N + "}" * N,
    "open parentheses": "(" * N,
    "150 parentheses": "(" * 150 + "1" + ")" * 150,
    "199 parentheses": "(" * 199 + "1" + ")" * 199,
    "200 parentheses": "(" * 200 + "1" + ")" * 200,
    "201 parentheses": "(" * 201 + "1" + ")" * 201,
    "calls": "f(" * N + ")" * N,
    "subscripts": "a" + "[0" * N + "]" * N,
    "ifs": "".join(" " * i + "if 1:\n" for i in range(150)) + " " * 150 + "pass\n",
    "99 ifs": "".join(" " * i + "if 1:\n" for i in range(99)) + " " * 99 + "pass\n",
    "100 ifs": "".join(" " * i + "if 1:\n" for i in range(100)) + " " * 100 + "pass\n",
    "loops": "".join(" " * i + "for a in b:\n" for i in range(25)) + " " * 25 + "pass\n",
    "withs": "".join(" " * i + "with a:\n" for i in range(25)) + " " * 25 + "pass\n",
    "functions": "".join(" " * i + "def f():\n" for i in range(99)) + " " * 99 + "pass\n",
    "classes": "".join(" " * i + "class A:\n" for i in range(99)) + " " * 99 + "pass\n",
    "f-strings": "".join("f'{" if i % 2 else 'f"{' for i in range(200)) + "1",
    "a comprehension": "[0 " + "for a in b " * 30 + "]",
    "long sum": "0" + "+1" * 5000,
    "long text": "x = '" + "a" * 1_000_000 + "'",
    "long name": "a" * 1_000_000 + " = 1",
    "long tuple": "x = (" + "1," * 100_000 + ")",
    "many statements": "x = 1\n" * 100_000,
    "many arguments": "f(" + "1," * 10_000 + ")",
    "many parameters": "def f(" + ",".join(f"a{i}" for i in range(2_000)) + "): pass",
    "long int": "x = " + "1" * 5000,
    "continued lines": "x = 1" + " + \\\n1" * 1000,
    "elifs": "if a: pass\n" + "elif b: pass\n" * 2000,
    "globals": "def f():\n global " + ",".join(f"a{i}" for i in range(5_000)),
}
for name, source in sources.items():
    try:
        compile(source, "s", "exec")
    except (SyntaxError, ValueError, MemoryError, RecursionError, OverflowError) as error:
        text = getattr(error, "msg", None) or str(error)
        print(f"{name}: {type(error).__name__}: {text[:90]}")
    else:
        print(f"{name}: compiles")
END
about nesting that has a bound; run deep.py
cat >deeper.py <<'END'
# How deep these may go is an implementation's own affair; that they end in an error is not.
import ast
N = 100_000
sources = {
    "minus": "-" * N + "1",
    "not": "not " * N + "1",
    "invert": "~" * N + "1",
    "attributes": "a" + ".b" * N,
    "calls": "a" + "()" * N,
    "items": "a" + "[0]" * N,
    "sum": "1" + "+1" * N,
    "power": "1" + "**1" * N,
    "lambdas": "lambda:" * N + "1",
    "conditions": "1 if 2 else " * N + "3",
    "await": "async def f(): " + "await " * N + "1",
    "yield": "def f(): yield " + "(yield " * 150 + ")" * 150,
    "compare": "1" + "<1" * N,
    "elifs": "if a: pass\n" + "elif b: pass\n" * N,
    "strings": "x = " + "'a' " * N,
    "stars": "print(" + "*" * 2 + "a)" ,
    "walrus": "(a:=" * 150 + "1" + ")" * 150,
}
for name, source in sources.items():
    for make in compile, lambda source, *rest: ast.parse(source):
        try:
            make(source, "s", "exec")
        except (SyntaxError, MemoryError, RecursionError):
            pass
print("ended")
END
about nesting that has none; run deeper.py
about deep recursion; run -c '
def f(): f()
f()' 2>&1 | tail -2
about deep recursion through native code; run -c '
class A:
    def __getattr__(self, name): return getattr(self, name + "x")
try: A().x
except RecursionError as error: print("RecursionError")
def f(*a): return list(map(f, [1]))
try: f()
except RecursionError as error: print("RecursionError")
def g(x): return sorted([1, 2], key=g)
try: g(1)
except RecursionError as error: print("RecursionError")
class R:
    def __repr__(self): return repr(self)
try: repr(R())
except RecursionError as error: print("RecursionError")
class E:
    def __eq__(self, other): return self == other
try: E() == 1
except RecursionError as error: print("RecursionError")
def h(): return eval("h()")
try: h()
except RecursionError as error: print("RecursionError")
def i(): exec("i()")
try: i()
except RecursionError as error: print("RecursionError")
e = None
for _ in range(100_000):
    n = ValueError(); n.__context__ = e; e = n
del e, n
'
about comparing deep lists; run -c '
def make():
    x = []
    for _ in range(100_000): x = [x]
    return x
try: make() == make()
except RecursionError: pass
import pickle, json, copy, marshal
for function in pickle.dumps, json.dumps, copy.deepcopy, marshal.dumps:
    try: function(make())
    except (RecursionError, ValueError) as error: pass
try: json.loads("[" * 100_000)
except (RecursionError, ValueError) as error: pass
for nest in lambda x: [x], lambda x: (x,), lambda x: {1: x}:
    x = None
    for _ in range(100_000): x = nest(x)
    for function in repr, str, hash, ascii, bool, len:
        try: function(x)
        except (RecursionError, TypeError): pass
print("ended")
'
about deep literals through ast; run -c '
import ast
for text in "(" * 300, "-" * 100_000 + "1", "1+" * 100_000 + "1":
    try: ast.literal_eval(text)
    except (SyntaxError, MemoryError, RecursionError, ValueError) as error: print("error")
node = ast.Constant(1)
for _ in range(100_000): node = ast.UnaryOp(ast.USub(), node)
try: compile(ast.fix_missing_locations(ast.Expression(ast.Constant(1))), "s", "eval"); compile(ast.Expression(node), "s", "eval")
except (RecursionError, TypeError, ValueError): print("error")
for function in ast.unparse, ast.dump:
    try: function(node)
    except RecursionError: print("RecursionError")
'
