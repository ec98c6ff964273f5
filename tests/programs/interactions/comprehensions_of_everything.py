"""Comprehensions with awaitless generators, nested targets, conditions that change things, exceptions, walrus, lambdas, del and tracebacks."""
import traceback

data = {"a": [1, 2], "b": [3]}
print([(k, v) for k, vs in data.items() for v in vs if v != 2], {v: k for k, vs in data.items() for v in vs}, {len(k) for k in data}, [x for (x, *_), in [((1, 2),), ((3,),)]], [a + b for a, b in zip("ab", "cd")], [i for i, in [(1,), (2,)]])
holder = {}
print([0 for holder["k"] in range(3)], holder, [obj.n for obj in [type("O", (), {})()] for obj.n in (5, 6)], [[y for y in range(x)] for x in range(3)], [lambda: x for x in range(2)][0](), [(lambda x=x: x)() for x in range(2)], list((yield_) for yield_ in "ab"))
items = [1, 2, 3]
print([items.pop() for _ in list(items)], items, [n for n in items], [x for x in iter([1, 0, 2].pop, 0)], sum(x * y for x in range(3) for y in range(x)), any(x > 1 for x in [0, 2, 1 / 1]), max((len(w), w) for w in ("bb", "a")), dict((k, v) for k, v in ["ab", "cd"]), set(c for c in "aab") == {"a", "b"})
print([y for x in range(4) if (y := x * 2) > 2], y, [z := 1, z + 1], [(a := b, b) for b in "pq"], a, {(k := str(i)): k * 2 for i in range(2)}, k, [total := total + i for i in range(4)] if (total := 0) == 0 else 0, total)


def scope():
    x = "function"
    inner = [x for x in range(2)], x
    gen = (x for _ in "a")
    x = "changed later"
    return inner, list(gen), [locals().get("x", "none") for _ in "a"], sorted(k for k in locals() if k != "gen")


print(scope())


def exceptions():
    out = []
    for make in (lambda: [1 / n for n in (1, 0)], lambda: {n: 1 / n for n in (1, 0)}, lambda: list(1 / n for n in (1, 0)), lambda: [x for x in 5], lambda: [x for x in (n for n in None)], lambda: [a for a, b in [(1,)]], lambda: [undefined for _ in "a"], lambda: [x for x in "a" if x > 1]):
        try:
            make()
        except Exception as error:
            out.append((type(error).__name__, str(error), [f.name for f in traceback.extract_tb(error.__traceback__)][1:]))
    return out


for line in exceptions():
    print(*line)
e = "before"
try:
    [e for e in (1, 2) if e / 0]
except ZeroDivisionError:
    print(e)


class C:
    n = 3
    ok = [i for i in range(n)]
    nested = [[i for i in range(2)] for _ in range(n)]
    try:
        bad = [n for _ in "a"]
    except NameError as error:
        message = str(error)
    inner_class = [type("T", (), {"v": i}) for i in range(2)]


print(C.ok, C.nested, getattr(C, "message", C.__dict__.get("bad")), [t.v for t in C.inner_class])


def generator():
    yield [x for x in (yield "first")]
    yield {k: v for k, v in zip("ab", (yield "second"))}


g = generator()
print(next(g), g.send("xy"), next(g), g.send([1, 2]))
big = [[c for c in range(r)] for r in range(50)]
print(sum(map(len, big)), [[row[i] for row in big[-2:]] for i in range(2)], [*map(sum, zip(*[[1, 2], [3, 4]]))], [x if x % 2 else -x for x in range(5)], [x for x in [3, 1, 2] if x if x > 1 if not x > 2], len([1 for a in range(10) for b in range(a) for c in range(b)]), [f"{x}{y}" for x in "ab" for y in (1, 2) if (x, y) != ("a", 2)])
for source in ("[x for x in]", "[for x in y]", "[x for 1 in y]", "[x for x() in y]", "[x, y for x in z]", "[*x for x in y]", "{**x for x in y}", "{a: b, c for d in e}", "[x for x in y for]", "[x async for x in y]", "(x for x in y) = 1", "del [x for x in y]", "[(yield) for x in y]", "[x := 1 for x in y]", "[(x := 1) for x in y]", "[y for x in (y := z)]", "[x for x in lambda: y, 1]", "[x for x in 1, 2]", "[x for x in *y]", "[x for *x in y]", "[x for x, in y]", "[x if y for x in z]", "[x for x in a if b else c]", "(x for x in y, z)", "f(x for x in y, z)", "f(z, x for x in y)", "{x: y for x in z, w}", "[await x for x in y]", "{x for x in y: 1}"):
    try:
        compile(source, "s", "exec")
        print("fine:", source)
    except SyntaxError as error:
        print(source, "->", error.msg)
