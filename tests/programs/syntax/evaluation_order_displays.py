"""Order of evaluation in displays, comparisons, conditionals, slices, f-strings, comprehensions, defaults and decorators."""
log = []


def n(value):
    log.append(str(value))
    return value


def show(title, value=None):
    print(f"{title:14}{value!r:24}{' '.join(log)}")
    log.clear()


class Cmp:
    def __init__(self, name, answer):
        self.name, self.answer = name, answer

    def __lt__(self, other):
        log.append(f"{self.name}<{other.name}")
        return self.answer


show("dict", {n(1): n(2), n(3): n(4)})
show("same keys", {n(1): n("a"), n(1.0): n("b"), n(True): n("c")})
show("set", {n(1), n(True)})
show("chained", n(1) < n(3) > n(2))
show("stops", n(3) < n(2) < n(1))
show("objects", Cmp("a", True) < Cmp("b", 0) < Cmp("c", True))
show("conditional", n("yes") if n(0) else n("no"))
show("and or", n(0) and n(1) or n(2) and n(3))
show("not", not n(0) or n(1))
show("slice", [0, 1, 2, 3][n(1):n(3):n(1)])
show("arithmetic", n(1) + n(2) * n(3) - n(4))
show("power", n(2) ** n(1) ** n(2))
show("unary", -n(2) ** n(2))
show("f-string", f"{n(1)}{n('x')!r:{n(5)}}{n(2)}")
show("compr", [n(x) for x in n([1, 2]) if n(x) for _ in n((0,))])
show("dict compr", {n(x): n(x * 10) for x in (1, 2)})
show("generator", (n(x) for x in n((1, 2))).__next__())
show("lambda", (lambda a=n(1), *b, c=n(2): n(a))(n(5)))
show("in", n(1) in n((1, 2)) in n([True]))
show("is", n(None) is n(None) is not n(1))
show("walrus", (n(1), (y := n(2)), y + n(3)))
show("await-free", [*n((1, 2)), *n(())])


def decorate(name):
    log.append(f"make {name}")

    def decorator(f):
        log.append(f"apply {name}")
        return f
    return decorator


@decorate("a")
@decorate("b")
def function(x=n("default 1"), y: n("annotation") = n("default 2"), *, k=n("kw default")) -> n("return"):
    pass


show("function")


@decorate("c")
class Body(*n((object,)), **n({})):
    n("in the body")
    attr: n("annotation") = n("value")


show("class")
assert n(1), n("message")
show("assert")
try:
    assert n(0), n("message")
except AssertionError as error:
    show("assert fails", error.args)
try:
    raise n(KeyError) from n(ValueError("cause"))
except KeyError as error:
    show("raise", error.__cause__)
with open(n("/dev/null")) as f, open(n("/dev/null")) as g:
    show("with")
match (n(1), n(2)):
    case (1, x) if n(x == 3):
        pass
    case (y, z) if n("guard"):
        show("match", (y, z))
