"""Writes `codegen.txt`, what CPython says of programs that only its code generator refuses or warns of: `python3.14 make.py`.

Each case is a source, indented by four columns, then a line for each warning and one for the error, if there is one.
`../diagnostics.rs` holds ours against it.
"""
import pathlib
import warnings

CASES = [
    # control flow
    "return 1",
    "class C:\n    return 1",
    "async def f():\n    yield 1\n    return 2",
    "break",
    "if x:\n    continue",
    "for x in y:\n    def f():\n        break",
    "while x:\n    try:\n        pass\n    except* E:\n        break",
    "def f():\n    try:\n        pass\n    except* E:\n        return 1",
    "try:\n    pass\nexcept:\n    pass\nexcept E:\n    pass",
    "\n".join(" " * depth + "while x:" for depth in range(22)) + "\n" + " " * 22 + "pass",
    # generators and coroutines
    "yield 1",
    "class C:\n    yield from x",
    "async def f():\n    yield from x",
    # assignment
    "*a = b",
    "a = *b",
    "a, *b, *c = d",
    "[*a, *b] = c",
    ", ".join(["a"] * 256) + ", *b = c",
    "print(*a, b=1, b=2)",
    "f(a=1, **k, a=2)",
    "class C(metaclass=M, metaclass=N):\n    pass",
    # patterns
    "match x:\n    case _:\n        pass\n    case 1:\n        pass",
    "match x:\n    case name:\n        pass\n    case 1:\n        pass",
    "match x:\n    case a | 1:\n        pass",
    "match x:\n    case (_ as a) | 1:\n        pass",
    "match x:\n    case [a, a]:\n        pass",
    "match x:\n    case [a, b, [c] as a]:\n        pass",
    "match x:\n    case [1 as a] | [1 as b]:\n        pass",
    "match x:\n    case [a, [1 as b] | [2 as a]]:\n        pass",
    "match x:\n    case [a, [1 as a] | [2 as a]]:\n        pass",
    "match x:\n    case [*a, *b]:\n        pass",
    "match x:\n    case " + "_, " * 256 + "*a, b:\n        pass",
    "match x:\n    case {1: a, 1: b}:\n        pass",
    "match x:\n    case {1: a, 1.0: b}:\n        pass",
    "match x:\n    case {'k': a, None: b, 0: c, False: d}:\n        pass",
    "match x:\n    case C(a=1, b=2, a=3):\n        pass",
    # type parameters
    "def f[T = int, U](): pass",
    "class C[T, *U = X, **P]: pass",
    "type A[T = int, U] = T",
    # docstrings
    "'\\ud800'",
    "def f():\n    'a\tb\\ud800\\udfff'",
    # warnings
    "x is 1",
    "x is not 'a'",
    "1.5 is x",
    "x is () is y",
    "x is -1\nx is None\nx is ...\nx is True\nx is [1]\nx is (1, y)",
    "if x is 1 < y:\n    pass",
    "1()\n'a'()\nNone()\n()()\n[]()\n{}()\n{1}()\n[x for x in y]()\n(x for x in y)()\nf''()\nt''()\n(lambda: 1)()",
    "1[2]\n1.5[2]\nNone[2]\n...[2]\n{1}[2]\n{x for x in y}[2]\n(x for x in y)[2]\n(lambda: 1)[2]\nt''[2]\n{}[2]\n'a'[2]",
    "'a'['b']\nb'a'[None]\n()[1.5]\n[1]['a']\n[x for x in y][1, 2]\nf'{x}'[b'']\n(1, x)[t'']\n'a'[x]\n'a'[1:'b']\n'a'[True]",
    "assert (x, 'message')\nassert (1, 2)\nassert ()\nassert x, 'message'",
    "try:\n    pass\nfinally:\n    x is 1\n    assert (x, y)",
]


def described(source):
    yield from ("    " + line for line in source.split("\n"))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        error = None
        try:
            compile(source, "file.py", "exec", 0, True, 0)
        except SyntaxError as raised:
            span = f"{raised.lineno} {raised.offset} {raised.end_lineno} {raised.end_offset}"
            error = f"{type(raised).__name__} {span} {raised.msg}"
        except Exception as raised:
            error = f"{type(raised).__name__}: {raised}"
    for warning in caught:
        yield f"{warning.category.__name__} {warning.lineno} {warning.message}"
    if error:
        yield error


def main():
    listing = [line for source in CASES for line in [*described(source), ""]]
    path = pathlib.Path(__file__).resolve().parent / "codegen.txt"
    path.write_text("\n".join(listing), encoding="utf-8")


main()
