"""The order of __prepare__, body, __set_name__, __init_subclass__, metaclass __init__ and decorators; what each can change."""

log = []


class Meta(type):
    @classmethod
    def __prepare__(meta, name, bases, **kw):
        log.append(f"prepare {name} {sorted(kw)}")
        return {"prepared": True}

    def __new__(meta, name, bases, space, **kw):
        log.append(f"new {name}")
        cls = super().__new__(meta, name, bases, space, **{k: v for k, v in kw.items() if k != "own"})
        log.append(f"new done {name}")
        return cls

    def __init__(cls, name, bases, space, **kw):
        log.append(f"init {name} {sorted(kw)}")
        super().__init__(name, bases, space)

    def __call__(cls, *args):
        log.append(f"call {cls.__name__}")
        return super().__call__(*args)

    def __setattr__(cls, name, value):
        log.append(f"setattr {name}")
        super().__setattr__(name, value)


class Named:
    def __init__(self, label):
        log.append(f"made {label}")
        self.label = label

    def __set_name__(self, owner, name):
        log.append(f"set_name {name} on {owner.__name__} has={hasattr(owner, 'later')}")
        if name == "adds":
            owner.added = Named("added")
        if name == "first":
            owner.second_seen = "second" in vars(owner)

    def __get__(self, instance, owner):
        return self.label


def decorator(cls):
    log.append(f"decorate {cls.__name__}")
    cls.late = Named("late")
    return cls


class Base(metaclass=Meta):
    def __init_subclass__(cls, tag=None, **kw):
        log.append(f"init_subclass {cls.__name__} {tag} {kw} {getattr(cls, 'first', None)}")
        super().__init_subclass__(**kw)
        cls.tag = tag


def show(title):
    print(title)
    for entry in log:
        print("   ", entry)
    log.clear()


show("base")


@decorator
class Child(Base, tag="t", own=1):
    first = Named("f")
    log.append("in the body")
    adds = Named("a")
    second = Named("s")


show("child")
print(Child.tag, Child.second_seen, Child.prepared, Child.first, vars(Child)["late"].label)


class Grand(Child):
    def __init_subclass__(cls, **kw):
        log.append("never for itself")


show("grand")
made = Meta("Made", (Base,), {"x": Named("x")}, tag=5)
show("by call")
plain = type("Plain", (), {"n": Named("n")})
show("plain type")
for action in (lambda: type("Bad", (Child,), {}, unknown=1), lambda: type("Bad", (), {}, unknown=1), lambda: Meta("Bad", (), {}, unknown=2), lambda: type("C", (), {"__set_name__": 5, "y": type("O", (), {"__set_name__": lambda s: 0})()})):
    try:
        action()
    except TypeError as error:
        print(error, getattr(error, "__notes__", ""))
    log.clear()
Child.first = Named("replaced")
show("assigned later")


class Implicit:
    def __init_subclass__(cls):
        return cls.__name__

    def __class_getitem__(cls, key):
        return cls.__name__, key


class Sub(Implicit):
    pass


print(Sub.__init_subclass__(), Sub[5], type(vars(Implicit)["__init_subclass__"]).__name__, type(vars(Implicit)["__class_getitem__"]).__name__)
