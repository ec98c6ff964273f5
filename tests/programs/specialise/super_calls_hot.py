"""super() in hot methods while bases, methods, instances and classes change."""


class Base:
    def get(self):
        return "base"

    @classmethod
    def make(cls):
        return cls.__name__

    value = property(lambda self: "base value")


class Middle(Base):
    pass


class Child(Middle):
    def get(self):
        return "child+" + super().get()

    @classmethod
    def make(cls):
        return "child " + super().make()

    @property
    def value(self):
        return "child " + super().value

    def attribute(self):
        return super().value, super().get


class Other:
    def get(self):
        return "other"

    def make():
        return "plain function"

    value = "class attribute"


def hot(action, turns=60):
    for _ in range(turns):
        try:
            out = action()
        except (AttributeError, TypeError) as error:
            out = f"{type(error).__name__}: {error}"
    return out


def show(title):
    child = Child()
    print(title, hot(child.get), hot(Child.make), hot(lambda: child.value), hot(lambda: child.attribute()[0]), sep=" | ")


show("plain")
Middle.get = lambda self: "middle"
show("method in the middle")
del Middle.get
show("gone again")
Base.get = staticmethod(lambda: "static")
show("static in the base")
Base.get = 5
show("no function")
Base.get = classmethod(lambda cls: f"class {cls.__name__}")
show("class method")
del Base.get
show("nothing")
Base.__getattr__ = lambda self, name: f"getattr {name}"
show("__getattr__ does not help super")
Middle.__bases__ = (Other,)
show("other bases")
Middle.__bases__ = (Base, Other)
show("both")
Base.get = lambda self: "base again"
Child.get.__code__ = (lambda self: "no super now").__code__ if not Child.get.__code__.co_freevars else Child.get.__code__
show("last")
child = Child()
child.get = lambda: "on the instance"
print(hot(lambda: child.get()), hot(lambda: Child.get(child)), hot(lambda: super(Child, child).get()), hot(lambda: super(Middle, child).get()))
print(hot(lambda: super(Child, Child).make()), hot(lambda: super(Child, 5)), hot(lambda: super(Child).get), hot(lambda: super(5, child)))
