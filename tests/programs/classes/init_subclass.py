"""__init_subclass__ and __set_name__: order, keywords, inheritance, and errors with their notes."""


class Field:
    def __init__(self, kind):
        self.kind = kind

    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name, sorted(k for k in vars(owner) if not k.startswith("_")))
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        return instance.__dict__.get(self.name, self.kind())


class Model:
    registry = []

    def __init_subclass__(cls, /, table=None, **rest):
        super().__init_subclass__(**rest)
        print("init_subclass", cls.__name__, table, rest)
        cls.table = table or cls.__name__.lower()
        Model.registry.append(cls)


class User(Model, table="users"):
    name = Field(str)
    age = Field(int)


class Admin(User):
    level = Field(float)


print([c.__name__ for c in Model.registry], User.table, Admin.table)
print(repr(User().name), Admin().age, Admin().level, User.name.name)

try:

    class Wrong(Model, unknown=1):
        pass

except TypeError as error:
    print(error)

later = Field(int)
User.later = later
print(hasattr(later, "name"))
later.__set_name__(User, "later")


class Broken:
    def __set_name__(self, owner, name):
        raise RuntimeError("cannot be named")


try:

    class Holder:
        item = Broken()

except RuntimeError as error:
    print(repr(error), error.__notes__)

try:
    type("Dynamic", (), {"thing": Broken()})
except RuntimeError as error:
    print(error.__notes__)


class First:
    def __init_subclass__(cls, **k):
        print("First", cls.__name__)
        super().__init_subclass__(**k)


class Second:
    def __init_subclass__(cls, **k):
        print("Second", cls.__name__)
        super().__init_subclass__(**k)


class Third(First, Second):
    def __init_subclass__(cls, **k):
        print("Third", cls.__name__)
        super().__init_subclass__(**k)


class Fourth(Third):
    pass


print(type(First.__dict__["__init_subclass__"]).__name__)
print(type(type("X", (), {"__class_getitem__": lambda cls, k: (cls.__name__, k)}).__dict__["__class_getitem__"]).__name__)
X = type("X", (), {"__class_getitem__": lambda cls, k: (cls.__name__, k)})
print(X[1], X[1, 2])


class Failing:
    def __init_subclass__(cls):
        raise ValueError("no subclasses")


try:

    class Child(Failing):
        pass

except ValueError as error:
    print(error, hasattr(error, "__notes__"))
print(Failing.__subclasses__())
try:
    object.__init_subclass__(5)
except TypeError as error:
    print(error)


class MetaNamed(type):
    def __new__(mcls, name, bases, ns, **k):
        cls = super().__new__(mcls, name, bases, ns)
        print("made", name, k)
        return cls


class Deferred(metaclass=MetaNamed, a=1):
    f = Field(list)

    def __init_subclass__(cls, **k):
        print("sub", cls.__name__, k)


class Sub(Deferred, b=2):
    pass
