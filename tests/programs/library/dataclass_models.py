"""Dataclasses as models: inheritance, factories, InitVar, post-init chains, slots, kw_only, ordering, hashing, frozen errors."""
import copy
import dataclasses as d
import pickle
from dataclasses import KW_ONLY, InitVar, dataclass, field
from typing import Any, ClassVar

log = []


@dataclass
class Base:
    id: int = field(default_factory=lambda: log.append("id made") or len(log))
    tags: list[str] = field(default_factory=list, compare=False, metadata={"doc": "the tags"})
    count: ClassVar[int] = 0
    scale: InitVar[float] = 1.0
    total: float = field(init=False, repr=False)

    def __post_init__(self, scale):
        self.total = self.id * scale
        type(self).count += 1


@dataclass(kw_only=True, slots=True, weakref_slot=True)
class Child(Base):
    name: str
    id: int = 7
    extra: Any = None

    def __post_init__(self, scale):
        Base.__post_init__(self, scale)
        self.name = self.name.title()


@dataclass(frozen=True, order=True)
class Version:
    major: int
    minor: int = 0
    note: str = field(default="", compare=False)
    _: KW_ONLY
    build: int = field(default=0, hash=False)

    def __str__(self):
        return f"{self.major}.{self.minor}"


@dataclass
class Node:
    value: int
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = field(default=None, repr=False, compare=False)


@dataclass(eq=False, repr=False, match_args=False)
class Bare:
    x: int = 1


print(Base(), Base(3, scale=2).total, Base.count, log, Child(name="ann"), Child(name="bob", id=2, scale=0.5).total, Child.__slots__)
print(sorted([Version(2), Version(1, 5), Version(1, 2, "later")]), Version(1) == Version(1, 0, "n"), hash(Version(1)) == hash(Version(1, build=5)), str(max(Version(1), Version(0, 9))), Version(1) < Version(1, build=1))
tree = Node(1, [Node(2), Node(3, [Node(4)])])
tree.children[0].parent = tree
print(tree, d.asdict(tree.children[1]), d.astuple(Version(1)), d.replace(Version(1), minor=9), copy.replace(Version(3), note="x"), tree == Node(1, [Node(2), Node(3, [Node(4)])]))
tree.children.append(tree)
print(repr(tree)[-40:])
print([(f.name, f.type if isinstance(f.type, str) else getattr(f.type, "__name__", str(f.type)), f.init, f.kw_only) for f in d.fields(Child)], d.fields(Base)[1].metadata["doc"])
print(Version.__match_args__, Child.__match_args__, hasattr(Bare, "__match_args__"), Bare() == Bare(), d.is_dataclass(Bare), d.is_dataclass(Bare()), pickle.loads(pickle.dumps(Version(4, 2))))
print(d.make_dataclass("Made", [("a", int), "b", ("c", str, field(default="z"))], namespace={"m": lambda self: self.a}, frozen=True)(1, 2), d.asdict(Base(1), dict_factory=lambda items: [k for k, _ in items]))
for bad in (lambda: setattr(Version(1), "major", 2), lambda: delattr(Version(1), "major"), lambda: Version(), lambda: Version(1, 2, 3, 4), lambda: Child("x"), lambda: hash(Base()), lambda: Version(1) < 5, lambda: d.fields(5),
            lambda: d.asdict(Base), lambda: d.replace(Base(1), total=5), lambda: d.replace(Base(1)), lambda: d.make_dataclass("M", ["1x"]), lambda: d.make_dataclass("M", ["a", "a"]), lambda: d.make_dataclass("M", [("a", int, 1), "b"]),
            lambda: dataclass(type("L", (), {"__annotations__": {"x": list}, "x": []})), lambda: field(default=1, default_factory=list), lambda: dataclass(order=True, eq=False)(type("O", (), {})),
            lambda: dataclass(frozen=True)(type("F", (Base,), {})), lambda: dataclass(type("N", (Version,), {})), lambda: dataclass(slots=True)(type("S", (), {"__slots__": ()})), lambda: Child(name="x").__dict__,
            lambda: dataclass(order=True)(type("L", (), {"__lt__": 1})), lambda: dataclass(frozen=True)(type("G", (), {"__setattr__": 1})), lambda: d.make_dataclass("K", [("_", KW_ONLY), ("__", KW_ONLY)])):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
