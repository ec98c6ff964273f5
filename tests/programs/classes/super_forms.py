"""super in all its forms: zero arguments, explicit, in classmethods and staticmethods, nested functions, and what breaks it."""


class A:
    attribute = "A.attribute"

    def who(self):
        return ["A"]

    @classmethod
    def make(cls):
        return ["A.make", cls.__name__]

    @staticmethod
    def static():
        return "A.static"

    @property
    def prop(self):
        return "A.prop of " + type(self).__name__

    def __getitem__(self, key):
        return ("A item", key)

    def __len__(self):
        return 7


class B(A):
    attribute = "B.attribute"

    def who(self):
        return ["B"] + super().who()

    @classmethod
    def make(cls):
        return ["B.make"] + super().make()

    @staticmethod
    def static():
        return "B." + super(B, B).static()

    @property
    def prop(self):
        return "B over " + super().prop

    def __getitem__(self, key):
        return super().__getitem__(key)

    def __len__(self):
        return super().__len__() + 1

    def parent_attribute(self):
        return super().attribute

    def nested(self):
        def inner(this):
            return super().who()

        return inner(self), (lambda this: super().who())(self), [super(B, self).who() for _ in range(1)]

    def comprehension(self):
        return [super().who() for i in range(2)]


class C(A):
    def who(self):
        return ["C"] + super().who()


class D(B, C):
    def who(self):
        return ["D"] + super().who()


d = D()
print(d.who(), D.make(), D.static(), d.prop)
print(d[1], len(d), d.parent_attribute(), d.nested())
try:
    print(d.comprehension())
except TypeError as error:
    print(error)
print(super(B, d).who(), super(C, d).who(), super(A, d).__repr__().startswith("<__main__.D object"))
s = super(B, d)
print(s.__thisclass__, s.__self_class__, s.__self__ is d)
print(repr(s).startswith("<super: <class 'B'>, <D object>>"), repr(super(B)))
unbound = super(B)
print(unbound.__get__(d, D).who(), unbound.__self__)
try:
    s[0]
except TypeError as error:
    print(error)
try:
    s.missing
except AttributeError as error:
    print(error)
try:
    super(B, 5)
except TypeError as error:
    print(error)
try:
    super(5, d)
except TypeError as error:
    print(error)
try:
    super()
except RuntimeError as error:
    print(error)


def outside(self):
    return super().who()


try:
    outside(d)
except RuntimeError as error:
    print(error)


class E(A):
    def deleted(self):
        del self
        return super().who()

    def no_args():
        return super()

    def replaced(self):
        self = d
        return super().who()

    def keywords(self):
        return super(type=E)


e = E()
for action in (e.deleted, E.no_args, e.replaced, e.keywords):
    try:
        print(action())
    except (RuntimeError, TypeError) as error:
        print(type(error).__name__, error)

print(super(B, D).make())
print(super(B, D).who(d))


class F(A):
    who = A.who

    def set_it(self):
        super().new_attribute = 1


try:
    F().set_it()
except AttributeError as error:
    print(error)


class Meta(type):
    def __call__(cls, *args):
        print("meta call", args)
        return super().__call__(*args)


class WithMeta(metaclass=Meta):
    def __init__(self, value):
        super().__init__()
        self.cls = __class__


print(WithMeta(3).cls)


class Early:
    def method(self):
        return __class__

    early = staticmethod(lambda: __class__)


print(Early().method(), Early.early())
super = lambda *args: "shadowed"


class G(A):
    def who(self):
        return super()


print(G().who())
