"""Assignment expressions: where they bind, in comprehensions, conditions, calls and slices; the errors of the compiler."""
import re

if (n := len("hello")) > 3:
    print(n)
data = iter([3, 2, 1, 0, 9])
while (item := next(data)) != 0:
    print("item", item)
print(item)

print([y := 10, y**2, (z := y) + 1], y, z)
squares = [last := i * i for i in range(4)]
print(squares, last)
print(any((witness := word).startswith("c") for word in ["a", "b", "c", "d"]), witness)
print({(k := i): (v := k * 2) for i in range(3)}, k, v)
totals = [total := 0] and [total := total + i for i in range(5)]
print(totals, total)


def nested():
    outer = [[inner := i * j for j in range(3)] for i in range(3)]
    return outer, inner


print(nested())


def with_global():
    global made_global
    [made_global := i for i in range(3)]


with_global()
print(made_global)


def with_nonlocal():
    value = 0

    def inner():
        nonlocal value
        return [value := value + i for i in range(4)]

    return inner(), value


print(with_nonlocal())


def call(*args, **kwargs):
    return args, kwargs


print(call((p := 1), q := 2, key=(r := 3)), p, q, r)
sequence = list(range(10))
print(sequence[(start := 2) : (stop := 7) : (step := 2)], start, stop, step)
print(sequence[i := 3], i)
print(f"{(width := 6)} {(a := 1.5):>{width}}|", a)
print({(s := 1), (t := 2)}, s, t)
print((lambda: (inside := 5) + inside)())
if match := re.match(r"(\w)(\d)", "a1"):
    print(match.groups())
print((b := 1, 2), b)
print(x := 5) if (x := 1) else None
print(x)
f = lambda a, b=(default := 7): (a, b)
print(f(1), default)


class C:
    field = (early := 3) + 1
    print(early)


print(C.early, C.field)

for source in [
    "x := 1",
    "(x := 1) := 2",
    "(x.y := 1)",
    "(x[0] := 1)",
    "((a, b) := (1, 2))",
    "[i := 0 for i in range(3)]",
    "[[(j := 0) for i in range(3)] for j in range(3)]",
    "[i for i in (j := range(3))]",
    "class C: [x := i for i in range(3)]",
    "f(x := 1, y=z := 2)",
    "lambda x := 1: x",
    "def f(x := 1): pass",
    "(True := 1)",
    "(x += 1)",
    "del (x := 1)",
    "(f() := 1)",
    "x = y := 0",
    "{a: b := 1}",
    "f'{x:=5}'",
]:
    try:
        compile(source, "<source>", "exec")
        print("fine:", source)
    except SyntaxError as error:
        print(f"{source}: {error.msg} ({error.offset}, {error.end_offset})")
