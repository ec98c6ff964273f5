"""Compares how sources fail to parse here and in CPython: compare.py SYNTAX_ERRORS [--write FILE] SNIPPETS...

Run it with the CPython to compare with. SNIPPETS are files of Python literals, one (mode, source) tuple or source a
line. Prints the differences and a count; --write keeps the records with CPython's outcomes as a test.
"""

import ast
import subprocess
import sys
import warnings


def outcome(mode, source):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("error" if mode.endswith("+error") else "always")
        result = describe(mode, source)
    return result + "".join("\x1d%s:%s" % (w.lineno, w.message) for w in caught)


def describe(mode, source):
    try:
        mode, _, option = mode.partition("+")
        # PyCF_ALLOW_INCOMPLETE_INPUT and PyCF_DONT_IMPLY_DEDENT
        compile(source, "<s>", mode, ast.PyCF_ONLY_AST | (0x4200 if option == "incomplete" else 0))
        return "OK"
    except SyntaxError as e:
        fields = type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text
        return "\x1f".join(str(-1 if f is None else f) for f in fields).replace("\n", "\\n")
    except Exception as e:
        return "%s: %s" % (type(e).__name__, e)


def main():
    program, *files = sys.argv[1:]
    keep = None
    if files[:1] == ["--write"]:
        keep, files = files[1], files[2:]
    records = []
    for file in files:
        with open(file, encoding="utf-8") as f:
            for line in f:
                if line.strip():
                    record = ast.literal_eval(line)
                    if isinstance(record, str):
                        record = "exec", record
                    if not any(0xD800 <= ord(c) < 0xE000 for c in record[1]) and "\x1e" not in record[1]:
                        records.append(record)
    text = "".join("%s\x1f%s\x1e" % record for record in records)
    run = subprocess.run([program], input=text.encode(), stdout=subprocess.PIPE)
    ours = run.stdout.decode().split("\n")[:-1]
    if len(ours) != len(records):
        print("CRASH after", len(ours), records[len(ours)])
    differing = 0
    kept = []
    for (mode, source), line in zip(records, ours):
        expected = outcome(mode, source)
        kept.append("%s\x1f%s\x1e%s\x1e" % (mode, source, expected))
        if line != expected:
            differing += 1
            print(mode, repr(source)[:300])
            print("   ours:   ", line.split("\x1f"))
            print("   CPython:", expected.split("\x1f"))
    print(differing, "of", len(records), "differ")
    if keep:
        with open(keep, "w", encoding="utf-8", newline="") as f:
            f.write("".join(kept))


main()
