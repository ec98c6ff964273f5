"""Writes the listing beside each source here: `python3.14 make.py`.

A listing shows every field of every code object of a module as CPython compiles it; `../golden.rs` makes the same of ours.
"""
import dis
import pathlib
import struct
import types

HERE = pathlib.Path(__file__).resolve().parent


def codes(code):
    yield code
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            yield from codes(const)


def constant(value):
    match value:
        case None | True | False | int():
            return str(value)
        case types.EllipsisType():
            return "..."
        case float():
            return f"float {struct.pack('>d', value).hex()}"
        case complex():
            return f"complex {struct.pack('>dd', value.real, value.imag).hex()}"
        case str():
            return f"str {value.encode('utf-8', 'surrogatepass').hex()}"
        case bytes():
            return f"bytes {value.hex()}"
        case tuple():
            return f"({', '.join(map(constant, value))})"
        case frozenset():
            return "{" + ", ".join(sorted(map(constant, value))) + "}"
        case slice():
            return f"slice({', '.join(map(constant, (value.start, value.stop, value.step)))})"
        case types.CodeType():
            return f"code {value.co_name}"


def listing(code):
    yield f"code {code.co_qualname}"
    yield (f"  args {code.co_argcount} {code.co_posonlyargcount} {code.co_kwonlyargcount}"
           f" flags {code.co_flags:#x} stack {code.co_stacksize} line {code.co_firstlineno}")
    for title, names in (("names", code.co_names), ("locals", code.co_varnames),
                         ("cells", code.co_cellvars), ("free", code.co_freevars)):
        yield f"  {title} {' '.join(names)}".rstrip()
    for const in code.co_consts:
        yield f"  const {constant(const)}"
    for instruction in dis.get_instructions(code):
        if instruction.opname == "EXTENDED_ARG":
            continue
        arg = "" if instruction.arg is None else f" {instruction.arg}"
        place = " ".join("-" if number is None else str(number) for number in instruction.positions)
        yield f"  {instruction.offset} {instruction.opname}{arg} @ {place}"
    for entry in dis._parse_exception_table(code):
        yield f"  handler {entry.start} {entry.end} {entry.target} {entry.depth} {'lasti' if entry.lasti else '-'}"


for source in sorted(HERE.glob("*.py")):
    if source.name != "make.py":
        code = compile(source.read_text(), source.name, "exec", dont_inherit=True)
        lines = [line for inner in codes(code) for line in listing(inner)]
        source.with_suffix(".txt").write_text("\n".join(lines) + "\n")
