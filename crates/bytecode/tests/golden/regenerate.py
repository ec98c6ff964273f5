"""Compiles each program here with CPython 3.14 and writes beside it the .pyc and what `dis` prints.

    cd crates/bytecode/tests/golden && python3.14 regenerate.py

The header is that of a checked source hash, so the files depend on the programs alone. In the disassembly addresses are
replaced by 0x0, and members of frozen sets, whose order is accidental, left out.
"""
import contextlib
import dis
import importlib.util
import io
import pathlib
import re
from importlib._bootstrap_external import _code_to_hash_pyc

for path in sorted(pathlib.Path().glob("*.py")):
    if path.name == "regenerate.py":
        continue
    source = path.read_bytes()
    code = compile(source, path.name, "exec", dont_inherit=True)
    shared = [code]  # the importer, too, holds more than one reference while it writes
    path.with_suffix(".pyc").write_bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), True))
    with contextlib.redirect_stdout(io.StringIO()) as out:
        dis.dis(code, show_offsets=True)
    text = re.sub(r" at 0x[0-9a-f]+", " at 0x0", out.getvalue())
    path.with_suffix(".dis").write_text(re.sub(r"frozenset\(\{.*\}\)", "frozenset({})", text))
