"""`__new__` and `__init__` set and deleted on classes afterwards: who complains of excess arguments, and in which words."""


def t(label, f):
    try:
        r = f()
        print(label, "->", type(r).__name__ if not isinstance(r, (str, int, tuple)) else r)
    except Exception as e:
        print(label, "!!", type(e).__name__, e)
class C: pass
t("plain arg", lambda: C(1))
C.__new__ = lambda cls, *a: object.__new__(cls)
t("with new", lambda: C(1))
del C.__new__
t("after del", lambda: C(1))
t("after del no args", lambda: C())
C.__init__ = lambda self, *a: None
t("init set", lambda: C(1))
del C.__init__
t("init del", lambda: C(1))
t("object.__new__(C,1)", lambda: object.__new__(C, 1))
t("object.__init__(C(),1)", lambda: object.__init__(C(), 1))
class D:
    def __new__(cls, *a): return super().__new__(cls)
t("D(1)", lambda: D(1))
t("object.__new__(D, 1)", lambda: object.__new__(D, 1))
del D.__new__
t("D del", lambda: D(1))
t("D del 0", lambda: D())
D.__init__ = lambda self, x: None
t("D init", lambda: D(1))
t("object.__new__(D, 1)", lambda: object.__new__(D, 1))
del D.__init__
t("D init del", lambda: D(1))
class E(D):
    pass
t("E(1)", lambda: E(1))
class E2:
    def __init__(self, *a): pass
t("E2(1)", lambda: E2(1))
t("object.__init__(E2(), 1)", lambda: object.__init__(E2(), 1))
del E2.__init__
t("E2 del init", lambda: E2(1))
t("object.__init__(E2(), 1)", lambda: object.__init__(E2(), 1))
class Base:
    def __new__(cls, *a): return object.__new__(cls)
class Sub(Base): pass
t("Sub(1)", lambda: Sub(1))
del Base.__new__
t("Sub(1) after del", lambda: Sub(1))
t("Sub()", lambda: Sub())
t("Base(1)", lambda: Base(1))
class P(Base): pass
t("P new class after del", lambda: P(1))
class Q: pass
Q.__new__ = object.__new__
t("Q __new__ = object.__new__", lambda: Q(1))
t("Q()", lambda: Q())
class R: __new__ = object.__new__
t("R(1)", lambda: R(1))
class R2: __init__ = object.__init__
t("R2(1)", lambda: R2(1))
class R3(int): __new__ = object.__new__
t("R3(1)", lambda: R3(1))
class R4(int): __new__ = int.__new__
t("R4(1)", lambda: R4(1))
class R5(list):
    def __new__(cls, *a): return list.__new__(cls)
t("R5(1)", lambda: R5((1,)))
del R5.__new__
t("R5 del", lambda: R5((1,)))
class R6(int):
    def __new__(cls, *a): return int.__new__(cls, 5)
t("R6", lambda: R6("x"))
del R6.__new__
t("R6 del", lambda: R6("12"))
class R7:
    __new__ = None
t("R7", lambda: R7())
class R8:
    __new__ = 5
t("R8", lambda: R8())
class R9:
    __init__ = None
t("R9", lambda: R9())
class R10:
    def __init__(self): return 5
t("R10", lambda: R10())
class R11:
    def __new__(cls): return 5
    def __init__(self): print("never")
t("R11", lambda: R11())
class R12(C):
    pass
C.__new__ = staticmethod(lambda cls, *a: object.__new__(cls))
t("R12(1) ", lambda: R12(1))
C.__new__ = object.__new__
t("R12(1) set object.__new__", lambda: R12(1))
del C.__new__
t("R12(1) del", lambda: R12(1))
C.__init__ = object.__init__
t("R12(1) set object.__init__", lambda: R12(1))
t("kw", lambda: C(a=1))
t("object(1)", lambda: object(1))
t("object(a=1)", lambda: object(a=1))
t("object.__new__()", lambda: object.__new__())
t("object.__new__(1)", lambda: object.__new__(1))
t("object.__new__(int)", lambda: object.__new__(int))
t("int.__new__(bool)", lambda: int.__new__(bool))
t("int.__new__(str)", lambda: int.__new__(str))
t("list.__new__(R5)", lambda: list.__new__(R5))
t("object.__new__(R5)", lambda: object.__new__(R5))
t("tuple.__new__(list)", lambda: tuple.__new__(list))
t("type.__call__()", lambda: type.__call__())
t("type.__call__(int, 5)", lambda: type.__call__(int, 5))
t("type(1,2)", lambda: type(1, 2))
t("type()", lambda: type())
t("type(1,2,3)", lambda: type(1, 2, 3))
t("type.__new__(type)", lambda: type.__new__(type))
t("type.__new__(int, 'a', (), {})", lambda: type.__new__(int, 'a', (), {}))
t("object.__init__()", lambda: object.__init__())
t("object().__init__(1)", lambda: object().__init__(1))
class M(type):
    def __call__(cls, *a): return type.__call__(cls)
class N(metaclass=M): pass
t("N(1)", lambda: N(1))
class A1: 
    def __new__(cls): return object.__new__(cls)
class A2(A1):
    def __init__(self, x): pass
t("A2(1)", lambda: A2(1))
t("A2()", lambda: A2())
del A1.__new__
t("A2(1)", lambda: A2(1))
import abc
class Ab(abc.ABC):
    @abc.abstractmethod
    def f(self): pass
t("Ab(1)", lambda: Ab(1)); t("Ab", lambda: Ab())
class G:
    def __new__(cls, *args, **kw):
        return super().__new__(cls, *args, **kw)
t("G(1)", lambda: G(1)); t("G()", lambda: G())
class H:
    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
t("H(1)", lambda: H(1)); t("H()", lambda: H())
class K:
    def __new__(cls, *args): return super().__new__(cls, *args)
    def __init__(self, *args): super().__init__(*args)
t("K(1)", lambda: K(1)); t("K()", lambda: K())
