"""Deep recursion: RecursionError in Python functions, in reprs and comparisons, setrecursionlimit, and recovery after it."""
import sys


def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


print(down(500))


def forever():
    forever()


def mutual_a():
    mutual_b()


def mutual_b():
    mutual_a()


for function in (forever, mutual_a):
    try:
        function()
    except RecursionError as error:
        print(error)
    print("recovered", down(100))
limit = sys.getrecursionlimit()
print(limit)
sys.setrecursionlimit(200)
try:
    down(300)
except RecursionError as error:
    print("limited:", error)
sys.setrecursionlimit(5000)
print(down(3000))
sys.setrecursionlimit(limit)
for value in (0, -1, "x"):
    try:
        sys.setrecursionlimit(value)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)


class Repr:
    def __repr__(self):
        return f"<{self!r}>"


class Eq:
    def __eq__(self, other):
        return self == other


class Attr:
    def __getattr__(self, name):
        return getattr(self, name)


class Call:
    pass


Call.__call__ = Call()


class Iter:
    def __iter__(self):
        return iter(self)


class Hash:
    def __hash__(self):
        return hash(self)


for name, action in [
    ("repr", lambda: repr(Repr())),
    ("eq", lambda: Eq() == Eq()),
    ("attr", lambda: Attr().x),
    ("iter", lambda: iter(Iter())),
    ("hash", lambda: hash(Hash())),
]:
    try:
        action()
    except RecursionError as error:
        print(name, str(error).split(" while")[0])

nested = []
for _ in range(100000):
    nested = [nested]
nested = other = None
loop = []
loop.append(loop)
print(loop, [loop], (loop,), {1: loop})
table = {}
table["self"] = table
print(table, [table])
try:
    loop == [loop]
    another = []
    another.append(another)
    loop == another
except RecursionError as error:
    print(type(error).__name__)


def generator(n):
    if n:
        yield from generator(n - 1)
    yield n


print(sum(generator(200)))


def catching(n):
    try:
        catching(n + 1)
    except RecursionError:
        return "caught deep inside"


print(catching(0) is None or catching(0))


def cleaning():
    try:
        cleaning()
    finally:
        global cleaned
        cleaned += 1


cleaned = 0
try:
    cleaning()
except RecursionError:
    print(cleaned > 500)
