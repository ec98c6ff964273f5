"""The __class__ cell where decorators, copies with slots, metaclasses and nested functions come between."""
import dataclasses


class Base:
    def who(self):
        return "base"


def rename(cls):
    cls.__name__ = "Renamed"
    return cls


def copy_class(cls):
    namespace = {k: v for k, v in vars(cls).items() if k not in ("__dict__", "__weakref__")}
    return type(cls)("Copy", cls.__bases__, namespace)


@rename
class Plain(Base):
    def who(self):
        return __class__.__name__, super().who()


print(Plain().who())


@copy_class
class Copied(Base):
    def who(self):
        return __class__.__name__, super().who()


try:
    print(Copied().who())
except TypeError as error:
    print("TypeError:", error)


@dataclasses.dataclass(slots=True)
class Slotted(Base):
    x: int = 0

    def who(self):
        return __class__ is type(self), super().who()


print(Slotted().who())


class Deep(Base):
    def closures(self):
        def inner():
            return [super(__class__, self).who() for _ in range(2)], (lambda: __class__)()
        return inner()

    @staticmethod
    def static():
        return __class__

    @classmethod
    def on_class(cls):
        return super().__init__, __class__

    def generator(self):
        yield super().who()

    def no_self():
        return super()

    def deletes(self):
        del self
        return super()

    def rebinds(self):
        self = Base()
        return super().who()


print(Deep().closures()[0], Deep().closures()[1].__name__, Deep.static().__name__, Deep.on_class()[1].__name__)
print(list(Deep().generator()))
for action in (Deep.no_self, Deep().deletes, Deep().rebinds):
    try:
        print(action())
    except (RuntimeError, TypeError) as error:
        print(type(error).__name__, error)


class Meta(type):
    def __new__(meta, name, bases, namespace):
        cell = namespace.get("__classcell__")
        try:
            namespace["early"]()
        except NameError as error:
            print("early:", error)
        cls = super().__new__(meta, name, bases, namespace)
        print(cell.cell_contents is cls, "__classcell__" in vars(cls), namespace["early"]() is cls)
        return cls


class WithCell(metaclass=Meta):
    def early():
        return __class__


class Forgetful(type):
    def __new__(meta, name, bases, namespace):
        namespace.pop("__classcell__", None)
        return super().__new__(meta, name, bases, namespace)


try:
    class Lost(metaclass=Forgetful):
        def method(self):
            return __class__
except RuntimeError as error:
    print(str(error).replace(repr(Forgetful), "M"))
try:
    class Wrong(Base):
        __classcell__ = 5
except TypeError as error:
    print(error)
