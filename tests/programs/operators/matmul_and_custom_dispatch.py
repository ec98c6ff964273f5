"""A vector and matrix pair of classes whose operators dispatch on the other's type, with numbers from both sides."""
import numbers
import operator


class Vec(tuple):
    __slots__ = ()

    def __new__(cls, *parts):
        return super().__new__(cls, parts)

    def __add__(self, other):
        return Vec(*map(operator.add, self, other)) if isinstance(other, Vec) else NotImplemented

    def __mul__(self, n):
        return Vec(*(p * n for p in self)) if isinstance(n, numbers.Number) else NotImplemented

    __rmul__ = __mul__

    def __matmul__(self, other):
        return sum(map(operator.mul, self, other)) if isinstance(other, Vec) else NotImplemented

    def __xor__(self, other):
        (a, b, c), (d, e, f) = self, other
        return Vec(b * f - c * e, c * d - a * f, a * e - b * d)

    def __abs__(self):
        return (self @ self) ** 0.5

    def __neg__(self):
        return self * -1

    def __bool__(self):
        return any(self)

    def __invert__(self):
        return Vec(*reversed(self))

    def __format__(self, spec):
        return "<" + ", ".join(format(p, spec) for p in self) + ">"


class Rows:
    def __init__(self, *rows):
        self.rows = rows

    def __matmul__(self, other):
        if isinstance(other, Vec):
            return Vec(*(row @ other for row in self.rows))
        return NotImplemented

    def __rmatmul__(self, other):
        return Vec(*(other @ Vec(*column) for column in zip(*self.rows))) if isinstance(other, Vec) else NotImplemented

    def __repr__(self):
        return f"Rows{self.rows}"

    def __imatmul__(self, other):
        self.rows = tuple(row @ other for row in self.rows)
        return self


a, b = Vec(1, 2, 3), Vec(4, 5, 6.5)
print(a + b, a * 2, 2 * a, a @ b, a ^ b, abs(Vec(3, 4)), -a, bool(Vec(0, 0)), ~a, f"{b:.2f}", a == (1, 2, 3), hash(a) == hash((1, 2, 3)), a[1:], type(a[1:]).__name__, len(a + a), sum([a, b], Vec(0, 0, 0)), max(a), a < b, 1.5 * a, True * a, a * 1j)
m = Rows(Vec(1, 0, 0), Vec(0, 2, 0), Vec(0, 0, 3))
print(m @ a, a @ m)
for action in (lambda: a + 1, lambda: a + (1, 2, 3), lambda: (1, 2) + a, lambda: a * "x", lambda: [1] @ a, lambda: m @ 5, lambda: 5 @ m, lambda: a @ 5, lambda: a - b, lambda: a * a, lambda: [0] * a, lambda: a ** 2, lambda: operator.imatmul(m, m)):
    try:
        print(action())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
m @= a
print(m.rows)
