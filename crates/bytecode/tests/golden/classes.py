"""Classes and comprehensions."""


class Base:
    """Docstring."""
    attribute: int = 1
    __slots__ = ("a", "_b")

    def method(self):
        return __class__, self.a

    @property
    def value(self):
        return self._b

    class Nested:
        x = [y for y in range(3)]
        z = {k: v for k, v in zip(x, x) if k}


class Derived[T](Base, metaclass=type, key=1):
    def method(self):
        self.a = super().method()
        return [lambda: x for x in (self.a, 1)]


squares = [n * n for n in range(10) if n % 2]
pairs = {(a, b) for a in squares for b in squares}
lazy = sum(n for n in squares)
