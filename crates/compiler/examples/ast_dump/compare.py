"""Compares `ast_dump` with CPython's own trees: compare.py AST_DUMP [--mode MODE] FILE...

Run it with the CPython to compare with. Prints the first difference of each file that differs, and a count.
"""

import ast
import os
import struct
import subprocess
import sys
import warnings


def points(text):
    return "'" + "".join(c if " " <= c <= "~" and c not in "'\\" else "\\{%x}" % ord(c) for c in text) + "'"


def constant(value):
    if isinstance(value, str):
        return points(value)
    if isinstance(value, bytes):
        return "b" + points(value.decode("latin-1"))
    if isinstance(value, float):
        return "float:" + struct.pack(">d", value).hex()
    if isinstance(value, complex):
        return "complex:%s:%s" % (struct.pack(">d", value.real).hex(), struct.pack(">d", value.imag).hex())
    return repr(value)


def dump(node):
    if isinstance(node, ast.AST):
        args = []
        for name in node._fields:
            value = getattr(node, name, None)
            if value is None and getattr(type(node), name, ...) is None and not isinstance(node, ast.MatchSingleton):
                continue
            if value == [] and type(value) is list:
                continue
            if name == "ctx" or isinstance(value, (ast.operator, ast.unaryop, ast.boolop)):
                args.append("%s=%s()" % (name, type(value).__name__))
            else:
                args.append("%s=%s" % (name, dump(value)))
        for name in node._attributes:
            args.append("%s=%d" % (name, getattr(node, name)))
        return "%s(%s)" % (type(node).__name__, ", ".join(args))
    if isinstance(node, list):
        return "[" + ", ".join(map(dump, node)) + "]"
    return constant(node)


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(100000)
    sys.set_int_max_str_digits(0)
    program, *files = sys.argv[1:]
    mode = "exec"
    if files[:1] == ["--mode"]:
        mode = files[1]
        files = files[2:]
    differing = 0
    for start in range(0, len(files), 50):
        batch = files[start : start + 50]
        out = subprocess.run([program, "--mode", mode, *batch], stdout=subprocess.PIPE, text=True)
        lines = out.stdout.split("\n")[:-1]
        if len(lines) != len(batch):
            print("CRASH", out.returncode, batch[len(lines)])
        for file, line in zip(batch, lines):
            try:
                with open(file, "rb") as f:
                    expected = dump(compile(f.read(), file, mode, ast.PyCF_ONLY_AST))
            except (OSError, SyntaxError, ValueError) as error:
                expected = "ERROR %s: %s" % (type(error).__name__, error)
            if line == expected or line.startswith("ERROR") and expected.startswith("ERROR"):
                continue
            differing += 1
            common = len(os.path.commonprefix([line, expected]))
            print(file, "at", common)
            print("  ours:    ", line[max(0, common - 150) : common + 150])
            print("  CPython: ", expected[max(0, common - 150) : common + 150])
    print(differing, "of", len(files), "differ")


main()
