"""Hot attribute stores that meet new attributes, slots, properties, __setattr__, frozen objects, modules and classes."""
import types


class Plain:
    pass


class Slots:
    __slots__ = ("value", "other")


class Prop:
    log = []

    @property
    def value(self):
        return self.log[-1]

    @value.setter
    def value(self, new):
        self.log.append(new)


class ReadOnly:
    @property
    def value(self):
        return "fixed"


class Frozen:
    def __setattr__(self, name, value):
        raise AttributeError(f"frozen: {name}")


class Doubling:
    def __setattr__(self, name, value):
        super().__setattr__(name, value * 2)


class Data:
    def __set__(self, instance, value):
        instance.__dict__["value"] = ("set", value)


class WithData:
    value = Data()


class Many:
    def __init__(self, count):
        for i in range(count):
            setattr(self, f"a{i}", i)


def store(it, value):
    it.value = value
    return it.value


def hot(it, value=1, turns=60):
    for turn in range(turns):
        try:
            out = store(it, value)
        except (AttributeError, TypeError) as error:
            out = str(error)
    return out


targets = [Plain(), Slots(), Prop(), ReadOnly(), Frozen(), Doubling(), WithData(), Many(3), Many(40), types.ModuleType("m"), Plain, type("C", (), {}),
           5, None, object(), lambda: 0, ValueError(), types.SimpleNamespace(), int, type]
for target in targets:
    print(type(target).__name__, hot(target))
for target in reversed(targets):
    print(hot(target, "x", 2), end="; ")
print()
fresh = [Plain() for _ in range(100)]
print([store(it, i) for i, it in enumerate(fresh)][-1], fresh[50].__dict__)
for it in fresh[:50]:
    it.extra = 1
    del it.value
print([store(it, "again") for it in fresh][::50], list(fresh[0].__dict__), list(fresh[99].__dict__))
order = Plain()
order.b, order.a = 1, 2
del order.b
order.b = 3
print(vars(order))
Plain.value = property(lambda self: "property now", lambda self, v: None)
print(hot(fresh[0]), fresh[0].__dict__["value"])
del Plain.value
print(hot(fresh[0]), hot(fresh[0], 2**80), hot(fresh[0], 1.5))
Plain.__slots__ = ("never",)
print(hot(Plain()))
Plain.__delattr__ = lambda self, name: print("deleting", name)
del fresh[0].value
print(fresh[0].value)
many = Plain()
for i in range(300):
    setattr(many, f"n{i}", i)
    many.value = i
print(len(vars(many)), many.value, many.n299)
for i in range(0, 300, 2):
    object.__delattr__(many, f"n{i}")
print(len(vars(many)), hasattr(many, "n0"), many.n1, hot(many))


class Counter:
    total = 0

    def bump(self):
        self.total += 1
        return self.total


one, two = Counter(), Counter()
for _ in range(1000):
    one.bump()
Counter.total = 500
print(one.total, two.bump(), Counter.total, vars(two))
Counter.total = "text"
three = Counter()
try:
    three.bump()
except TypeError as error:
    print(error)
