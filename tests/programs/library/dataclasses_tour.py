"""dataclasses: fields, defaults, ordering, frozen, slots, kw_only, inheritance, post-init, replace, errors."""
import dataclasses
from dataclasses import KW_ONLY, FrozenInstanceError, InitVar, asdict, astuple, dataclass, field, fields, is_dataclass, make_dataclass, replace
from typing import ClassVar


@dataclass
class Point:
    """Doc."""

    x: int
    y: int = 0
    tags: list = field(default_factory=list, repr=False, compare=False)
    count: ClassVar[int] = 5
    scale: InitVar[float] = 1.0

    def __post_init__(self, scale):
        self.x *= scale


p = Point(1, 2, scale=3)
print(p, Point(1), p == Point(3, 2), p != Point(3, 3), Point.__doc__, Point.__match_args__, asdict(p), astuple(p), replace(p, x=9, scale=1), [f.name for f in fields(p)], Point.__hash__, is_dataclass(p), is_dataclass(int), Point(1).tags is Point(1).tags)
print(fields(p)[1].default, fields(p)[2].default_factory, fields(p)[0].default is dataclasses.MISSING, fields(p)[0].type, repr(fields(p)[1])[:40])


@dataclass(order=True, frozen=True)
class V:
    major: int
    minor: int = 0
    label: str = field(default="", compare=False)


print(V(1, 2) < V(1, 3), V(1) >= V(1, 0, "x"), sorted([V(2), V(1, 5), V(1, 2)]), hash(V(1)) == hash(V(1, 0, "z")), {V(1): "a"}[V(1)], V(1) == (1, 0, ""))


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, error)


attempt(lambda: setattr(V(1), "major", 2), lambda: delattr(V(1), "major"), lambda: setattr(V(1), "new", 2), lambda: V(1) < 5, lambda: Point(), lambda: Point(1, 2, 3, 4, 5), lambda: hash(Point(1)), lambda: Point(1) < Point(2), lambda: replace(V(1), nope=1), lambda: asdict(5), lambda: fields(5), lambda: replace(p, tags=[]), lambda: replace(5))


@dataclass(slots=True, kw_only=True, weakref_slot=True)
class S:
    a: int
    b: str = "b"


s = S(a=1)
print(s, S.__slots__, hasattr(s, "__dict__"), S.__match_args__)
attempt(lambda: S(1), lambda: setattr(s, "c", 1), lambda: S())


@dataclass
class Mixed:
    a: int
    _: KW_ONLY
    b: int = 1
    c: int = field(kw_only=False, default=2)


print(Mixed(1, 5, b=7), Mixed.__match_args__)


@dataclass
class Base:
    a: int = 1
    b: int = 2


@dataclass
class Child(Base):
    b: int = 20
    c: int = field(default=30, init=False)


@dataclass(repr=False, eq=False, init=False)
class Bare:
    a: int = 1


print(Child(), Child(5, 6), [f.name for f in fields(Child)], Base() == Child(), Bare() == Bare(), Bare().a)
for source in ("a: int = 1\n    b: int", "a: list = []", "a: dict = {}", "a: int = field(default=1, default_factory=int)", "a: InitVar[int] = field(default_factory=int)", "a: ClassVar[int] = field(default_factory=int)"):
    try:
        exec(f"@dataclass\nclass Bad:\n    {source}")
        print("fine", source)
    except (TypeError, ValueError) as error:
        print(error)
for arguments in ("order=True, eq=False", "frozen=True, order=True", "unsafe_hash=True", "weakref_slot=True"):
    try:
        exec(f"@dataclass({arguments})\nclass Bad:\n    a: int = 1\nprint(Bad())")
    except (TypeError, ValueError) as error:
        print(error)
try:

    @dataclass
    class Thawed(V):
        pass

except TypeError as error:
    print(error)
Made = make_dataclass("Made", ["x", ("y", int), ("z", int, field(default=5))], namespace={"total": lambda self: self.y + self.z}, frozen=True)
print(Made(1, 2), Made(1, 2).total(), Made.__annotations__["y"])


@dataclass
class Node:
    value: int
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = field(default=None, repr=False)


tree = Node(1, [Node(2), Node(3, [Node(4)])])
print(tree, asdict(tree), asdict(tree, dict_factory=lambda items: tuple(k for k, v in items)))
tree.children.append(tree)
print(tree)


@dataclass
class Prop:
    name: str
    upper: str = field(init=False)

    def __post_init__(self):
        self.upper = self.name.upper()

    def __str__(self):
        return f"<{self.name}>"


print(Prop("a"), repr(Prop("a")), f"{Prop('b')}")
match Point(1, 2):
    case Point(x, y=2):
        print("matched", x)
import copy, pickle

print(copy.copy(V(1)), copy.replace(V(1), minor=7), pickle.loads(pickle.dumps(V(3, 4))), copy.deepcopy(tree.children[1]))


@dataclass(frozen=True)
class Metadata:
    a: int = field(default=1, metadata={"unit": "m"}, doc="the a")


print(fields(Metadata)[0].metadata["unit"], fields(Metadata)[0].doc)
import inspect

print(inspect.signature(Point), inspect.signature(Mixed))
