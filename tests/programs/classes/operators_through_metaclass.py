"""Operators on classes themselves, defined on metaclasses: arithmetic, indexing, iteration, containment, comparison, calling, length, truth."""


class Meta(type):
    def __add__(cls, other):
        return f"{cls.__name__}+{getattr(other, '__name__', other)}"

    def __radd__(cls, other):
        return f"{other}+{cls.__name__}"

    def __getitem__(cls, key):
        return cls.__name__, key

    def __iter__(cls):
        return iter(sorted(k for k in vars(cls) if k.isupper()))

    def __len__(cls):
        return sum(1 for _ in cls)

    def __contains__(cls, x):
        return hasattr(cls, str(x))

    def __bool__(cls):
        return cls.__name__ != "Empty"

    def __lt__(cls, other):
        return cls.__name__ < other.__name__

    def __or__(cls, other):
        return "or", cls.__name__

    def __invert__(cls):
        return cls.__name__[::-1]

    def __instancecheck__(cls, x):
        return x == cls.__name__

    def __enter__(cls):
        return cls

    def __exit__(cls, *info):
        return True

    def __delitem__(cls, key):
        delattr(cls, key)

    def __format__(cls, spec):
        return f"<{cls.__name__}:{spec}>"

    def __matmul__(cls, other):
        return "matmul"


class A(metaclass=Meta):
    X, Y = 1, 2

    def __class_getitem__(cls, key):
        return "never"

    def __add__(self, other):
        return "instances"


class Empty(metaclass=Meta): ...
class Sub(A): ...


print(A + A, A + 1, 1 + A, A() + 1, A[5], list(A), len(A), "X" in A, "Q" in A, bool(A), bool(Empty), sorted([Sub, A]), A | int, int | str, ~A, isinstance("A", A), isinstance(A(), A), f"{A:x} {Empty!r:>30}", A @ 1, [*Sub], max(A, Sub).__name__)
del A["X"]
with Empty as e:
    raise ValueError("swallowed by a class")
print(e.__name__, list(A))
for bad in (lambda: A - 1, lambda: A * 2, lambda: A < 5, lambda: -A, lambda: A >= A, lambda: A["a"]["b"]["c"] and A[:], lambda: int + 1, lambda: len(int), lambda: int["x"], lambda: 1 @ A):
    try:
        print(bad())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
