"""Attributes that code has read often enough to know their place: of objects with a dict, of classes with a metaclass.

Expected output: PYTHONHASHSEED=0 python3.14 attributes_by_place.py > attributes_by_place.out
"""


class Plain:
    def __init__(self):
        self.x = 1
        self.y = 2


def read(thing):
    return thing.x


plain = Plain()
plain.__dict__
for _ in range(50):
    read(plain)
plain.x = 5
print(read(plain))
plain.__dict__["z"] = 0
del plain.__dict__["x"]
try:
    read(plain)
except AttributeError as error:
    print(error)
plain.__dict__ = {"y": 0, "x": 9}
print(read(plain))
Plain.x = property(lambda self: "from the class")
print(read(plain))
del Plain.x
print(read(plain))
Plain.__getattr__ = lambda self, name: "made up"
plain.__dict__.clear()
print(read(plain))
other = Plain()
vars(other)["x"] = "other"
print(read(other))


class Meta(type):
    above = 3


class Made(metaclass=Meta):
    w = 4


def read_class():
    return Made.w, Made.above


for _ in range(50):
    read_class()
print(read_class())
Meta.w = property(lambda cls: "from the metaclass")
print(read_class())
del Meta.w
Made.w = 8
Made.above = "below"
print(read_class())


def character(text, index):
    return text[index]


for _ in range(50):
    character("abc", 1)
text = "h\u00e9llo\u0394"
print(character(text, 1), character(text, 5), character(text, -1), character(text, 0), character([7], 0))
for index in (6, -7):
    try:
        character(text, index)
    except IndexError as error:
        print(error)
