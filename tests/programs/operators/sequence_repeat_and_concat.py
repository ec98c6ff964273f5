"""Where + and * meet sequences: number slots against sequence slots, __index__, in-place, user classes on the right."""


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n

    def __repr__(self):
        return f"Index({self.n})"


class Right:
    def __repr__(self):
        return "right"

    def __radd__(self, other):
        return "radd", type(other).__name__

    def __rmul__(self, other):
        return "rmul", type(other).__name__


class Seq:
    def __repr__(self):
        return "seq"

    def __len__(self):
        return 2

    def __getitem__(self, i):
        return "ab"[i]

    def __iter__(self):
        return iter("seq")


class MulList(list):
    def __mul__(self, n):
        return f"mul {type(n).__name__}"

    def __imul__(self, n):
        self.append(n)
        return self


def attempt(source, **names):
    try:
        print(f"{source:24}", eval(source, names | globals()))
    except Exception as error:
        print(f"{source:24}", type(error).__name__, error)


for left in ("[1]", "(1,)", "'ab'", "b'x'", "bytearray(b'y')", "range(2)", "{1}", "MulList([1])", "Seq()"):
    for right in ("2", "Index(2)", "2.0", "True", "Right()", "'s'", "[2]", "(2,)", "b'z'", "None", "-1"):
        attempt(f"{left} * {right}")
        attempt(f"{left} + {right}")
for source in ("2 * [0]", "Index(2) * 'ab'", "True * 'ab'", "0.5 * 'a'", "'a' * 'b'", "2**63 * 'a'", "'a' * -2**63", "2 * MulList([3])",
               "Index(3) * Index(2)", "'abc' * 0", "() * 2**70", "[1] * 2**62", "'%s' % [1]", "b'%d' % Index(3)", "'%d' % Index(3)"):
    attempt(source)


def in_place(make, value, how):
    it = original = make()
    try:
        if how == "+":
            it += value
        else:
            it *= value
        return it, it is original
    except Exception as error:
        return type(error).__name__, str(error), it is original


for make in (lambda: [1], lambda: (1,), lambda: "a", lambda: bytearray(b"a"), lambda: MulList([1]), lambda: {1}):
    for value in ("xy", (5, 6), {7: 8}, Seq(), 2, Index(2), Right(), range(2), b"zz", None, -1):
        print(in_place(make, value, "+"), in_place(make, value, "*"))
me = [1]
me += me
me *= 2
print(me)
me[1:1] += [9]
print(me)
holder = ([],)
try:
    holder[0] += [1]
except TypeError as error:
    print(error, holder)
