"""Comparisons that answer with other things than bools, and what chains, sorts, min, in and if make of them."""


class Expr:
    def __init__(self, text, truth=True):
        self.text, self.truth = text, truth

    def __bool__(self):
        seen.append(self.text)
        return self.truth

    def _op(symbol):
        def method(self, other):
            other = other.text if isinstance(other, Expr) else repr(other)
            return Expr(f"({self.text} {symbol} {other})", self.truth)
        return method

    __lt__, __le__, __eq__, __ne__, __gt__, __ge__ = map(_op, ("<", "<=", "==", "!=", ">", ">="))
    __contains__ = lambda self, other: Expr(f"{other!r} in {self.text}", self.truth)
    __invert__ = lambda self: Expr(f"~{self.text}")
    __hash__ = None

    def __repr__(self):
        return f"<{self.text}>"


seen = []


def show(value):
    print(f"{value!r:40}", seen)
    seen.clear()


a, b, n = Expr("a"), Expr("b"), Expr("n", False)
show(a < b)
show(a < b < 3)
show(n < b < 3)
show(1 < a)
show(1 == a)
show(3 in a)
show(3 not in a)
show(3 in n)
show(not a == b)
show(a == b or n)
show(a in [b])
show(n in [b])
show(b in [n, n])
show([a] == [b])
show([n] == [b])
show([a] < [b])
show([n, 1] < [b, 2])
show((a, 1) == (a, 1))
show(sorted([Expr("x"), Expr("y"), Expr("z")]))
show(min(a, b))
show(max(a, b, n))
show({1: a} == {1: b})
show([1, a].index(5))
show([n, b].count(7))
show(a is a is not b)
show("yes" if n == 1 else "no")
show([x for x in (a, n, b) if x == 1])
show(all((a, b, n, a)))
show(any(x < 0 for x in (n, a, b)))
match a:
    case 5:
        show("matched 5")
match n:
    case 5:
        show("never")
    case _:
        show("default")
while n > 0:
    pass
else:
    show("else")
assert a != 1
show("asserted")
for pair in ((a, 1), (2.5, a), (a, None), (a, float("nan"))):
    print(pair[0] == pair[1], pair[0] != pair[1], end=" ")
print()
