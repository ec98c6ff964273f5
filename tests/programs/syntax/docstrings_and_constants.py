"""Docstrings, constant folding as dis shows it, __debug__, assert, dead code, and code object constants."""


def with_doc():
    """  First line.

        Indented more.
    Back.
    """


def no_doc():
    "a" + "b"


def f_doc():
    f"not a doc"


def concatenated():
    "one" " two"


def bytes_doc():
    b"not a doc"


class C:
    "class doc"
    x = 1
    "not attribute doc"


class D:
    x = "no"


print(repr(with_doc.__doc__), no_doc.__doc__, f_doc.__doc__, concatenated.__doc__, bytes_doc.__doc__, C.__doc__, D.__doc__, (lambda: "x").__doc__, __doc__)
with_doc.__doc__ = "changed"
print(with_doc.__doc__)
C.__doc__ = 5
print(C.__doc__)
try:
    int.__doc__ = "x"
except TypeError as error:
    print(error)


def consts(source, mode="eval"):
    return compile(source, "s", mode).co_consts


for source in ("1 + 2", "2 ** 10", "'a' * 3", "(1, 2, 3)", "[1, 2, 3]", "{1, 2}", "x in [1, 2]", "x in {1, 2}", "-5", "not 1", "1 if True else 2", "'a' 'b'", "1 + 2 * 3 - 4", "(1, (2, 3))", "'abc'[1]", "2 ** 1000 if 0 else 0", "x + 1 + 2", "1 + 2 + x", "1.5 + 1", "1 / 0", "-(-1)", "~5", "+True", "(1,) + (2,)", "(1, 2) * 2", "'%s' % 5", "1 << 100", "0x10 | 1", "'x' * 5000", "None", "...", "1j * 2", "not None", "True and False", "() or x", "1 and x", "0.0 == -0.0", "frozenset", "b'a' + b'b'", "lambda: 1"):
    values = consts(source)
    print(source, "->", tuple("code" if hasattr(c, "co_code") else c if not isinstance(c, str) or len(c) < 100 else len(c) for c in values))


def dead():
    if 0:
        print("never")
    while False:
        print("never")
    if __debug__:
        x = 1
    else:
        x = 2
    return x
    print("after return")


print(dead(), [c for c in dead.__code__.co_consts if isinstance(c, str)], dead.__code__.co_names)
assert True, "fine"
try:
    assert (), f"empty tuple {1 + 1}"
except AssertionError as error:
    print(error, error.args)
try:
    assert 0
except AssertionError as error:
    print(repr(error), error.args)
exec(compile("assert False", "s", "exec", optimize=1))
print(consts("'doc'\nx = 1", "exec"), compile("def f():\n 'doc'\n return 1", "s", "exec", optimize=2).co_consts[0].co_consts, eval(compile("__debug__", "s", "eval", optimize=1)), eval(compile("__debug__", "s", "eval", optimize=0)))
print(consts("x = 1\ny = 1.0\nz = True\nw = -0.0\nv = 0.0", "exec"), consts("a = (1, 1.0)\nb = (1.0, 1)\nc = (True, 1)", "exec"))
code = with_doc.__code__
print(code.co_name, code.co_qualname, code.co_argcount, code.co_nlocals, code.co_varnames, code.co_names, code.co_freevars, code.co_cellvars, code.co_flags & 0x4000000 != 0, code.co_firstlineno, code.co_stacksize >= 0)


def outer(a, /, b, *args, c, **kw):
    d = a

    def inner():
        return d, b

    return inner


code = outer.__code__
print(code.co_varnames, code.co_cellvars, outer(1, 2, c=3).__code__.co_freevars, code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags & 12, [type(c).__name__ for c in code.co_consts])
print([line and line - code.co_firstlineno for _, _, line in code.co_lines()], [p[0] and p[0] - code.co_firstlineno for p in code.co_positions()][:4], code == code.replace(), hash(code) == hash(code.replace()), code.replace(co_name="renamed").co_name)
for arguments in ({"co_argcount": -1}, {"co_nope": 1}, {"co_name": 5}, {"co_code": "x"}):
    try:
        code.replace(**arguments)
        print("replaced")
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
