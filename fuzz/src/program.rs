//! Small programs out of bytes: each byte is a choice, so that what libFuzzer changes in the bytes changes a piece of the program.
//! The programs end, and what they print depends on nothing but themselves.

use std::fmt::Write;

/// Names of variables.
const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "self"];
/// Expressions without parts.
const ATOMS: [&str; 28] = [
    "0",
    "1",
    "2",
    "-1",
    "255",
    "1 << 62",
    "1 << 63",
    "-(1 << 62)",
    "10**20",
    "1.5",
    "-0.0",
    "1e300",
    "float('inf')",
    "2j",
    "''",
    "'text'",
    "'ä'",
    "b'bytes'",
    "None",
    "True",
    "False",
    "...",
    "()",
    "[]",
    "{}",
    "range(3)",
    "(1, 'x')",
    "[1, 2, 3]",
];
/// Expressions of one part, before and behind it.
const UNARY: [(&str, &str); 38] = [
    ("-", ""),
    ("+", ""),
    ("~", ""),
    ("not ", ""),
    ("len(", ")"),
    ("str(", ")"),
    ("repr(", ")"),
    ("list(", ")"),
    ("tuple(", ")"),
    ("sorted(", ", key=repr)"),
    ("sum(", ")"),
    ("abs(", ")"),
    ("type(", ").__name__"),
    ("int(", ")"),
    ("float(", ")"),
    ("bool(", ")"),
    ("next(iter(", "))"),
    ("[", "]"),
    ("(", ",)"),
    ("[*", "]"),
    ("{'k': ", "}"),
    ("f'{", "}'"),
    ("[x for x in ", "]"),
    ("[x + x for x in ", " if x]"),
    ("{x: x for x in ", "}"),
    ("sum(x for x in ", ")"),
    ("(lambda x: x)(", ")"),
    ("(lambda x=1, *y, **z: (x, y, z))(", ")"),
    ("Box(", ")"),
    ("Box(", ").value"),
    ("Box(", ").get()"),
    ("Slotted(", ").value"),
    ("list(count(", "))"),
    ("list(delegate(", "))"),
    ("closure(", ")()"),
    ("isinstance(", ", (int, str))"),
    ("max(", ", 1)"),
    ("enumerate(", ")"),
];
/// Operators between two parts.
const BINARY: [&str; 28] = [
    " + ",
    " - ",
    " * ",
    " // ",
    " / ",
    " % ",
    " & ",
    " | ",
    " ^ ",
    " == ",
    " != ",
    " < ",
    " <= ",
    " > ",
    " is ",
    " is not ",
    " in ",
    " not in ",
    " and ",
    " or ",
    ", ",
    " if 1 else ",
    "][",
    " @ ",
    ".join(",
    ".append(",
    ".get(",
    ".count(",
];
/// Assignment operators.
const ASSIGN: [&str; 8] = [" = ", " += ", " -= ", " *= ", " |= ", " //= ", " %= ", " &= "];

/// What every program begins with.
pub const PRELUDE: &str = r#"
class Box:
    def __init__(self, value): self.value = value
    def get(self): return self.value
    def __eq__(self, other): return isinstance(other, Box) and self.value == other.value
    def __hash__(self): return 1
    def __len__(self): return len(self.value)
    def __bool__(self): return bool(self.value)
    def __add__(self, other): return Box(self.value + (other.value if isinstance(other, Box) else other))
    def __getitem__(self, index): return self.value[index]
    def __repr__(self): return f"Box({self.value!r})"
    def __enter__(self): return self
    def __exit__(self, kind, error, traceback): return kind is KeyError
    def __del__(self): self.value = None
class Child(Box):
    kind = "child"
    @property
    def double(self): return self.value, self.value
    def get(self): return super().get(), self.kind
class Slotted:
    __slots__ = ("value", "next")
    def __init__(self, value): self.value = value
    def __repr__(self): return "Slotted"
