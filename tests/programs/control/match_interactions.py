"""match with classes, walrus, guards with effects, nested mappings, names that stay bound, in loops and generators."""
from collections import OrderedDict, UserDict, deque
from dataclasses import dataclass
from enum import Enum
from types import SimpleNamespace


@dataclass
class P:
    x: object
    y: object = 0


class Sub(P):
    __match_args__ = ("y", "x")


class Kind(Enum):
    A = 1
    B = "b"


class Fussy:
    __match_args__ = ("first", "second")

    def __init__(self):
        self.log = []

    def __getattr__(self, name):
        log.append(name)
        if name == "second":
            raise AttributeError(name)
        return name.upper()


class Meta(type):
    def __instancecheck__(cls, value):
        log.append(f"isinstance {cls.__name__}")
        return value == cls.wanted


class Five(metaclass=Meta):
    wanted = 5


log = []


def look(value):
    match value:
        case None | True | False as constant:
            return "constant", constant
        case Kind.A | Kind.B as kind:
            return "enum", kind.name
        case Five():
            return "five"
        case int(n) | float(n) if (half := n / 2) > 10:
            return "big number", half
        case int() | float() as n if n < 0:
            return "negative", n
        case str(text) if text.isupper():
            return "upper", text
        case "a" | b"a":
            return "letter"
        case P(x=P(x=inner), y=outer):
            return "nested", inner, outer
        case Sub(1, b):
            return "sub", b
        case P(x, y) if x is y:
            return "same", x
        case P():
            return "some P"
        case {"type": "circle", "r": r, **rest}:
            return "circle", r, rest
        case {"items": [{"id": first}, *_, {"id": last}]}:
            return "ids", first, last
        case {}:
            return "mapping", len(value)
        case [] | [[]]:
            return "empty"
        case [x, [y, *zs], *_] if zs:
            return "inside", x, y, zs
        case [("go" | "walk") as verb, *where]:
            return verb, where
        case (a, b, *_) | [a, *b]:
            return "pair", a, b
        case SimpleNamespace(a=1, b=b):
            return "namespace", b
        case Fussy(first, second):
            return "never", first, second
        case Fussy(first):
            return "fussy", first
        case complex(real=0.0, imag=i):
            return "imaginary", i
        case -1j | 1 - 2j:
            return "complex"
        case _:
            return "other"


for value in (None, True, Kind.A, Kind.B, 5, 5.0, 42, 21.5, -3, 7, "LOUD", "a", b"a", "b", P(P(1), 2), Sub(2, 1), Sub(3, 1), P(4, 4), P(1, 2),
              {"type": "circle", "r": 3, "z": 1}, OrderedDict(type="circle", r=1), UserDict(type="circle", r=1), {"items": [{"id": 1}, 5, {"id": 2}]}, {"items": [{"id": 1}]}, {},
              {"x": 1}, [], [[]], ([],), deque(), [1, [2, 3]], [1, [2]], ["go", "north"], ("walk",), (1,), (1, 2, 3), range(3), "ab", bytearray(b"ab"), SimpleNamespace(a=1, b=2),
              SimpleNamespace(a=2), Fussy(), 2j, 1 - 2j, {1, 2}, object, iter([])):
    print(type(value).__name__, look(value), [item for item in log if item != "isinstance Five"])
    log.clear()


def leaks(value):
    match value:
        case [a, b, 9]:
            pass
        case [a, *c]:
            pass
    return sorted(locals().items())


print(leaks([1, 2, 9]), leaks([1, 2, 3]), leaks(5))


def commands():
    total = 0
    while True:
        match (yield total):
            case ("add", n):
                total += n
            case ("reset",):
                total = 0
            case "stop":
                return "stopped"
            case _:
                continue


g = commands()
next(g)
try:
    for command in (("add", 5), ("add", 2), 17, ("reset",), ("add", 1), "stop"):
        print(g.send(command), end=" ")
except StopIteration as stop:
    print(stop.value)
for source in ("match x:\n case a: pass\n case b: pass", "match x:\n case a | b: pass", "match x:\n case [a, a]: pass", "match x:\n case {'k': 1, 'k': 2}: pass",
               "match x:\n case P(1, a=2, a=3): pass", "match x:\n case [*a, *b]: pass", "match x:\n case (1 | a): pass", "match x:\n case {**r, 'a': 1}: pass",
               "match x:\n case f'{x}': pass", "match x:\n case 1 + 1: pass", "match x:\n case -a: pass"):
    try:
        compile(source, "s", "exec")
        print("fine")
    except SyntaxError as error:
        print(error.msg)
match = case = type = _ = 1
match match:
    case case:
        print(match, case, _)
