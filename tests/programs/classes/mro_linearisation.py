"""C3 linearisation: diamonds, failures, __mro__ made by hand, __bases__ changed, subclasses."""


def names(cls):
    return " ".join(c.__name__ for c in cls.__mro__)


class O(object): pass
class A(O): pass
class B(O): pass
class C(O): pass
class D(O): pass
class E(O): pass
class K1(A, B, C): pass
class K2(D, B, E): pass
class K3(D, A): pass
class Z(K1, K2, K3): pass
print(names(Z))


class F(O): pass
class G(F): pass
class H(F, E): pass
class I(G, H): pass
print(names(I))

for bases in [(A, A), (O, A), (A, O, B), (object, A)]:
    try:
        print(names(type("X", bases, {})))
    except TypeError as error:
        print(error)


class X(A, B): pass
class Y(B, A): pass
try:
    class Bad(X, Y): pass
except TypeError as error:
    print(error)

for bases in [(int, str), (dict, list), (int, float), (bool,), (type(None),), (type(print),), (range,), (slice,), (type(Ellipsis),), (type(lambda: 0),), (memoryview,)]:
    try:
        class Bad(*bases): pass
        print("fine", bases)
    except TypeError as error:
        print(error)


class Custom(type):
    def mro(cls):
        default = super().mro()
        print("mro of", cls.__name__, len(default))
        return [cls, *reversed(default[1:-1]), object]


class M(A, B, metaclass=Custom):
    pass


print(names(M))


class BadMro(type):
    def mro(cls):
        return [cls, int]


try:
    class Bad(A, metaclass=BadMro): pass
except TypeError as error:
    print(error)


class P:
    def hello(self):
        return "P"


class Q:
    def hello(self):
        return "Q"


class R(P):
    def greet(self):
        return self.hello()


r = R()
print(r.greet(), names(R))
R.__bases__ = (Q,)
print(r.greet(), names(R), P.__subclasses__(), Q.__subclasses__())
R.__bases__ = (P, Q)
print(names(R))
for bases in ((R,), (), (int,), "x", (A, A), (5,)):
    try:
        R.__bases__ = bases
    except TypeError as error:
        print(error)
try:
    del R.__bases__
except TypeError as error:
    print(error)
try:
    int.__bases__ = ()
except TypeError as error:
    print(error)
print(names(R))


class S:
    pass


class T:
    def only_t(self):
        return "t"


s = S()
s.kept = 1
s.__class__ = T
print(s.only_t(), s.kept, type(s).__name__)
for value in (int, 5, list):
    try:
        s.__class__ = value
    except TypeError as error:
        print(error)
try:
    (5).__class__ = T
except TypeError as error:
    print(error)
print(O.__subclasses__()[0].__name__, [c.__name__ for c in B.__subclasses__()])
print(issubclass(Z, O), issubclass(bool, int), isinstance(True, int), issubclass(Z, (int, K3)))
print(Z.__base__.__name__, bool.__base__, object.__base__, type.__base__, type.__mro__)
