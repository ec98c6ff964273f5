"""match as a small interpreter: expression trees, commands, state machines and token streams."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Num:
    value: float


@dataclass(frozen=True)
class Var:
    name: str


@dataclass(frozen=True)
class Bin:
    op: str
    left: object
    right: object


def simplify(e):
    match e:
        case Bin("+", Num(0), x) | Bin("+", x, Num(0)) | Bin("*", Num(1), x) | Bin("*", x, Num(1)):
            return simplify(x)
        case Bin("*", Num(0), _) | Bin("*", _, Num(0)):
            return Num(0)
        case Bin(op, Num(a), Num(b)):
            return Num({"+": a + b, "*": a * b, "-": a - b}[op])
        case Bin(op, left, right):
            new = Bin(op, simplify(left), simplify(right))
            return new if new == e else simplify(new)
        case _:
            return e


def text(e):
    match e:
        case Num(v):
            return str(v)
        case Var(n):
            return n
        case Bin(op, l, r):
            return f"({text(l)} {op} {text(r)})"


for e in (Bin("+", Num(0), Var("x")), Bin("*", Bin("+", Num(1), Num(2)), Var("y")), Bin("-", Bin("*", Num(0), Var("z")), Num(4)), Bin("+", Bin("*", Var("a"), Num(1)), Bin("*", Num(2), Num(3)))):
    print(text(e), "=>", text(simplify(e)))


def command(line):
    match line.split():
        case []:
            return "nothing"
        case ["quit" | "exit" | "q"]:
            return "bye"
        case ["go", ("north" | "south" | "east" | "west") as direction]:
            return f"going {direction}"
        case ["go", other]:
            return f"cannot go {other}"
        case ["take", item, "and", more]:
            return f"taking {item} and {more}"
        case ["take", *items] if items:
            return f"taking {len(items)}: {items}"
        case [verb, *_] if verb.isdigit():
            return "a number"
        case [verb, *rest]:
            return f"unknown {verb} {rest}"


for line in ("", "q", "exit now", "go north", "go up", "take lamp", "take lamp and rope", "take a b c", "42 is", "take"):
    print(repr(line), "->", command(line))


def machine(events):
    state = "idle"
    for event in events:
        match state, event:
            case "idle", "start":
                state = "running"
            case "running", ("pause", n) if n > 1:
                state = f"paused {n}"
            case ("running" | "idle" as old), "stop":
                state = f"stopped from {old}"
            case s, _ if s.startswith("paused"):
                state = "resumed"
            case _, {"jump": target}:
                state = target
            case _:
                state = f"error in {state} on {event}"
        yield state


print(list(machine(["start", ("pause", 2), "x", {"jump": "idle"}, "stop", "start"])))


def kinds(values):
    for v in values:
        match v:
            case bool():
                yield "bool"
            case int(n) if n < 0:
                yield "negative"
            case 0:
                yield "zero"
            case int() | float():
                yield "number"
            case str() if not v:
                yield "empty string"
            case str(s) | bytes(s):
                yield f"text of {len(s)}"
            case [] | ():
                yield "empty sequence"
            case [[_, _], *_] | [_, [_, _]]:
                yield "has a pair"
            case {"a": 1 | 2 as n, **others} if not others:
                yield f"only a={n}"
            case {"a": _}:
                yield "has a"
            case None:
                yield "none"
            case type():
                yield "a class"
            case _:
                yield type(v).__name__


print(list(kinds([True, -5, 0, 0.0, 7, "", "abc", b"x", [], (), [[1, 2]], [1, (2, 3)], {"a": 1}, {"a": 1, "b": 2}, {"a": 9}, None, int, {1}, ...])))
