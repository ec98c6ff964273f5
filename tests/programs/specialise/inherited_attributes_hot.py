"""Hot reads of attributes inherited from far up, while classes in between gain and lose them, and bases are swapped."""


class A:
    v = "A"

    def m(self):
        return "A.m", self.v


class B(A): pass
class C(B): pass
class D(C): pass
class X:
    v = "X"

    def m(self):
        return "X.m", self.v


d = D()


def read(o):
    return o.v, o.m(), type(o).v


def hot():
    for _ in range(60):
        try:
            out = read(d)
        except AttributeError as error:
            out = str(error)
    return out


print(hot())
for cls in (C, B, D):
    cls.v = cls.__name__
    print(hot(), end=" ")
for cls in (D, C, B):
    del cls.v
    print(hot(), end=" ")
print()
B.m = lambda self: "B.m"
print(hot())
B.__bases__ = (X,)
print(hot())
del B.m
print(hot())
B.__bases__ = (A, X)
print(hot())
del A.v, A.m
print(hot())
del X.v
print(hot())
d.__class__ = X
print(hot())
X.v = property(lambda self: "X property")
print(hot()[0], hot()[1])
