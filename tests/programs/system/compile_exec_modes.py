"""compile: modes, flags, optimisation, filenames, code attributes, single mode's display, future features."""
import ast
import sys


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except SyntaxError as error:
            print(type(error).__name__, error.msg, error.filename, error.lineno, error.offset, error.text)
        except Exception as error:
            print(type(error).__name__, error)


code = compile("x = 1\ny = x + 1\n", "file.py", "exec")
scope = {}
exec(code, scope)
print(scope["y"], code.co_filename, code.co_name, code.co_names, code.co_consts, code.co_flags, code.co_firstlineno)
print(eval(compile("x + 1", "f", "eval"), scope), eval(compile("\n\n(1)", "f", "eval")), eval(compile(b"'\xc3\xa9'", "f", "eval")), eval(compile("# -*- coding: latin-1 -*-\n'\xe9'".encode("latin-1"), "f", "eval")))
exec(compile("1 + 1\n", "f", "single"))
exec(compile("x = 5; x; None; 'text'\n", "f", "single"))
exec(compile("if 1:\n  7\n  8\n", "f", "single"))
exec(compile("for i in range(2): i\n", "f", "single"))
exec(compile("1 + 1\n'not shown'", "f", "exec"))
attempt(lambda: compile("1\n2", "f", "single"), lambda: compile("x = ", "f.py", "exec"), lambda: compile("x =\ny", "f.py", "eval"), lambda: compile("if 1:", "f", "single"), lambda: compile("pass\npass", "f", "eval"), lambda: compile("1", "f", "other"), lambda: compile("1", 5, "eval"), lambda: compile("1", b"bytes.py", "eval").co_filename, lambda: compile("1", "f", "eval", flags=1 << 30), lambda: compile("1", "f", "eval", optimize=9), lambda: compile("a\0b", "f", "eval"), lambda: compile(b"\xff", "f", "eval"), lambda: compile("'\ud800'", "f", "eval"), lambda: compile("(" * 300 + ")" * 300, "f", "eval"), lambda: compile("\t1", "f", "exec"), lambda: compile("if x:\n\ty\n        z", "f", "exec"), lambda: compile("x\\", "f", "exec"), lambda: compile("'abc", "f", "exec"), lambda: compile("\n\n  x", "f", "exec"), lambda: compile("def f(:", "f", "exec"), lambda: compile("\xa0x", "f", "exec"), lambda: compile("x = 1 \\ \n", "f", "exec"), lambda: compile("\ufeff1", "f", "eval"), lambda: compile("1 if", "f", "eval"), lambda: compile("await x", "f", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT).co_flags & 128, lambda: type(compile("x", "f", "eval", ast.PyCF_ONLY_AST)).__name__, lambda: compile("x: undefined = 1", "f", "exec", dont_inherit=True).co_names)
for optimize in (0, 1, 2):
    code = compile("def f():\n 'doc'\n assert 0\n return __debug__\nresult = f.__doc__, f() if not __debug__ else None", "f", "exec", optimize=optimize)
    scope = {}
    exec(code, scope)
    print(optimize, scope["result"])
