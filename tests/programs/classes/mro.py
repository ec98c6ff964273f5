class O: pass
class A(O): pass
class B(O): pass
class C(A, B): pass
class D(B, A): pass
print([k.__name__ for k in C.__mro__])
try:
    class E(C, D): pass
except TypeError as error:
    print(error)
class P:
    def f(self): return ['P']
class Q(P):
    def f(self): return ['Q'] + super().f()
class R(P):
    def f(self): return ['R'] + super().f()
class S(Q, R):
    def f(self): return ['S'] + super().f()
print(S().f())
