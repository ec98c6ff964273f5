"""Matrices over ints, fractions and complex numbers: products, determinants, inverses, powers, operators of mixed kinds."""
from fractions import Fraction
from functools import reduce
from operator import matmul


class Matrix:
    def __init__(self, rows):
        self.rows = [list(row) for row in rows]

    @classmethod
    def identity(cls, n):
        return cls([[int(i == j) for j in range(n)] for i in range(n)])

    def __matmul__(self, other):
        if not isinstance(other, Matrix):
            return NotImplemented
        columns = list(zip(*other.rows, strict=True))
        return Matrix([[sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in self.rows])

    def __mul__(self, scalar):
        if isinstance(scalar, Matrix):
            return NotImplemented
        return Matrix([[scalar * item for item in row] for row in self.rows])

    __rmul__ = __mul__

    def __imatmul__(self, other):
        self.rows = (self @ other).rows
        return self

    def __pow__(self, n, modulo=None):
        result, base = Matrix.identity(len(self.rows)), self
        while n:
            if n & 1:
                result @= base
            base, n = base @ base, n >> 1
            if modulo:
                base = Matrix([[item % modulo for item in row] for row in base.rows])
        return Matrix([[item % modulo for item in row] for row in result.rows]) if modulo else result

    def __invert__(self):
        return Matrix(zip(*self.rows))

    def __getitem__(self, index):
        match index:
            case (int() as row, int() as column):
                return self.rows[row][column]
            case (slice() as rows, columns):
                return Matrix([row[columns] if isinstance(columns, slice) else [row[columns]] for row in self.rows[rows]])
        return self.rows[index]

    def __eq__(self, other):
        return isinstance(other, Matrix) and self.rows == other.rows

    def determinant(self):
        if len(self.rows) == 1:
            return self[0, 0]
        return sum((-1) ** i * value * Matrix([row[:i] + row[i + 1:] for row in self.rows[1:]]).determinant()
                   for i, value in enumerate(self[0]))

    def inverse(self):
        n = len(self.rows)
        work = [[Fraction(x) for x in row] + one for row, one in zip(self.rows, Matrix.identity(n).rows)]
        for i in range(n):
            pivot = next((r for r in range(i, n) if work[r][i]), None)
            if pivot is None:
                raise ZeroDivisionError("singular")
            work[i], work[pivot] = work[pivot], work[i]
            work[i] = [x / work[i][i] for x in work[i]]
            for r in range(n):
                if r != i:
                    work[r] = [a - work[r][i] * b for a, b in zip(work[r], work[i])]
        return Matrix([row[n:] for row in work])

    def __repr__(self):
        return "[" + "; ".join(" ".join(map(str, row)) for row in self.rows) + "]"


m = Matrix([[2, 1, 0], [1, 3, 1], [0, 1, 4]])
print(m @ m, m * 2, 2 * m, ~Matrix([[1, 2], [3, 4], [5, 6]]))
print(m.determinant(), m.inverse(), m @ m.inverse() == Matrix.identity(3))
print(Matrix([[1, 1], [1, 0]]) ** 90, pow(Matrix([[1, 1], [1, 0]]), 10**18, 10**9 + 7))
print(m[1, 2], m[1], m[:2, 1:], m[:, 0], m[::-1, ::2])
print(Matrix([[1j, 1], [1, -1j]]) @ Matrix([[1, 2j], [0.5, 1]]))
print(reduce(matmul, [Matrix([[1, i], [0, 1]]) for i in range(100)]))
for bad in (lambda: m @ 3, lambda: m @ Matrix([[1]]), lambda: m * m, lambda: Matrix([[1, 2], [2, 4]]).inverse(), lambda: 3 @ m):
    try:
        bad()
    except (TypeError, ValueError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
m @= m
print(m)
