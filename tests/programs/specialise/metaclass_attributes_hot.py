"""Hot reads of class attributes that metaclasses answer: properties, __getattr__, __getattribute__, methods and changes of them."""


class Meta(type):
    kind = "on meta"

    @property
    def prop(cls):
        return f"prop of {cls.__name__}"

    def method(cls):
        return f"method of {cls.__name__}"

    def __getattr__(cls, name):
        return f"meta getattr {name}"


class K(metaclass=Meta):
    own = 1


class Sub(K):
    prop = "hidden by the data descriptor"
    kind = "own kind"


def read(cls):
    return cls.own, cls.kind, cls.prop, cls.method(), cls.missing


def hot(cls):
    for _ in range(60):
        try:
            out = read(cls)
        except AttributeError as error:
            out = str(error)
    return out


print(hot(K), hot(Sub))
Meta.prop = "plain now"
print(hot(K), hot(Sub))
Meta.kind = property(lambda cls: "data descriptor")
print(hot(Sub)[1], hot(K)[1])
K.method = classmethod(lambda cls: "class's own")
print(hot(K)[3], hot(Sub)[3])
del Meta.__getattr__
print(hot(K))
K.missing = "found"
print(hot(Sub))
Meta.__getattribute__ = lambda cls, name: f"intercepted {name}" if name != "method" else (lambda: "made")
print(hot(K))
del Meta.__getattribute__
Sub.__class__ = type("Other", (Meta,), {"method": lambda cls: "other meta"})
print(hot(Sub), type(Sub).__name__)
