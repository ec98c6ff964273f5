"""Classes, modules and functions that change after code has run with them often: nothing learnt may outlive its truth."""
import builtins
import types

WARM = 40


class Base:
    plain = "base"

    def who(self):
        return "Base.who"


class Point(Base):
    kind = "point"

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def sum(self):
        return self.x + self.y

    @property
    def double(self):
        return self.x * 2


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self):
        self.a = 1
        self.b = 2


point, other, slotted = Point(1, 2), Point(3, 4), Slotted()


def use(objects):
    out = []
    for it in objects:
        out.append((it.who(), it.sum(), it.kind, it.plain, it.double, it.x))
    return out


def set_x(it, value):
    it.x = value


def try_set(it, value):
    try:
        set_x(it, value)
        return it.x
    except AttributeError as error:
        return str(error)


def show(title):
    print(title, use([point, other]))


def warm():
    for _ in range(WARM):
        use([point, other])
        set_x(point, 1)


warm()
show("before:")
Point.sum = lambda self: "new sum"
show("method replaced:")
warm()
Base.who = lambda self: "new who"
show("base's method replaced:")
warm()
Point.kind = 7
Base.plain = None
show("plain attributes replaced:")
warm()
Point.double = property(lambda self: self.x * 3)
show("property replaced:")
warm()
Point.who = lambda self: "Point.who"
show("method now nearer:")
warm()
del Point.who
show("and farther again:")
warm()
point.sum = lambda: "own"
show("instance's own:")
del point.sum
show("gone again:")
warm()
Point.x = property(lambda self: "property x", lambda self, value: None)
show("data descriptor over attributes:")
print(try_set(point, 100))
del Point.x
show("and gone:")
print(try_set(point, 5))
warm()
Point.__setattr__ = lambda self, name, value: object.__setattr__(self, name, ("set", value))
print(try_set(point, 6))
del Point.__setattr__
print(try_set(point, 1))
Point.__getattr__ = lambda self, name: f"no {name}"


def missing(it):
    try:
        return it.nothing
    except AttributeError as error:
        return str(error)


print([missing(point) for _ in range(3)])
del Point.__getattr__
print(missing(point))
Point.__getattribute__ = lambda self, name: f"any {name}"
print(point.x, point.nothing)
del Point.__getattribute__
print(point.x)


class Elsewhere:
    plain = "elsewhere"

    def who(self):
        return "Elsewhere.who"


warm()
Point.__bases__ = (Elsewhere,)
show("other bases:")
warm()


class Twin(Base):
    kind = "twin"
    double = 0

    def sum(self):
        return "twin sum"


point.__class__ = Twin
show("other class:")
point.__class__ = Point
warm()
point.__dict__ = {"x": 10, "y": 20}
show("other dict:")
other.__dict__["x"] = "through the dict"
show("through the dict:")


def slots(it):
    return it.a, it.b


for _ in range(WARM):
    slots(slotted)
Slotted.a = "class attribute instead of the slot"
print(slots(slotted))


class Counter:
    made = 0

    def __init__(self):
        Counter.made += 1
        self.number = Counter.made

    def get(self):
        return self.number, self.made


counters = [Counter() for _ in range(2000)]
print(counters[0].get(), counters[-1].get(), sum(it.get()[0] for it in counters))


def functions(f):
    return f(1), f(2)


def target(a, b=10):
    return a + b


for _ in range(WARM):
    functions(target)
target.__defaults__ = (100,)
print(functions(target))
target.__code__ = (lambda a, b=0: a * b).__code__
print(functions(target))

module = types.ModuleType("module")
module.value = 1


def from_module():
    return module.value


for _ in range(WARM):
    from_module()
module.value = 2
print(from_module())
del module.value
try:
    from_module()
except AttributeError as error:
    print(error)
module.__getattr__ = lambda name: f"made {name}"
print(from_module())


def count(items):
    return len(items)


for _ in range(WARM):
    count([1, 2])
builtins.real_len = len
builtins.len = lambda items: "builtin replaced"
print(count([1, 2]))
len = lambda items: "global"
print(count([1, 2]))
del len
builtins.len = builtins.real_len
print(count([1, 2]))


class Meta(type):
    def on_meta(cls):
        return "meta"


class WithMeta(metaclass=Meta):
    value = 1

    @classmethod
    def make(cls):
        return "make", cls.value

    @staticmethod
    def plain():
        return "static"


def on_class(cls):
    return cls.value, cls.make(), cls.plain(), cls.on_meta()


for _ in range(WARM):
    on_class(WithMeta)
WithMeta.value = 2
WithMeta.plain = staticmethod(lambda: "new static")
Meta.on_meta = lambda cls: "new meta"
print(on_class(WithMeta))
Meta.value = property(lambda cls: "metaclass's property")
print(on_class(WithMeta))


class Operand:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        return self.n + other.n

    def __len__(self):
        return self.n

    def __getitem__(self, index):
        return index * self.n

    def __iter__(self):
        return iter([self.n])

    def __bool__(self):
        return True

    def __call__(self):
        return "called"

    def __eq__(self, other):
        return "eq"

    __hash__ = None


def operate(a, b):
    return a + b, len(a), a[2], list(a), bool(a), a(), a == b, 3 in a


one, two = Operand(1), Operand(2)
for _ in range(WARM):
    operate(one, two)
print(operate(one, two))
Operand.__add__ = lambda self, other: "added"
Operand.__len__ = lambda self: 42
Operand.__getitem__ = lambda self, index: "item"
Operand.__iter__ = lambda self: iter("abc")
Operand.__bool__ = lambda self: False
Operand.__call__ = lambda self: "called anew"
Operand.__eq__ = lambda self, other: "equal"
Operand.__contains__ = lambda self, item: True
print(operate(one, two))


def family(index):
    def who(self):
        return index, self.tag

    return type(f"Member{index}", (Base,), {"who": who, "level": index, "size": property(lambda self: -index)})


members = []
for index in range(8):
    member = family(index)()
    if index % 2:
        member.extra = index
    member.tag = f"tag {index}"
    members.append(member)


def visit(them):
    out = []
    for it in them:
        it.tag = it.tag
        out.append((it.who(), it.level, it.tag, it.size))
    return out


for _ in range(WARM):
    visit(members)
print(visit(members))
type(members[3]).who = lambda self: "changed 3"
type(members[4]).level = property(lambda self: "property 4")
type(members[5]).tag = property(lambda self: "tag property 5", lambda self, value: None)
type(members[6]).__getattribute__ = lambda self, name: f"any {name}" if name != "who" else (lambda: "any who")
members[7].who = lambda: "own 7"
print(visit(members))
for _ in range(WARM):
    visit(members)
del type(members[3]).who, type(members[4]).level, type(members[6]).__getattribute__, members[7].who, members[1].extra
print(visit([members[i] for i in (0, 1, 2, 5, 6, 7)]))
