"""and, or, not and conditional expressions: values kept, short circuits, truth tests in their order."""


class Truth:
    def __init__(self, name, truth):
        self.name, self.truth = name, truth

    def __bool__(self):
        print(f"  test {self.name}")
        return self.truth

    def __repr__(self):
        return self.name


def make(name, truth):
    print(f"  make {name}")
    return Truth(name, truth)


T, F = Truth("T", True), Truth("F", False)
print(T and F)
print(F and T)
print(T or F)
print(F or T)
print(not T, not F, not not T)
print(T and T and F or T)
print((F or T) and (T and F))
print(F or F or F)
print("yes" if T else "no", "yes" if F else "no")
print(make("a", True) if make("b", False) else make("c", True))
print(make("a", False) or make("b", False) and make("c", True) or make("d", True))
if not (T and F):
    print("branch")
if T or F and T:
    print("branch")
if not T or F:
    print("never")
else:
    print("else")
while F or not T:
    print("never")
else:
    print("while-else")
assert T or F, "never"
try:
    assert F and T, make("message", True)
except AssertionError as error:
    print(repr(error))


class ByLength:
    def __init__(self, length):
        self.length = length

    def __len__(self):
        return self.length


print(bool(ByLength(0)), bool(ByLength(3)))


def fails(value):
    try:
        print(bool(value))
    except Exception as error:
        print(type(error).__name__, error)


class Returns:
    def __init__(self, result):
        self.result = result

    def __bool__(self):
        return self.result


fails(Returns(1))
fails(Returns(None))
fails(Returns("x"))
fails(ByLength(-1))
fails(ByLength("x"))
fails(ByLength(2**70))
fails(ByLength(True))


class Both:
    def __bool__(self):
        return True

    def __len__(self):
        return 0


fails(Both())
Both.__bool__ = None
fails(Both())
print([bool(v) for v in (0, 0.0, -0.0, 0j, "", b"", (), [], {}, set(), range(0), None, NotImplemented.__class__, ...)])
try:
    bool(NotImplemented)
except TypeError as error:
    print(error)
x = 5
print(1 if x > 3 else 2 if x > 1 else 3, (lambda: 1 if x else 2)(), [i if i % 2 else -i for i in range(4)])
print(1 or 1 / 0, 0 and 1 / 0, None or 0 or [] or "last")
