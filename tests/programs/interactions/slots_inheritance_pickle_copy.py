"""Slots, descriptors and multiple inheritance together with copying and pickling in every protocol."""
import copy
import copyreg
import pickle


class Checked:
    def __set_name__(self, owner, name):
        self.slot = "_" + name

    def __get__(self, instance, owner=None):
        return self if instance is None else getattr(instance, self.slot)

    def __set__(self, instance, value):
        if not isinstance(value, int):
            raise TypeError(f"{self.slot[1:]} must be an int")
        setattr(instance, self.slot, value)


class Base:
    __slots__ = ("_size", "__weakref__")
    size = Checked()


class Named:
    __slots__ = ()

    def __str__(self):
        return f"{type(self).__name__}({self.name}, {self.size})"


class Item(Named, Base):
    __slots__ = ("name", "__private", "unset")

    def __init__(self, name, size):
        self.name, self.size, self.__private = name, size, [name]

    @property
    def private(self):
        return self.__private


class Open(Item):
    pass


class Stated(Item):
    __slots__ = ()

    def __getstate__(self):
        return self.name, self.size

    def __setstate__(self, state):
        self.name, self.size = "restored " + state[0], state[1]


for cls in (Item, Open, Stated):
    item = cls("thing", 3)
    if cls is Open:
        item.extra = {"self": item}
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        try:
            back = pickle.loads(pickle.dumps(item, protocol))
            print(cls.__name__, protocol, back, getattr(back, "private", None), hasattr(back, "unset"))
        except TypeError as error:
            print(cls.__name__, protocol, error)
    shallow, deep = copy.copy(item), copy.deepcopy(item)
    print(shallow, deep, item.__reduce_ex__(2)[0].__name__)
    if cls is not Stated:
        print(shallow.private is item.private, deep.private is item.private, deep.private == item.private)
    if cls is Open:
        print(shallow.extra is item.extra, deep.extra["self"] is deep)
        print(sorted(item.__getstate__()[1]), sorted(item.__getstate__()[0]))
print(copyreg._slotnames(Item), copyreg._slotnames(Open))
try:
    copy.replace(Item("a", 1), name="b")
except TypeError as error:
    print(error)
try:
    Item("bad", "size")
except TypeError as error:
    print(error)
try:
    class Conflict(Item, Base, Named):
        __slots__ = ("size", "other")
        other = 1
except (TypeError, ValueError) as error:
    print(error)
try:
    class Layout(Item, type("Other", (), {"__slots__": ("x",)})):
        pass
except TypeError as error:
    print(error)
