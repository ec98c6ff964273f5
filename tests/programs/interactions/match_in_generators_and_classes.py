"""match inside generators, class bodies, comprehension conditions by functions, recursion over trees, and with data classes that change."""
from dataclasses import dataclass, field


@dataclass
class Num:
    value: float


@dataclass
class Bin:
    op: str
    left: object
    right: object


@dataclass
class Let:
    name: str
    value: object
    body: object
    used: list = field(default_factory=list, compare=False)


def simplify(e):
    match e:
        case Bin("+", Num(0), x) | Bin("+", x, Num(0)) | Bin("*", Num(1), x) | Bin("*", x, Num(1)):
            return simplify(x)
        case Bin("*", Num(0), _) | Bin("*", _, Num(0)):
            return Num(0)
        case Bin(op, Num(a), Num(b)) if op in "+*-":
            return Num({"+": a + b, "*": a * b, "-": a - b}[op])
        case Bin(op, l, r) if (new := Bin(op, simplify(l), simplify(r))) != e:
            return simplify(new)
        case Let(name, value, Bin() as body, used=[*names]):
            names.append(name)
            return Let(name, simplify(value), simplify(body), names)
        case [*items] if items:
            return [simplify(i) for i in items]
        case {"expr": inner, **rest}:
            return {"expr": simplify(inner)} | rest
    return e


x = "x"
for e in (Bin("+", Num(0), Bin("*", Num(1), x)), Bin("*", Bin("+", Num(2), Num(3)), Num(0)), Bin("-", Bin("+", Num(1), Num(2)), x), Let("y", Bin("+", Num(1), Num(1)), Bin("*", "y", Num(1)), ["z"]), [Bin("+", Num(1), Num(1)), x], {"expr": Bin("*", x, Num(0)), "k": 1}, Num(5), (), "text"):
    print(simplify(e))


def tokens(text):
    it = iter(text)
    for c in it:
        match c, c.isdigit():
            case _, True:
                yield "digit", c
            case ("(" | ")") as p, _:
                yield "paren", p
            case "\\", _:
                match next(it, None):
                    case None:
                        return "unfinished"
                    case escaped:
                        yield "escaped", escaped
            case " " | "\t", _:
                continue
            case other, False if other.isalpha():
                yield "alpha", other
            case _:
                yield (yield "asking", c)


g = tokens(r"a1 (\x)?!")
out = []
try:
    item = next(g)
    while True:
        out.append(item)
        item = g.send("answer") if item[0] == "asking" else next(g)
except StopIteration as stop:
    print(out, stop.value)
print(list(tokens("\\")))


class Body:
    kind = "list"
    match kind:
        case "list":
            items = []
            match items:
                case []:
                    empty = True
        case captured:
            never = True


print({k: v for k, v in vars(Body).items() if not k.startswith("__")})


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


def where(p):
    match p:
        case Point(0, 0):
            return "origin"
        case Point(x, y=0) | Point(0, x):
            return f"axis {x}"
        case Point(x, y) if x == y:
            return "diagonal"
        case Point():
            return "somewhere"


def hot():
    for _ in range(60):
        out = [where(p) for p in points]
    return out


points = [Point(0, 0), Point(3, 0), Point(0, 4), Point(2, 2), Point(1, 2), "no point"]
print(hot())
Point.__match_args__ = ("y", "x")
try:
    print(hot())
except TypeError as error:
    print(error)
Point.__match_args__ = ("x",)
for action in (hot,):
    try:
        print(action())
    except TypeError as error:
        print(error)
Point.__match_args__ = ["x", "y"]
try:
    hot()
except TypeError as error:
    print(error)
Point.__match_args__ = ("x", 5)
try:
    hot()
except TypeError as error:
    print(error)
del Point.__match_args__
try:
    hot()
except TypeError as error:
    print(error)
Point.__match_args__ = ("x", "y")
points[1].x = property()
del points[2].y
print(hot()[3:])
Point = int
try:
    print(where(5))
except TypeError as error:
    print(error)
Point = "not a class"
try:
    where(5)
except TypeError as error:
    print(error)
