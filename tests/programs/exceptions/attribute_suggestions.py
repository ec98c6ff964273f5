"""Did you mean: suggestions for names and attributes of objects, modules, classes, slots, imports and keywords; and where none is made."""
import re
import traceback


def last(action):
    try:
        action()
    except Exception as error:
        return re.sub(r"\(/.*?\)", "(PATH)", traceback.format_exception_only(error)[-1].strip())


class Thing:
    __slots__ = ("colour", "size", "__dict__")
    class_value = 1

    def __init__(self):
        self.colour, self.instance_value = 1, 2

    def method(self): ...

    @property
    def prop(self): ...

    def use(self):
        return colour

    def use2(self):
        return methd


class Lying:
    def __dir__(self):
        return ["fooo", 5, "bar"]


class Raising:
    def __dir__(self):
        raise ValueError


def local():
    some_value, other = 1, 2
    return some_valu


def nested():
    outer_value = 1

    def inner():
        outer_value
        return outer_valu
    return inner()


t = Thing()
for action in (lambda: t.color, lambda: t.siz, lambda: t.metod, lambda: t.clas_value, lambda: t.instance_valeu, lambda: t.Prop, lambda: t.zzzzzz, lambda: t.x, lambda: Thing.mehtod, lambda: [].appendd, lambda: "".uper, lambda: (1).reel, lambda: {}.itmes, lambda: None.upper, lambda: t.use(), lambda: t.use2(), local, nested, lambda: prnt, lambda: lenn(1), lambda: Tru, lambda: Nonee, lambda: thing, lambda: Thin, lambda: __buildclass__, lambda: traceback.format_ex, lambda: traceback.zzz, lambda: Lying().foo,
               lambda: Raising().foo, lambda: getattr(t, "colou"), lambda: object().attr, lambda: exec("from traceback import format_exx"), lambda: exec("import tracebackk"), lambda: exec("import collections.abcc"), lambda: exec("from collections import orderedDict"), lambda: print(sepp=""), lambda: sorted([], keyy=1), lambda: local(1), lambda: Thing(1), lambda: dict.fromkey, lambda: int.from_byte, lambda: setattr(object(), "x", 1), lambda: setattr(5, "real", 1), lambda: t.__class__.__nme__, lambda: self.x, lambda: math.pi, lambda: os.path, lambda: sys.exit(), lambda: datetime.now(), lambda: np.array):
    print(last(action))
