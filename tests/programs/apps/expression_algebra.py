"""Symbolic expressions by operator overloading: simplification, differentiation, evaluation, hashing, substitution, printing."""
import math
import operator
from functools import singledispatch
from numbers import Number


class Expr:
    precedence = 9

    def _make(symbol):
        return (lambda self, other: simplify(Op(symbol, self, wrap(other))) if wrap(other) is not None else NotImplemented,
                lambda self, other: simplify(Op(symbol, wrap(other), self)) if wrap(other) is not None else NotImplemented)

    __add__, __radd__ = _make("+")
    __sub__, __rsub__ = _make("-")
    __mul__, __rmul__ = _make("*")
    __truediv__, __rtruediv__ = _make("/")
    __pow__, __rpow__ = _make("**")
    __neg__ = lambda self: -1 * self
    __call__ = lambda self, **values: evaluate(self, values)


class Const(Expr):
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return isinstance(other, Const) and self.value == other.value

    def __hash__(self):
        return hash(self.value)

    def __str__(self):
        return str(self.value)


class Var(Expr):
    known = {}

    def __new__(cls, name):
        return cls.known.setdefault(name, super().__new__(cls))

    def __init__(self, name):
        self.name = name

    __str__ = lambda self: self.name


class Op(Expr):
    FUNCTIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "**": operator.pow}
    LEVELS = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}

    def __init__(self, symbol, left, right):
        self.symbol, self.left, self.right = symbol, left, right
        self.precedence = self.LEVELS[symbol]

    def __eq__(self, other):
        return isinstance(other, Op) and (self.symbol, self.left, self.right) == (other.symbol, other.left, other.right)

    def __hash__(self):
        return hash((self.symbol, self.left, self.right))

    def __str__(self):
        def side(part, strict):
            return f"({part})" if part.precedence < self.precedence + strict else str(part)
        return f"{side(self.left, self.symbol == '**')} {self.symbol} {side(self.right, self.symbol in '-/')}"


def wrap(value):
    return value if isinstance(value, Expr) else Const(value) if isinstance(value, Number) else None


def simplify(e):
    match e:
        case Op(symbol=s, left=Const(value=a), right=Const(value=b)) if s != "/" or (b and a % b == 0):
            return Const(Op.FUNCTIONS[s](a, b) if s != "/" else a // b)
        case Op(symbol="+", left=Const(value=0), right=x) | Op(symbol="+" | "-", left=x, right=Const(value=0)):
            return x
        case Op(symbol="*", left=Const(value=0)) | Op(symbol="*", right=Const(value=0)):
            return Const(0)
        case Op(symbol="*", left=Const(value=1), right=x) | Op(symbol="*" | "/" | "**", left=x, right=Const(value=1)):
            return x
        case Op(symbol="**", right=Const(value=0)):
            return Const(1)
        case Op(symbol="-", left=x, right=y) if x == y:
            return Const(0)
        case Op(symbol="+", left=x, right=y) if x == y:
            return 2 * x
    return e


@singledispatch
def derive(e, by):
    raise NotImplementedError(type(e).__name__)


@derive.register
def _(e: Const, by):
    return Const(0)


@derive.register
def _(e: Var, by):
    return Const(int(e is by))


@derive.register
def _(e: Op, by):
    a, b = e.left, e.right
    match e.symbol:
        case "+" | "-":
            return simplify(Op(e.symbol, derive(a, by), derive(b, by)))
        case "*":
            return derive(a, by) * b + a * derive(b, by)
        case "/":
            return (derive(a, by) * b - a * derive(b, by)) / b ** 2
        case "**" if isinstance(b, Const):
            return b * a ** (b - 1) * derive(a, by)
    raise NotImplementedError(e.symbol)


def evaluate(e, values):
    match e:
        case Const(value=v):
            return v
        case Var(name=n):
            return values[n]
        case Op(symbol=s, left=a, right=b):
            return Op.FUNCTIONS[s](evaluate(a, values), evaluate(b, values))


x, y = Var("x"), Var("y")
for e in (x + 0, 0 * x + 1 * y, x ** 2 + 3 * x + 1, (x + 1) * (x - 1), x / (y + 1) / 2, 2 - (x - y), -(x + y), (x ** 2) ** 3, 2 ** x, x + x, x - x, 6 / Const(3) * x, x * (y * 2), 1 / x):
    try:
        d = derive(e, x)
        print(e, "|", d, "|", derive(d, x), "|", e(x=3, y=2))
    except NotImplementedError as error:
        print(e, "has no derivative for", error)
print(Var("x") is x, hash(x + y * 2) == hash(x + y * 2), x + y == y + x, len({x + 1, x + 1, 1 + x}))
for bad in (lambda: x + "a", lambda: [] * x, lambda: (x + y)(x=1), lambda: x @ y, lambda: x < y):
    try:
        bad()
    except (TypeError, KeyError) as error:
        print(type(error).__name__, error)
print((x ** 3 - 2 * x)(x=1.5), (x / 2)(x=3), ((x + 1j) * y)(x=1, y=2), (x + 1)(x=True), math.isclose((1 / x)(x=3), 1 / 3))
