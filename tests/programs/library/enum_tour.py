"""enum: members, aliases, flags, auto, functional syntax, mixins, iteration, boundaries, errors."""
import enum
from enum import CONTINUOUS, EJECT, KEEP, STRICT, UNIQUE, Enum, Flag, IntEnum, IntFlag, StrEnum, auto, member, nonmember, property as enum_property, unique, verify


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, error)


class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1
    BLUE = auto()

    def describe(self):
        return f"{self.name.lower()}={self.value}"

    @classmethod
    def default(cls):
        return cls.RED


print(Color.RED, repr(Color.RED), Color(1), Color["GREEN"], Color.CRIMSON is Color.RED, list(Color), len(Color), Color.BLUE.value, Color.RED.describe(), Color.default(), Color.__members__, Color.RED in Color, 1 in Color, 99 in Color, Color.RED == 1, Color.RED == Color.RED, isinstance(Color.RED, Color), {Color.RED: "r"}[Color.CRIMSON], Color.RED.name, type(Color.RED), Color, f"{Color.RED}", "%s" % Color.RED, hash(Color.RED) == hash("RED"), list(reversed(Color)), bool(Color), Color.RED.GREEN)
attempt(lambda: Color(5), lambda: Color["NOPE"], lambda: Color.NOPE, lambda: setattr(Color, "RED", 5), lambda: delattr(Color, "RED"), lambda: Color.RED < Color.GREEN, lambda: Color(), lambda: setattr(Color.RED, "value", 3), lambda: Color.RED.nope, lambda: type("X", (Color,), {}))


class Number(IntEnum):
    ONE = 1
    TWO = 2


print(Number.ONE + 1, Number.TWO > 1, Number(2), repr(Number.ONE), str(Number.ONE), f"{Number.TWO:03}", [10, 20, 30][Number.ONE], Number.ONE == 1, Number.ONE | Number.TWO, isinstance(Number.ONE, int), sorted([Number.TWO, Number.ONE]), Number.ONE.bit_length())


class Text(StrEnum):
    HELLO_WORLD = auto()
    OTHER = "x"


print(Text.HELLO_WORLD, Text.OTHER + "y", Text("x"), repr(Text.OTHER), Text.OTHER == "x", Text.OTHER.upper(), f"{Text.OTHER:>5}")


class Perm(Flag):
    R = 4
    W = 2
    X = 1
    RW = R | W
    NONE = 0


print(Perm.R | Perm.X, repr(Perm.R | Perm.X), Perm.RW, Perm.R in Perm.RW, Perm(7), Perm(0), ~Perm.R, Perm.R & Perm.W, Perm.RW ^ Perm.R, list(Perm.RW), list(Perm), len(Perm.RW), bool(Perm.NONE), Perm["RW"], Perm.RW.name, (Perm.R | Perm.X).name, (Perm.R | Perm.X).value, Perm.R | Perm.W is Perm.RW)
attempt(lambda: Perm(8), lambda: Perm.R | 1, lambda: 1 | Perm.R, lambda: Perm("x"), lambda: Perm.R < Perm.W)


class IF(IntFlag):
    A = auto()
    B = auto()
    C = auto()


print(IF.A | 8, repr(IF.A | 8), IF(3), IF.A + 1, ~IF.A, IF.C.value, list(IF.A | IF.C), IF(0), IF(-1), IF.A | IF.B == 3)


class Strict(Flag, boundary=STRICT):
    A = 1


class Keep(Flag, boundary=KEEP):
    A = 1


class Eject(IntFlag, boundary=EJECT):
    A = 1


class Conform(Flag, boundary=enum.CONFORM):
    A = 1


attempt(lambda: Strict(3), lambda: Keep(3), lambda: Eject(3), lambda: Conform(3))


class Planet(Enum):
    EARTH = (5.97e24, 6.37e6)
    MARS = (6.4e23, 3.4e6)

    def __init__(self, mass, radius):
        self.mass, self.radius = mass, radius

    @enum_property
    def density(self):
        return round(self.mass / self.radius**3)

    ignored = nonmember(5)

    @nonmember
    class Inner:
        pass


print(Planet.EARTH.mass, Planet.MARS.density, Planet.ignored, Planet.Inner.__name__, Planet((5.97e24, 6.37e6)), [m.name for m in Planet])


class Members(Enum):
    @member
    def called():
        return "called"

    def method(self):
        return self.value()


print(Members.called.method())


class Numbered(Enum):
    A = "first"
    B = "second"

    def __new__(cls, text):
        self = object.__new__(cls)
        self._value_ = len(cls.__members__) + 1
        self.text = text
        return self


print(Numbered.B.value, Numbered.A.text, Numbered(1))


class Auto(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name[::-1]

    ABC = auto()
    DEF = auto()

    @classmethod
    def _missing_(cls, value):
        if value == "special":
            return cls.ABC


print(Auto.ABC.value, Auto("FED"), Auto("special"))
attempt(lambda: Auto("none"))
Fun = Enum("Fun", "A B C", start=5)
Fun2 = Enum("Fun2", {"X": "x", "Y": "y"})
Fun3 = IntEnum("Fun3", [("P", 10), ("Q", 20)], module="mod", qualname="Outer.Fun3")
print(list(Fun), list(Fun2), Fun3.P + 1, Fun3.__module__, Fun3.__qualname__, repr(Fun3.P))
for source in ("class Dup(Enum):\n A = 1\n A = 2", "@unique\nclass U(Enum):\n A = 1\n B = 1", "@verify(CONTINUOUS)\nclass C(Enum):\n A = 1\n B = 3", "class Sub(Color): pass", "class M(Enum):\n mro = 1", "class E(Enum):\n _reserved_ = 1", "class N(IntEnum):\n A = 'x'", "class S(StrEnum):\n A = 1", "class F(Flag):\n A = 'x'", "class Ign(Enum):\n _ignore_ = 'a b'\n a = 1\n b = 2\n C = 3\nprint(list(Ign))", "class Empty(Enum):\n def m(self): return 'm'\nclass Full(Empty):\n A = 1\nprint(Full.A.m())", "class T(tuple, Enum):\n A = (1, 2)\nprint(T.A, T.A[0])", "class Fl(float, Enum):\n A = '1.5'\nprint(Fl.A + 1, Fl.A.value)", "class Sun(Enum):\n __private = 1\n _single = 2\n D = lambda: 0\nprint(list(Sun))"):
    try:
        exec(source)
    except Exception as error:
        print(type(error).__name__, error)
import pickle, copy

print(pickle.loads(pickle.dumps(Color.RED)) is Color.RED, copy.deepcopy(Color.RED) is Color.RED, pickle.loads(pickle.dumps(Perm.RW)), Color.RED.__reduce_ex__(2))
match Color.GREEN:
    case Color.RED:
        print("no")
    case Color.GREEN:
        print("green matched")
print([m for m in dir(Color) if not m.startswith("__")], Color.__doc__, enum.show_flag_values(7) if hasattr(enum, "show_flag_values") else "")
