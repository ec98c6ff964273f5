"""Attribute reads that stay hot while objects get new keys, non-string keys, new dicts, properties and __getattr__."""


class Thing:
    def __init__(self, value):
        self.value = value


def read(it):
    return it.value


def hot(it, turns=60):
    for _ in range(turns):
        out = read(it)
    return out


def say(title, *things):
    out = []
    for it in things:
        try:
            out.append(hot(it))
        except AttributeError as error:
            out.append(str(error))
    print(f"{title}:", *out)


one, two = Thing(1), Thing(2)
say("plain", one, two)
one.extra = 5
say("one has more keys", one, two)
one.__dict__[5] = "number as key"
say("a key that is no string", one, two)
one.__dict__["value"] = "through the dict"
say("changed through the dict", one, two)
two.__dict__ = {"other": 1, "value": "new dict"}
say("dict replaced", one, two)
two.__dict__.clear()
say("dict cleared", one, two)
two.value = "back"
say("set again", one, two)
Thing.value = "class attribute"
say("class attribute beneath", one, two)
del two.value
say("falls to the class", one, two)
Thing.value = property(lambda self: "property")
say("property over the dict", one, two)
del Thing.value
say("property gone", one, two)
Thing.__getattr__ = lambda self, name: f"made up {name}"
say("__getattr__ added", one, two)
del Thing.__getattr__
say("__getattr__ gone", one, two)
Thing.__getattribute__ = lambda self, name: "intercepted"
say("__getattribute__", one, two)
del Thing.__getattribute__
two.value = "again"
say("normal", one, two)


class Key(str):
    __hash__ = str.__hash__

    def __eq__(self, other):
        return str.__eq__(self, other)


one.__dict__ = {Key("value"): "under a subclass of str"}
say("key of a subclass", one, two)


class Lazy:
    def __get__(self, instance, owner):
        instance.__dict__["value"] = "computed once"
        return "computed"


Thing.value = Lazy()
three = Thing.__new__(Thing)
say("lazy", three, one)
print(read(three), read(Thing.__new__(Thing)))
three.__class__ = type("Other", (), {"value": "another class"})
say("other class", three)
del three.value
say("other class's own", three)
mixed = [Thing(0), 5, "text", Thing(1), type("Late", (), {"value": 9})()]
for it in mixed * 2:
    try:
        print(read(it), end=" ")
    except AttributeError as error:
        print(error, end=" ")
print()
