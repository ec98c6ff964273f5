"""match: what it asks of the subject: __match_args__, keys and get, lengths, isinstance hooks, and what it refuses."""
import collections.abc


class Loud:
    __match_args__ = ("a", "b")

    def __getattr__(self, name):
        print("  getattr", name)
        if name == "gone":
            raise AttributeError(name)
        return name.upper()


match Loud():
    case Loud("X"):
        print("never")
    case Loud("A", gone=1):
        print("never")
    case Loud("A", "B", c="C"):
        print("matched")


class LoudSequence(collections.abc.Sequence):
    def __len__(self):
        print("  len")
        return 3

    def __getitem__(self, i):
        print("  item", i)
        if not 0 <= i < 3:
            raise IndexError
        return i * 10


match LoudSequence():
    case [_, _]:
        print("never")
    case [0, 1, *_]:
        print("never")
    case [a, *_, b]:
        print(a, b)
match LoudSequence():
    case [*_]:
        print("any sequence")
match LoudSequence():
    case [a, *middle, c]:
        print(a, middle, c)


class LoudMapping(collections.abc.Mapping):
    def __init__(self, **items):
        self.items_ = items

    def __len__(self):
        print("  len")
        return len(self.items_)

    def __iter__(self):
        print("  iter")
        return iter(self.items_)

    def __getitem__(self, key):
        print("  getitem", key)
        return self.items_[key]

    def keys(self):
        print("  keys")
        return super().keys()

    def get(self, key, default=None):
        print("  get", key)
        return self.items_.get(key, default)


match LoudMapping(a=1, b=2):
    case {"a": 1, "z": _}:
        print("never")
    case {"a": 5}:
        print("never")
    case {"a": x, **rest}:
        print(x, rest)
match LoudMapping():
    case {}:
        print("empty mapping pattern")


class Meta(type):
    def __instancecheck__(cls, instance):
        print("  instancecheck", instance)
        return instance == "yes"


class Checked(metaclass=Meta):
    pass


for subject in ("no", "yes"):
    match subject:
        case Checked():
            print("checked")
        case _:
            print("unchecked")


class Equal:
    def __eq__(self, other):
        print("  eq", other)
        return other == 2


match Equal():
    case 1 | 2:
        print("equal to two")


def attempt(subject, cls, *, positional=1):
    try:
        match subject:
            case cls(x):
                return ("bound", x)
        return "no match"
    except TypeError as error:
        return str(error)


class NoArgs:
    pass


class BadArgs:
    __match_args__ = ["a"]


class BadName:
    __match_args__ = (5,)


class NoneArgs:
    __match_args__ = None


class Empty:
    __match_args__ = ()


for cls in (NoArgs, BadArgs, BadName, NoneArgs, Empty):
    print(attempt(cls(), cls))
print(attempt(5, 5), attempt(5, "text"))
for value in (5, 5.5, "s", b"b", bytearray(b"x"), True, [1], (1,), {1: 1}, {1}, frozenset([1])):
    print(attempt(value, type(value)), end=" ")
print()


def several(subject):
    try:
        match subject:
            case int(a, b):
                return a
        return "no"
    except TypeError as error:
        return str(error)


print(several(5), several("x"))


class Dup:
    __match_args__ = ("a", "a")
    a = 1


def dup(subject):
    try:
        match subject:
            case Dup(1, 1):
                return "matched"
    except TypeError as error:
        return str(error)


def dup_keyword(subject):
    try:
        match subject:
            case Dup(1, a=1):
                return "matched"
    except TypeError as error:
        return str(error)


print(dup(Dup()), dup_keyword(Dup()))


class SubInt(int):
    pass


class SubIntArgs(int):
    __match_args__ = ("real",)


print(attempt(SubInt(5), SubInt), attempt(SubIntArgs(7), SubIntArgs), attempt(SubInt(3), int))
key = "k"


class Keys:
    k = "k"
    unhashable = []


def mapping(subject):
    try:
        match subject:
            case {Keys.k: 1, "k": 2}:
                return "dup"
            case {Keys.k: v}:
                return v
        return "no"
    except ValueError as error:
        return str(error)


print(mapping({"k": 2}), mapping({"q": 1}), mapping({}))
d = collections.defaultdict(list)
match d:
    case {"missing": _}:
        print("never")
    case _:
        print("defaultdict untouched", dict(d))
for source in [
    "match x:\n case a: pass\n case b: pass",
    "match x:\n case _: pass\n case 1: pass",
    "match x:\n case a | b: pass",
    "match x:\n case a | 1: pass",
    "match x:\n case [a, a]: pass",
    "match x:\n case {'k': 1, 'k': 2}: pass",
    "match x:\n case {**rest, 'k': 1}: pass",
    "match x:\n case {**_}: pass",
    "match x:\n case [*a, *b]: pass",
    "match x:\n case C(a=1, a=2): pass",
    "match x:\n case C(a=1, 2): pass",
    "match x:\n case 1 + 2: pass",
    "match x:\n case 1 + 2j: pass",
    "match x:\n case -x: pass",
    "match x:\n case f'{x}': pass",
    "match x:\n case x as _: pass",
    "match x:\n case 1 as x.y: pass",
    "match x:\n case *a: pass",
    "match x:\n case (a as b) as c: pass",
    "match x:\n case a.b(): pass",
    "match x:\n case a(): pass",
    "match x:\n case {a: 1}: pass",
    "match x:\n case {1 | 2: 1}: pass",
    "match x:\n case 1, 2 if: pass",
    "match x:\n pass",
    "match x:",
    "match x:\n case 1:\n",
    "case 1: pass",
    "match x: case 1: pass",
    "match x:\n case 'a' 'b': pass",
    "match x:\n case {'a' 'b': 1}: pass",
]:
    try:
        compile(source, "s", "exec")
        print("fine:", repr(source))
    except SyntaxError as error:
        print(f"{source!r}: {type(error).__name__}: {error.msg}")
