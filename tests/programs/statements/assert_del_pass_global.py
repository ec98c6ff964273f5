"""Small statements: assert with tuples and messages, del of everything, global and nonlocal rules, pass and ellipsis, docstrings, expression statements."""
import dis
import warnings


def attempt(source, optimize=-1, **names):
    space = dict(names)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec(compile(source, "s", "exec", optimize=optimize), space)
            result = {k: v for k, v in space.items() if k not in names and k != "__builtins__" and not callable(v)}
        except Exception as error:
            result = f"{type(error).__name__}: {getattr(error, 'msg', error)}"
    print(source.replace("\n", "; "), "->", result, [str(w.message) for w in caught])


class Loud:
    def __delattr__(self, name):
        print("delattr", name)

    def __delitem__(self, key):
        print("delitem", key)


for source in ("assert 1", "assert 0", "assert 0, 'text'", "assert 0, (1, 2)", "assert (0, 'always true')", "assert 0, ", "assert not 1, f'{1 + 1}'", "assert (x := 0), x", "assert 0, 1 / 0", "AssertionError = 5; assert 0", "assert", "assert 1, 2, 3", "assert x == 1"):
    attempt(source)
attempt("assert 0; r = 'optimised away'", optimize=1)
attempt("'''doc'''\nr = __doc__\ndef f(): 'd'\ns = f.__doc__", optimize=0)
attempt("'''doc'''\nr = '__doc__' in globals()\ndef f(): 'd'\ns = f.__doc__\nif __debug__: t = 1", optimize=2)
loud = Loud()
for source in ("del l.a, l['k'], l[1:2], (l.b, [l[0]])", "x = y = 1; del x, y", "x = 1; del (x)", "x = 1; del [x]", "x, y, z = 1, 2, 3; del (x, [y, z])", "del x", "x = [1, 2, 3]; del x[0], x[0]", "x = [1, 2, 3]; del x[5]", "x = {}; del x['k']", "x = (1,); del x[0]", "x = 5; del x.real", "del ()", "del []", "del (), x", "x = 1; del x; x = 2; del x", "del __builtins__; r = 1", "del len", "x = 'abc'; del x[0]", "def f():\n del undefined\nf()", "def f(a):\n del a\n a\nf(1)", "class C:\n x = 1\n del x\n del x", "for x in [1]: del x\nr = 'fine'",
               "del f()", "del 5", "del x + 1", "del *x", "del x, *y", "del (x for x in y)", "del None", "del __debug__", "del x if y else z", "del (x := 1)", "del"):
    attempt(source, l=loud)
for source in ("def f():\n x = 1\n global x", "def f():\n print(x)\n global x", "def f(x):\n global x", "def f():\n nonlocal x", "nonlocal x", "global x; x = 1", "x = 1\nglobal x", "x: int = 1\nglobal x", "global x\nx: int", "def f():\n global x\n x: int = 5\nf()", "def f():\n global x\n def g():\n  nonlocal x", "def f(x):\n def g(x):\n  nonlocal x", "def f():\n x = 1\n def g():\n  global x\n  nonlocal x", "class C:\n global y\n y = 5\nr = y", "class C:\n nonlocal y", "def f():\n x = 1\n class C:\n  nonlocal x\n  x = 2\n return x\nr = f()", "def f():\n global x, y, x\n x = y = 3\nf()", "def f():\n for x in []: pass\n global x", "def f():\n import x\n global x", "def f():\n global len\n len = 5\n return len\nr = f()", "global", "global x.y", "global x, ", "nonlocal x = 5", "def f():\n x = 1\n def g():\n  nonlocal x\n  del x\n g()\n return x\nf()", "def f(a=(global_ := 1)): pass\nr = global_", "def f():\n def g():\n  nonlocal z\n  z = 1\n z = 0\n g()\n return z\nr = f()", "lambda: (global x)"):
    attempt(source)
for source in ("pass", "...", "None", "5; 'x'; (1, 2)", "x = ...; ...; r = x is ...", "if 1: ...\nelse: pass", "1 if 2 else 3", "x = 1,\nr = x", "x == 1", "x = 1; x; -x; x + 1; r = x", "pass pass", "pass; pass;", "def f(): ...\nr = f()", "class C: ...\nr = C.__doc__", "class C: 'doc'; x = 1\nr = C.__doc__", "class C:\n f'not a doc'\nr = C.__doc__", "def f():\n 'a' 'b'\nr = f.__doc__", "def f():\n b'bytes'\nr = f.__doc__", "def f():\n   '''\n      indented\n        more\n   '''\nr = f.__doc__", "(lambda: 1)()", "[print('effect')]", "{}", "f'{print(1)}'", "await_ = 1; r = await_", "x = yield_ = 2", "1 = x", "x + 1 = 2", "f() = 1", "(x, 1) = 2", "None = 1", "x = 1 = y", "... = 1", "'a' = 1", "[x, y] = 1, 2; r = y", "x if 1 else y = 2", "lambda: 0 = 1", "x == 1 = 2", "x, y = 1", "*x, = 1, 2; r = x"):
    attempt(source)
print([i.opname for i in dis.get_instructions(compile("assert x, y", "s", "exec"))][:6], [i.opname for i in dis.get_instructions(compile("5; 'a'; ...; x", "s", "exec"))])
