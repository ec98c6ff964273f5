"""Binary operators: reflected methods, subclass priority, NotImplemented, in-place fallbacks, and every operator's name."""
OPERATORS = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**",
    "matmul": "@", "and": "&", "or": "|", "xor": "^", "lshift": "<<", "rshift": ">>",
}


def method(name):
    def call(self, other):
        return f"{type(self).__name__}.{name}({type(other).__name__})"

    return call


class Left:
    pass


class Right:
    pass


class Child(Left):
    pass


for name in OPERATORS:
    setattr(Left, f"__{name}__", method(name))
    setattr(Right, f"__r{name}__", method("r" + name))
for name, sign in OPERATORS.items():
    print(eval(f"Left() {sign} Right()"), eval(f"1 {sign} Right()"), eval(f"Left() {sign} Child()"))

for name in OPERATORS:
    setattr(Child, f"__r{name}__", method("r" + name))
for name, sign in OPERATORS.items():
    print(eval(f"Left() {sign} Child()"), eval(f"Child() {sign} Child()"), eval(f"Child() {sign} Left()"))


class Declines:
    def __add__(self, other):
        print("  declines add")
        return NotImplemented

    def __radd__(self, other):
        print("  declines radd")
        return NotImplemented

    def __iadd__(self, other):
        print("  declines iadd")
        return NotImplemented

    def __lt__(self, other):
        print("  declines lt")
        return NotImplemented

    def __gt__(self, other):
        print("  declines gt")
        return NotImplemented

    def __eq__(self, other):
        print("  declines eq")
        return NotImplemented


class DeclinesToo(Declines):
    pass


def attempt(source):
    print(source)
    try:
        scope = dict(d=Declines(), t=DeclinesToo())
        exec(f"result = {source}" if "=" not in source.replace("==", "").replace("!=", "") else source, globals(), scope)
        print("  ->", scope.get("result"))
    except TypeError as error:
        print("  error:", error)


for source in ("d + d", "d + t", "t + d", "d + 1", "1 + d", "d += 1", "d < d", "d < t", "d > t", "1 < d", "d == t", "d != 1", "d == d"):
    attempt(source)


class Int(int):
    def __radd__(self, other):
        return "Int.radd"

    def __rsub__(self, other):
        return "Int.rsub"


print(1 + Int(2), Int(1) + 2, 1 - Int(1), 1 * Int(3), 1.5 + Int(1))


class Str(str):
    def __rmod__(self, other):
        return "Str.rmod"

    def __radd__(self, other):
        return "Str.radd"


print("%s" % Str("x"), "a" + Str("b"), Str("a") + "b")


class Power:
    def __pow__(self, exponent, modulus=None):
        return ("pow", exponent, modulus)

    def __rpow__(self, base, modulus=None):
        return ("rpow", base, modulus)


print(Power() ** 2, 2 ** Power(), pow(Power(), 2), pow(Power(), 2, 3), pow(2, Power()))
try:
    print(pow(2, Power(), 5))
except TypeError as error:
    print(error)
try:
    pow(2, 3, "a")
except TypeError as error:
    print(error)


class Unary:
    def __neg__(self):
        return "neg"

    def __pos__(self):
        return "pos"

    def __invert__(self):
        return "invert"

    def __abs__(self):
        return "abs"

    def __divmod__(self, other):
        return ("divmod", other)

    def __rdivmod__(self, other):
        return ("rdivmod", other)

    def __round__(self, digits="none"):
        return ("round", digits)


u = Unary()
print(-u, +u, ~u, abs(u), divmod(u, 1), divmod(1, u), round(u), round(u, 2), round(u, None))
for source in ("-'a'", "+[]", "~1.5", "abs('x')", "divmod('a', 1)", "round('a')", "not_there"):
    try:
        eval(source)
    except (TypeError, NameError) as error:
        print(error)
