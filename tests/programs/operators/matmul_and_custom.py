"""A small matrix and vector class: all arithmetic operators, matmul, iteration, slicing, formatting, equality."""
from fractions import Fraction
from numbers import Number


class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]
        if len({len(r) for r in self.rows}) > 1:
            raise ValueError("ragged rows")

    @classmethod
    def identity(cls, n):
        return cls([int(i == j) for j in range(n)] for i in range(n))

    shape = property(lambda self: (len(self.rows), len(self.rows[0])))
    T = property(lambda self: Matrix(zip(*self.rows)))

    def __getitem__(self, key):
        match key:
            case (int(i), int(j)):
                return self.rows[i][j]
            case (slice() as i, slice() as j):
                return Matrix(r[j] for r in self.rows[i])
            case int(i):
                return self.rows[i]
            case slice() as i:
                return Matrix(self.rows[i])
        raise TypeError(f"bad key {key!r}")

    def __setitem__(self, key, value):
        i, j = key
        self.rows[i][j] = value

    def _map(self, other, op):
        if isinstance(other, Matrix):
            if self.shape != other.shape:
                raise ValueError(f"shapes {self.shape} and {other.shape}")
            return Matrix([op(a, b) for a, b in zip(r, s)] for r, s in zip(self, other))
        if isinstance(other, Number):
            return Matrix([op(a, other) for a in r] for r in self)
        return NotImplemented

    def __add__(self, other):
        return self._map(other, lambda a, b: a + b)

    __radd__ = __add__

    def __sub__(self, other):
        return self._map(other, lambda a, b: a - b)

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        return self._map(other, lambda a, b: a * b)

    __rmul__ = __mul__

    def __neg__(self):
        return self * -1

    def __matmul__(self, other):
        if not isinstance(other, Matrix):
            return NotImplemented
        return Matrix([sum(a * b for a, b in zip(r, c)) for c in other.T] for r in self)

    def __imatmul__(self, other):
        self.rows = (self @ other).rows
        return self

    def __pow__(self, n, mod=None):
        result, base = Matrix.identity(len(self.rows)), self
        while n:
            if n & 1:
                result = result @ base
            base @= Matrix(base.rows)
            if mod:
                result, base = result % mod, base % mod
            n >>= 1
        return result

    def __mod__(self, m):
        return self._map(m, lambda a, b: a % b)

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    def __eq__(self, other):
        return isinstance(other, Matrix) and self.rows == other.rows

    def __bool__(self):
        return any(any(r) for r in self)

    def __round__(self, n=None):
        return Matrix([round(v, n) for v in r] for r in self)

    def __abs__(self):
        if len(self.rows) == 1:
            return self[0, 0]
        return sum((-1) ** j * self[0, j] * abs(Matrix(r[:j] + r[j + 1 :] for r in self.rows[1:])) for j in range(len(self.rows)))

    def __format__(self, spec):
        return "; ".join(" ".join(format(v, spec) for v in r) for r in self)

    def __repr__(self):
        return f"Matrix({self.rows})"

    def __contains__(self, value):
        return any(value in r for r in self)


m, n = Matrix([[1, 2], [3, 4]]), Matrix([[0, 1], [1, 0]])
print(m + n, m - n, m * n, m @ n, 2 * m, m * 2, 1 + m, 1 - m, -m, m**2, pow(m, 5, 100), Matrix([[1, 1], [1, 0]]) ** 50)
print(m[0, 1], m[0], m[:1], m[:, 1:], m.T, m.shape, list(m), len(m), m == Matrix([[1, 2], [3, 4]]), m != n, bool(m * 0), 3 in m, 9 in m, abs(m), abs(Matrix([[2, 0, 1], [1, 3, 2], [1, 1, 1]])))
print(f"{m:5.1f}", f"{m}", f"{m:>3}", round(m * 0.333, 2), m * Fraction(1, 2), m * 1j)
m[0, 0] = 10
alias = m
m @= n
print(m, alias is m, sum([m, n], Matrix([[0, 0], [0, 0]])), [*m], max(m), dict(m))
for source in ("m @ 5", "5 @ m", "m + 'x'", "m + Matrix([[1]])", "m['a']", "m[5]", "Matrix([[1], [2, 3]])", "m < n", "hash(m)", "m / 2", "m ** 'x'", "m[1.5]", "m[0, 5]", "~m", "m @= 5"):
    try:
        exec(f"print({source})" if "@=" not in source else source)
    except Exception as error:
        print(source, "!", type(error).__name__, error)
