"""Writes the expected results of the cases: run with CPython 3.14, without arguments."""

import ast
import pathlib
import warnings

warnings.simplefilter("ignore")

for path in sorted((pathlib.Path(__file__).parent / "cases").glob("*.txt")):
    names = {}
    out = []
    for line in path.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        try:
            result = None
            for statement in ast.parse(line).body:
                if isinstance(statement, ast.Expr):
                    result = eval(ast.unparse(statement), names)
                else:
                    exec(ast.unparse(statement), names)
                    result = None
            text = repr(result)
        except BaseException as error:
            text = f"{type(error).__name__}: {error}"
        out.append(text.encode("utf-8", "backslashreplace").decode())
    path.with_suffix(".expected").write_text("\n".join(out) + "\n")
