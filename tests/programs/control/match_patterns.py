"""match: every kind of pattern, bindings, guards, captures, and the order of tests."""
from collections import OrderedDict, deque, namedtuple
from dataclasses import dataclass
from enum import Enum


class Color(Enum):
    RED = 1
    GREEN = 2


@dataclass
class Point:
    x: int
    y: int


class Args:
    __match_args__ = ("first", "second")

    def __init__(self, first, second, third=None):
        self.first, self.second, self.third = first, second, third


Pair = namedtuple("Pair", "left right")


class NS:
    constant = 42
    text = "t"


def describe(subject):
    match subject:
        case None:
            return "none"
        case True | False as flag:
            return f"bool {flag}"
        case 0 | -1 | 1.5 | -2j | 3 + 4j:
            return f"number literal {subject}"
        case "hello" | b"bytes":
            return f"text literal {subject!r}"
        case NS.constant | NS.text:
            return f"value pattern {subject}"
        case Color.RED:
            return "red"
        case Color() as c:
            return f"color {c.name}"
        case Pair(left, right=0):
            return f"pair with zero {left}"
        case Point(x=0, y=0):
            return "origin"
        case Point(0, y):
            return f"on the y axis {y}"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point():
            return "some point"
        case Args(1, second, third=None):
            return f"args {second}"
        case Args(first=[a, b]):
            return f"args list {a} {b}"
        case int(n) if n > 100:
            return f"big {n}"
        case int() | float() as n:
            return f"number {n}"
        case str(s):
            return f"str {s}"
        case []:
            return "empty sequence"
        case [x]:
            return f"one {x}"
        case [1, *rest]:
            return f"one and {rest}"
        case [*init, "last"]:
            return f"{init} and last"
        case (x, (y, z)):
            return f"nested {x} {y} {z}"
        case [first, *_, last]:
            return f"ends {first} {last}"
        case {"type": "a", "value": v, **rest}:
            return f"mapping a {v} {rest}"
        case {"key": {"inner": [x, *_]}}:
            return f"deep {x}"
        case {1: x, None: y}:
            return f"odd keys {x} {y}"
        case {}:
            return f"some mapping {len(subject)}"
        case object(missing=_):
            return "has missing"
        case _:
            return f"other {type(subject).__name__}"


for subject in [
    None, True, 0, -1, 1.5, -2j, 3 + 4j, 0.0, "hello", b"bytes", bytearray(b"bytes"), 42, "t", Color.RED, Color.GREEN, Pair(5, 0), Pair(5, 1),
    Point(0, 0), Point(0, 7), Point(3, 3), Point(1, 2), Args(1, 2), Args([1, 2], 0), Args(5, 5), 101, 7, 2.5, "word", [], (), deque(), [9], (9,), [1, 2, 3],
    deque([1, 2]), range(1, 4), ["a", "last"], (5, (6, 7)), [5, [6, 7]], [4, 5, 6, 7], "ab", b"xy", {"type": "a", "value": 1, "more": 2}, {"key": {"inner": (1, 2)}},
    OrderedDict([(1, "x"), (None, "y")]), {}, {"z": 1}, {1, 2}, iter([]), type("M", (), {"missing": 1})(), print, array_like if (array_like := memoryview(b"ab")) else None,
]:
    print(describe(subject))


def bindings(subject):
    match subject:
        case [a, [b, *c], {"k": d, **e}] as whole if a != b:
            return a, b, c, d, e, whole is subject
        case [x, _, _]:
            return "fallback", x
    return "none"


print(bindings([1, [2, 3], {"k": 4, "l": 5}]), bindings([1, [1], {"k": 1}]), bindings([]))
match 1, 2:
    case a, b:
        print(a, b)
match (x := 5), *[6, 7]:
    case 5, *others:
        print(others)
match [1, 2, 3]:
    case [y, 99, _] | [y, 2, _]:
        print("or binds", y)
match = "soft"
case = "keyword"
type = "names"
_ = 5
match match:
    case "soft":
        print(match, case, type, _)
match(5)if 0 else None if False else print("match is a name here too")
