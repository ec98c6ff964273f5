"""Compares `ast_dump` with CPython's own trees: compare.py AST_DUMP FILE... | --snippets FILE

Run it with the CPython to compare with. Prints the first difference of each tree that differs, and a count. A file of
snippets holds a tuple of mode (with options, as `ast_dump` has them) and source in each line.
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


def expected(source, mode, **flags):
    try:
        return dump(ast.parse(source, "<s>", mode, **flags))
    except SyntaxError as e:
        text = (e.text or "").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        place = [-1 if n is None else n for n in (e.lineno, e.offset, e.end_lineno, e.end_offset)]
        return 'ERROR %s: %s %d %d %d %d "%s"' % (type(e).__name__, e.msg, *place, text)
    except (OSError, ValueError) as e:
        return "ERROR %s: %s" % (type(e).__name__, e)


def read(file):
    with open(file, "rb") as f:
        return f.read()


def files(program, names):
    for start in range(0, len(names), 50):
        batch = [name for name in names[start : start + 50] if os.path.exists(name)]
        out = subprocess.run([program, *batch], stdout=subprocess.PIPE, text=True)
        lines = out.stdout.split("\n")[:-1]
        if len(lines) != len(batch):
            print("CRASH", out.returncode, batch[len(lines)])
        for name, line in zip(batch, lines):
            wanted = expected(read(name), "exec")
            # where an error shows is for syntax_errors/compare.py
            yield name, line, line if line.startswith("ERROR") and wanted.startswith("ERROR") else wanted


def snippets(program, name):
    with open(name, encoding="utf-8") as f:
        records = [ast.literal_eval(line) for line in f]
    text = "".join("%s\x1f%s\x1e" % record for record in records)
    out = subprocess.run([program, "-"], input=text, stdout=subprocess.PIPE, text=True)
    lines = out.stdout.split("\n")[:-1]
    if len(lines) != len(records):
        print("CRASH", out.returncode, records[len(lines)])
    for (options, source), line in zip(records, lines):
        mode, *options = options.split("+")
        flags = {}
        for option in options:
            if option == "type_comments":
                flags[option] = True
            else:
                flags["feature_version"] = 3, int(option[2:])
        yield (mode, options, source), line, expected(source, mode, **flags)


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(100000)
    sys.set_int_max_str_digits(0)
    program, *names = sys.argv[1:]
    compared = snippets(program, names[1]) if names[0] == "--snippets" else files(program, names)
    count = differing = 0
    for what, ours, wanted in compared:
        count += 1
        if ours != wanted:
            differing += 1
            common = len(os.path.commonprefix([ours, wanted]))
            print(what, "at", common)
            print("  ours:    ", ours[max(0, common - 150) : common + 150])
            print("  CPython: ", wanted[max(0, common - 150) : common + 150])
    print(differing, "of", count, "differ")


main()
