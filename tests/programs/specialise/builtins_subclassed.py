"""Hot code on builtins that meets subclasses which override a little: __len__, __hash__, __eq__, __bool__, __index__."""


class Text(str):
    def __len__(self):
        return 99

    def __add__(self, other):
        return "added"

    def __mod__(self, other):
        return "formatted"

    def __eq__(self, other):
        return "equal"

    __hash__ = str.__hash__


class Number(int):
    def __bool__(self):
        return False

    def __index__(self):
        return 2

    def __str__(self):
        return "number"

    def __format__(self, spec):
        return f"<{spec}>"


class Float(float):
    def __mul__(self, other):
        return "multiplied"

    __rmul__ = __mul__

    def __neg__(self):
        return "negated"


class Tuple(tuple):
    def __getitem__(self, index):
        return "item"

    def __contains__(self, what):
        return True


class List(list):
    def __iadd__(self, other):
        return "in place"

    def append(self, item):
        list.append(self, ("own", item))

    def __bool__(self):
        return False


class Bytes(bytes):
    def __getitem__(self, index):
        return "byte"


def operate(it):
    out = []
    for action in (lambda: len(it), lambda: it + it, lambda: it * 2, lambda: it % 2, lambda: it == it, lambda: bool(it), lambda: it[0],
                   lambda: -it, lambda: f"{it:3}", lambda: 2 in it, lambda: [5, 6, 7][it], lambda: "yes" if it else "no"):
        try:
            out.append(action())
        except (TypeError, ValueError, IndexError) as error:
            out.append(type(error).__name__)
    return out


def hot(it):
    for _ in range(40):
        out = operate(it)
    return out


plain = ["text", 1, 2.5, (1, 2), [1, 2], b"by"]
special = [Text("text"), Number(1), Float(2.5), Tuple((1, 2)), List([1, 2]), Bytes(b"by")]
for round_ in range(2):
    for one, other in zip(plain, special):
        print(hot(one))
        print(hot(other))


def appends(it, turns):
    for turn in range(turns):
        it.append(turn)
    return it[-2:]


def adds(it):
    it += [1]
    return it


for _ in range(40):
    out = appends([], 5), appends(List(), 5), adds([]), adds(List())
print(out)
print({Text("a"): 1}.get("a"), {"a": 1}.get(Text("a")), Text("a") in ["b"], "b".join([Text("x"), Text("y")]))
print(range(10)[Number(5)], list(range(Number(5))), divmod(Number(7), 2), round(Number(5)), Number(5) + 1, str(Number(5)), repr(Number(5)))
