"""Assignment expressions inside operators, calls, subscripts, slices, conditions, comprehensions and f-strings, and the order they bind in."""
data = [5, 3, 8]
print((a := 2) + (a := a * 3) * a, (b := 1) < (b := b + 1) < (b := b + 5), b, [c := 1, c + 1, (c := c + 5)], c, {(k := "x"): (v := 5)}, k, v)
print(data[(i := 1)], i, data[(s := 0):(e := 2)], s, e, max(m := data), m is data, f"{(w := 10):{w}}|", (t := 1, 2), t, (lambda: (z := 3) + z)(), "z" in globals())
if (n := len(data)) > 2 and (first := data[0]) and not (missing := None):
    print(n, first, missing)
while (x := data.pop() if data else None) is not None:
    print(x, end=" ")
print(x, data)
print([y := f, y**2] if (f := 4) else 0, [last := q for q in range(3)], last, any((hit := r) > 2 for r in range(9)), hit, [(p, u) for p in "ab" if (u := p.upper()) != "A"], u)


def function(arg=(default := 7)):
    global g
    print((g := arg) + (local := 1), local)
    return [(g := g + h) for h in range(3)]


print(default, function(), g, (lambda j=(out := 5): j)(), out, not (neg := False), -(num := 3), num)
for source in ("x := 1", "(x := y := 1)", "f(x := 1, y=(z := 2))", "x = (y := 0)", "(x.y := 1)", "(x[0] := 1)", "(x: int := 1)", "lambda: x := 1", "[x := i for i in y]", "[i := 0 for i in y]", "[[(j := 0) for i in y] for j in z]", "(None := 1)", "f(a=b := 1)", "del (x := 1)", "(x := 1) = 2", "assert x := 1", "x[y := 1, 2]", "x[y:=1]", "{x := 1}", "{x := 1: 2}", "@x := y\ndef f(): pass", "with (x := y) as z: pass", "for (x := 1) in y: pass", "import (x := y)", "(x, y := 1)", "x if y := 1 else z", "print(f'{x:=5}')", "print(f'{(x:=5)}')"):
    try:
        compile(source, "s", "exec")
        print("fine:", source)
    except SyntaxError as error:
        print(source.replace("\n", "; "), "->", error.msg)
