"""Writes random programs that CPython compiles, for a comparison of compiled code beyond what people write.

    python3.14 random_programs.py DIR COUNT [SEED]

Programs grow from the grammar below: `{name}` is replaced by one of the name's alternatives, a line that ends in a colon is
followed by a block. A statement that CPython refuses is thrown away.
"""
import pathlib
import random
import re
import sys
import textwrap
import warnings

GRAMMAR = {
    "name": ["a", "b", "c", "x", "y", "self", "__private", "super", "all", "tuple", "T"],
    "const": ["0", "1", "-1", "255", "256", "1.5", "-0.0", "1j", "None", "True", "...", "'s'", "b'b'", "()", "(1, 'x')", "1 << 70"],
    "atom": ["{name}", "{name}", "{const}"],
    "operator": ["+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "|", "&", "^"],
    "comparison": ["<", "<=", "==", "!=", ">", ">=", "is", "is not", "in", "not in"],
    "expr": [
        "{atom}", "{name}.{name}", "({expr} {operator} {expr})", "({const} {operator} {const})", "(not {expr})", "(-{expr})",
        "(~{expr})", "(+{expr})", "({expr} and {expr})", "({expr} or {expr} or {expr})", "({expr} {comparison} {expr})",
        "({expr} {comparison} {expr} {comparison} {expr})", "({expr} if {expr} else {expr})", "[{items}]", "({items},)",
        "{{{items}}}", "{{{expr}: {expr}, {const}: {const}}}", "{{**{name}, {expr}: {expr}}}", "{{}}",
        "{name}({args})", "{name}.{name}({args})", "({name}\n.{name}\n({args}))", "super().{name}", "super().{name}({args})",
        "super({name}, {name}).{name}({args})", "{name}[{index}]", "(lambda {params}: {expr})", "({name} := {expr})",
        "[{expr} {fors}]", "{{{expr} {fors}}}", "{{{expr}: {expr} {fors}}}", "({expr} {fors})", "{builtin}({expr} {fors})",
        "f'{{{name}}}x{{{name}!r:>{{{name}}}}}'", "t'{{{name}}}x{{{name}:{{{name}}}}}'", "f'{{{name}=}}{{{{'",
        "'%s x %r' % ({expr}, {expr})", "(yield {expr})", "(yield)", "(yield from {expr})", "(await {expr})",
        "({name} in [{const}, {const}, {const}])", "({name} in {{{const}, {const}}})", "[{const}, {const}, {const}]",
    ],
    "builtin": ["all", "any", "tuple", "list"],
    "items": ["{expr}", "{expr}, {expr}", "*{name}, {expr}", "{const}, {const}, {const}"],
    "args": ["", "{expr}", "{expr}, {expr}", "*{name}", "{expr}, *{name}, k={expr}", "k={expr}, l={expr}", "**{name}", "k={expr}, **{name}"],
    "index": ["{expr}", "{expr}:{expr}", ":", "{expr}:", "::{expr}", "1:2", "::-1", "{expr}, 1:2"],
    "fors": ["for {bind} in {expr}", "for {bind} in {expr} if {expr}", "for {bind} in {expr} for {bind} in [{expr}]",
             "async for {bind} in {expr}", "for {bind} in {expr} if {expr} for {bind} in {expr} if {expr}"],
    "bind": ["a", "x", "y", "a, b", "[x, *y]", "x.y", "x[0]"],
    "target": ["{bind}", "self.{name}", "{name}[{index}]", "a = {bind}"],
    "hint": ["", "", ": {expr}"],
    "params": ["", "a", "a, b=1", "a, /, b, *, c=2", "self, *args, k, **kwargs"],
    "typed": ["", "a{hint}", "self, a{hint} = {expr}", "a{hint}, /, b{hint}, *args{hint}, k{hint} = {const}, **kwargs{hint}"],
    "generic": ["", "", "", "[T]", "[T: {expr}]", "[T: (int, {name}), *U]", "[**P, V = {expr}]"],
    "returns": ["", "", " -> {expr}"],
    "pattern": ["_", "{const_pattern}", "x", "a.b", "[{pattern}, {pattern}]", "[{pattern}, *_]", "[*y, {pattern}]", "{{'k': {pattern}}}",
                "{{'k': {pattern}, a.b: _, **z}}", "C({pattern}, k={pattern})", "({pattern} as w)", "(1 | 'x' | None)", "[c, d] | [d, c, _]"],
    "const_pattern": ["1", "-1.5", "'s'", "None", "1 + 2j"],
    "stmt": [
        "{expr}", "{target} = {expr}", "{target} = {expr}", "{name} {operator}= {expr}", "{name}.{name} += {expr}", "{name}[{index}] -= {expr}",
        "{name}: {expr}", "{name}: {expr} = {expr}", "self.{name}: {expr}", "del {bind}", "assert {expr}, {expr}", "raise {expr}",
        "raise {expr} from {expr}", "import a.b.c as d, x", "from . import a, b as c", "global a", "nonlocal x", "pass",
        "return {expr}", "return {const}", "return", "break", "continue", "type A{generic} = {expr}",
        "if {expr}:", "if {expr}:\nelif {expr}:\nelse:", "while {expr}:", "while {expr}:\nelse:", "while True:", "for {bind} in {expr}:",
        "for {bind} in {expr}:\nelse:", "async for {bind} in {expr}:", "try:\nexcept {name}:", "try:\nexcept {name} as e:\nelse:",
        "try:\nexcept {name}:\nexcept:\nfinally:", "try:\nfinally:", "try:\nexcept* {name} as e:", "with {expr} as {bind}:",
        "with {expr}, {expr} as a:", "async with {expr} as a:", "def {name}{generic}({typed}){returns}:", "async def f({typed}):",
        "@{expr}\ndef f({typed}){returns}:", "class {name}{generic}:", "class C{generic}({args}):", "@{expr}\nclass C:", "{match}",
    ],
    "match": ["match {expr}:\n    case {pattern}:\n    case {pattern} if {expr}:\n    case _:", "match {expr}:\n    case {pattern}:"],
}
# How many statements a program is tried with.
STATEMENTS = 40
FIELD = re.compile(r"\{\{|\}\}|\{(\w+)\}")


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.depth = 0

    def grow(self, symbol):
        """One alternative of `symbol`, its fields filled; short ones where the program is deep."""
        alternatives = GRAMMAR[symbol]
        if symbol == "expr" and self.depth > 4 + self.random.randrange(3):
            alternatives = GRAMMAR["atom"]
        self.depth += 1
        grown = FIELD.sub(lambda field: self.grow(field[1]) if field[1] else field[0][0], self.random.choice(alternatives))
        self.depth -= 1
        return grown

    def block(self, level):
        statements = [self.statement(level) for _ in range(self.random.choice((1, 1, 2, 3)))]
        return "\n".join(statements)

    def statement(self, level):
        simple = [text for text in GRAMMAR["stmt"] if ":" not in text[-6:] and text != "{match}"]
        self.depth = 2
        template = self.random.choice(simple if level > 3 else GRAMMAR["stmt"])
        text = FIELD.sub(lambda field: self.grow(field[1]) if field[1] else field[0][0], template)
        return "\n".join(self.with_block(line, level) for line in text.split("\n"))

    def with_block(self, line, level):
        if not line.endswith(":") or line.lstrip().startswith("match "):
            return line
        indent = " " * (len(line) - len(line.lstrip()) + 4)
        return line + "\n" + textwrap.indent(self.block(level + 1), indent)


def compiles(source):
    try:
        compile(source, "random.py", "exec", 0, True, 0)
    except (SyntaxError, SystemError):
        return False
    return True


def main():
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    folder.mkdir(parents=True, exist_ok=True)
    warnings.simplefilter("ignore")
    generator = Generator(seed)
    for number in range(count):
        source = ""
        for _ in range(STATEMENTS):
            longer = f"{source}{generator.statement(0)}\n"
            if compiles(longer):
                source = longer
        (folder / f"{number:05}.py").write_text(source, encoding="utf-8")


main()