def count(limit):
    got = 0
    while got < min(limit, 5):
        sent = yield got
        got += 1 if sent is None else sent
    return "end"
def delegate(limit):
    result = yield from count(limit)
    yield result
def closure(value):
    def inner(step=1):
        nonlocal value
        value = [value, step]
        return value
    return inner
def tree(depth): return [tree(depth - 1), depth] if depth > 0 else None
a = b = c = 1
d = [1, 2]
e = "e"
self = Child(3)
"#;

/// Writes a program, a choice at a time.
struct Writer<'a> {
    choices: &'a [u8],
    text: String,
    depth: usize,
    loops: usize,
    in_function: bool,
}

/// The program that the bytes stand for.
pub fn program(choices: &[u8]) -> String {
    let mut writer = Writer { choices, text: String::from(PRELUDE), depth: 0, loops: 0, in_function: false };
    let mut statements = 0;
    while !writer.choices.is_empty() && statements < 40 {
        writer.statement();
        statements += 1;
    }
    writer.line("print(a, b, c, d, e, self)");
    writer.text
}

impl Writer<'_> {
    fn choose(&mut self, count: usize) -> usize {
        let Some((&first, rest)) = self.choices.split_first() else { return 0 };
        self.choices = rest;
        usize::from(first) % count
    }

    fn line(&mut self, line: &str) {
        let indent = "    ".repeat(self.depth);
        let _ = writeln!(self.text, "{indent}{line}");
    }

    fn name(&mut self) -> &'static str {
        NAMES[self.choose(NAMES.len())]
    }

    fn expression(&mut self, depth: usize) -> String {
        match self.choose(if depth > 3 { 4 } else { 12 }) {
            0 | 1 => self.name().to_owned(),
            2 | 3 => ATOMS[self.choose(ATOMS.len())].to_owned(),
            4..=7 => {
                let (before, behind) = UNARY[self.choose(UNARY.len())];
                let part = self.expression(depth + 1);
                // quotes within an f-string's expression are fine, as PEP 701 says
                format!("{before}{part}{behind}")
            }
            8 => format!("{}.{}", self.name(), ["value", "get()", "double", "kind", "real", "x", "next"][self.choose(7)]),
            9 => format!("{}[{}]", self.expression(depth + 1), ["0", "-1", "1:", "::-1", "a", ":b", "'k'"][self.choose(7)]),
            _ => {
                let operator = BINARY[self.choose(BINARY.len())];
                let (left, right) = (self.expression(depth + 1), self.expression(depth + 1));
                match operator {
                    "][" => format!("[{left}][{right}]"),
                    _ if operator.ends_with('(') => format!("({left}){operator}{right})"),
                    _ => format!("({left}{operator}{right})"),
                }
            }
        }
    }

    fn target(&mut self) -> String {
        match self.choose(8) {
            0 => "self.value".to_owned(),
            1 => format!("{}.{}", self.name(), ["value", "x", "next"][self.choose(3)]),
            2 => format!("{}[{}]", self.name(), ["0", "-1", "'k'", ":1", "a"][self.choose(5)]),
            _ => self.name().to_owned(),
        }
    }

    fn block(&mut self) {
        self.depth += 1;
        for _ in 0..=self.choose(3) {
            self.statement();
        }
        self.depth -= 1;
    }

    fn statement(&mut self) {
        let simple = self.depth > 3;
        match self.choose(if simple { 12 } else { 26 }) {
            0..=3 => {
                let (target, value) = (self.target(), self.expression(0));
                let operator = if self.choose(2) == 0 { " = " } else { ASSIGN[self.choose(ASSIGN.len())] };
                self.line(&format!("{target}{operator}{value}"));
            }
            4..=6 => {
                let value = self.expression(0);
                self.line(&format!("print({value})"));
            }
            7 => {
                let (first, rest, value) = (self.name(), self.name(), self.expression(0));
                self.line(&format!("{first}, *{rest} = {value}"));
            }
            8 => {
                let (first, second, value, other) = (self.name(), self.name(), self.expression(1), self.expression(1));
                self.line(&format!("{first}, {second} = {value}, {other}"));
            }
            9 => {
                let name = self.name();
                self.line(&format!("del {name}"));
            }
            10 => {
                let what = ["raise KeyError(a)", "raise ValueError", "assert a, b", "pass"][self.choose(4)];
                self.line(what);
            }
            11 => {
                let what = if self.loops > 0 { ["break", "continue"][self.choose(2)] } else { "pass" };
                let what = if self.in_function && self.choose(3) == 0 { "return a, b" } else { what };
                self.line(&format!("if a: {what}"));
            }
            12 | 13 => {
                let condition = self.expression(1);
                self.line(&format!("if {condition}:"));
                self.block();
                if self.choose(2) == 0 {
                    self.line("else:");
                    self.block();
                }
            }
            14..=16 => {
                let (name, times) = (self.name(), [2, 10, 60][self.choose(3)]);
                let over = if self.choose(2) == 0 { format!("range({times})") } else { self.expression(1) };
                self.line(&format!("for {name} in {over}:"));
                self.within_loop();
            }
            17 => {
                let times = [3, 40][self.choose(2)];
                let counter = format!("n{}", self.depth);
                self.line(&format!("{counter} = 0"));
                self.line(&format!("while {counter} < {times}:"));
                self.line(&format!("    {counter} += 1"));
                self.within_loop();
            }
            18..=20 => {
                self.line("try:");
                self.block();
                let kind = ["Exception", "KeyError", "(TypeError, ValueError)", "AttributeError"][self.choose(4)];
                if self.choose(4) > 0 {
                    let name = self.name();
                    self.line(&format!("except {kind} as {name}:"));
                    self.line(&format!("    {name} = type({name}).__name__; print({name})"));
                    let keep = self.name();
                    self.line(&format!("    {keep} = 0"));
                }
                self.line("finally:");
                self.block();
            }
            21 => {
                let (value, name) = (self.expression(1), self.name());
                self.line(&format!("with Box({value}) as {name}:"));
                self.block();
            }
            22 | 23 => {
                let name = ["f", "g"][self.choose(2)];
                let scope = ["global a", "b = c = 2", "a = b = c = d = e = 1", "nonlocal_ = 1"][self.choose(4)];
                self.line(&format!("def {name}(b, c=2, *d, e=None):"));
                self.line(&format!("    {scope}"));
                if self.choose(3) == 0 {
                    self.line("    yield b");
                }
                let (loops, outer) = (std::mem::take(&mut self.loops), std::mem::replace(&mut self.in_function, true));
                self.block();
                (self.loops, self.in_function) = (loops, outer);
                let argument = self.expression(1);
                self.line(&format!("for i in range(12): print(show({name}, {argument}))"));
            }
            24 => {
                let subject = self.expression(1);
                self.line(&format!("match {subject}:"));
                let pattern =
                    ["[x, *y]", "{'k': x}", "Box(value=x)", "int(x) | str(x)", "(1 | 2) as x", "None", "[[x], y]", "x if x"]
                        [self.choose(8)];
                self.line(&format!("    case {pattern}:"));
                self.depth += 1;
                self.block();
                self.line("    print('matched')");
                self.depth -= 1;
                self.line("    case _: print('none')");
            }
            _ => {
                self.line("class Local(Child):");
                let value = self.expression(1);
                self.line(&format!("    kind = {value}"));
                self.line("    def get(self, *args): return super().get(), args");
                self.line("self = Local(a)");
            }
        }
    }

    fn within_loop(&mut self) {
        self.depth += 1;
        self.line("tick()");
        self.depth -= 1;
        self.loops += 1;
        self.block();
        self.loops -= 1;
    }
}
