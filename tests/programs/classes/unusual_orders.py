"""Orders of resolution that name classes which are no bases."""


class Base:
    value = 1

    def method(self):
        return "first"


class Meta(type):
    def mro(cls):
        return (cls, Base, object)


class Weird(metaclass=Meta):
    pass


class Below(Weird):
    pass


def look():
    return Weird.value, Weird().method(), Below.value, Below().method()


for step in range(3):
    Base.value = step
    Base.method = lambda self, step=step: step
    print([look() for _ in range(30)][-1])
del Base.method
try:
    look()
except AttributeError as error:
    print(error)
print(issubclass(Weird, Base), isinstance(Weird(), Base), Weird.__bases__, Base.__subclasses__())
