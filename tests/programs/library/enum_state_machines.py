"""Enums as state machines and bit sets: auto, aliases, missing, methods, flags' boundaries, members that are functions, pickling."""
import copy
import enum
import pickle
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto, member, nonmember, unique, verify


class Light(Enum):
    RED = "red", 30
    GREEN = "green", 20
    YELLOW = "yellow", 5
    STOP = "red", 30

    def __init__(self, colour, seconds):
        self.colour, self.seconds = colour, seconds

    @property
    def next(self):
        members = list(type(self))
        return members[(members.index(self) + 1) % len(members)]

    @classmethod
    def cycle(cls, seconds):
        state, left = cls.RED, seconds
        while left >= state.seconds:
            left -= state.seconds
            state = state.next
        return state

    @classmethod
    def _missing_(cls, value):
        return next((m for m in cls if m.colour == value), None)


class Op(Enum):
    add = member(lambda a, b: a + b)
    sub = member(lambda a, b: a - b)
    helper = nonmember(5)

    def __call__(self, *args):
        return self.value(*args)


class Perm(Flag):
    R, W, X = auto(), auto(), auto()
    RW = R | W
    NONE = 0
    ALL = 7


class Strict(IntFlag, boundary=enum.STRICT):
    A = 1
    B = 4


class Keep(IntFlag, boundary=enum.KEEP):
    A = 1


class Conform(Flag, boundary=enum.CONFORM):
    A = 1
    B = 2


class Level(IntEnum):
    def _generate_next_value_(name, start, count, last):
        return len(name) * 100

    LOW = auto()
    MID = 10
    HIGH = auto()


class Name(StrEnum):
    FIRST_ONE = auto()
    two = "2"


class Coord(tuple, Enum):
    ORIGIN = 0, 0
    UNIT = 1, 1

    __str__ = lambda self: f"<{','.join(map(str, self))}>"


print([Light.cycle(s).name for s in (0, 29, 30, 54, 55, 115)], Light.STOP is Light.RED, Light("green"), Light(("red", 30)), [*Light.__members__])
print(Op.add(2, 3), Op.sub(5, 1), Op.helper, [op.name for op in Op], Light.RED.next.next)
print(Perm.RW, Perm.R | Perm.X, ~Perm.R, Perm.RW & ~Perm.W, Perm(5), list(Perm.RW), len(Perm.ALL), Perm.R in Perm.RW, bool(Perm.NONE), Perm.RW ^ Perm.ALL, Perm["RW"], repr(Perm(0)))
print(Strict.A | Strict.B, Keep(9), repr(Keep(9)), Conform(7), Strict.A | 4, Keep.A | 16, Level.LOW, [l.value for l in Level], Level.MID > 5, Level.MID + 1, f"{Level.MID:>5}", str(Level.MID))
print(Name.FIRST_ONE, Name.two == "2", f"{Name.two!r:>20}", Coord.UNIT, Coord((0, 0)), Coord.UNIT < Coord.ORIGIN, hash(Coord.UNIT) == hash(Coord.UNIT))
for bad in (lambda: Light("blue"), lambda: Strict(2), lambda: Perm(8), lambda: setattr(Light, "RED", 5), lambda: type("Sub", (Light,), {}), lambda: Light.RED < Light.GREEN, lambda: Perm.R | 2,
            lambda: delattr(Light, "RED"), lambda: Light["BLUE"], lambda: Light.RED.RED.colour, lambda: unique(Light), lambda: Enum("Dup", "a a"), lambda: Enum("Bad", {"mro": 1}), lambda: Light(),
            lambda: setattr(Light.RED, "name", "x"), lambda: verify(enum.CONTINUOUS)(Level), lambda: verify(enum.NAMED_FLAGS)(Flag("F", {"A": 1, "C": 6})), lambda: Light.RED.value[0], lambda: iter(5)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
Made = Enum("Made", "one two three", start=5, module=__name__)
Planet = Enum("Planet", [("EARTH", 1), ("MARS", 2)], type=int)
print(list(Made), Planet.MARS * 2, Made.one.value, Made(6).name, type(Made.one), isinstance(Planet.EARTH, int))
for it in (Light.RED, Perm.RW, Perm.R | Perm.X, Level.HIGH, Made.two):
    print(copy.deepcopy(it) is it, pickle.loads(pickle.dumps(it)) is it, end=" ")
print()
print(dir(Made.one), "RED" in Light, Light.RED in Light, ("red", 30) in Light, "nope" in Light, len(Light), Light.__doc__, [m.name for m in reversed(Light)])
