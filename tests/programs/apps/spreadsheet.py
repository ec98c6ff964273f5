"""A spreadsheet: cells with formulas compiled by ast, dependencies, cycles, ranges, recalculation of what depends, errors as values."""
import ast
import re
from statistics import mean


class CellError(Exception):
    pass


class Sheet:
    FUNCTIONS = {"SUM": lambda *v: sum(flat(v)), "AVG": lambda *v: mean(flat(v)), "MAX": lambda *v: max(flat(v)), "IF": lambda c, a, b: a if c else b, "LEN": lambda v: len(flat([v])), "ROUND": round}

    def __init__(self):
        self.sources, self.values, self.uses, self.counts = {}, {}, {}, {}

    def __setitem__(self, cell, source):
        self.sources[cell] = source
        self.uses[cell] = set(self.names(source)) if isinstance(source, str) and source.startswith("=") else set()
        self.forget(cell)

    def __delitem__(self, cell):
        del self.sources[cell]
        self.uses.pop(cell)
        self.forget(cell)

    def forget(self, cell, seen=None):
        seen = set() if seen is None else seen
        if cell in seen:
            return
        seen.add(cell)
        self.values.pop(cell, None)
        for other, uses in self.uses.items():
            if cell in uses:
                self.forget(other, seen)

    def expand(self, text):
        a, _, b = text.partition(":")
        (c1, r1), (c2, r2) = ((m[1], int(m[2])) for m in (re.fullmatch(r"([A-Z])(\d+)", part) for part in (a, b)))
        return [f"{chr(c)}{r}" for r in range(r1, r2 + 1) for c in range(ord(c1), ord(c2) + 1)]

    def names(self, source):
        for text in re.findall(r"[A-Z]\d+(?::[A-Z]\d+)?", source):
            yield from self.expand(text) if ":" in text else [text]

    def __getitem__(self, cell):
        if cell in self.values:
            value = self.values[cell]
            if value is self:
                raise CellError(f"cycle at {cell}")
            if isinstance(value, CellError):
                raise value
            return value
        source = self.sources.get(cell, 0)
        if not isinstance(source, str) or not source.startswith("="):
            return source
        self.values[cell] = self
        self.counts[cell] = self.counts.get(cell, 0) + 1
        try:
            text = re.sub(r"[A-Z]\d+:[A-Z]\d+", lambda m: f"[{','.join(self.expand(m[0]))}]", source[1:])
            result = self.evaluate(ast.parse(text, mode="eval").body)
        except CellError as error:
            self.values[cell] = error
            raise
        except (SyntaxError, ZeroDivisionError, TypeError, KeyError, ValueError) as error:
            self.values[cell] = CellError(f"#{type(error).__name__}")
            raise self.values[cell] from error
        self.values[cell] = result
        return result

    def evaluate(self, node):
        match node:
            case ast.Constant(value):
                return value
            case ast.Name(name):
                return self[name]
            case ast.List(items):
                return [self.evaluate(item) for item in items]
            case ast.BinOp(left, op, right):
                a, b = self.evaluate(left), self.evaluate(right)
                return {ast.Add: lambda: a + b, ast.Sub: lambda: a - b, ast.Mult: lambda: a * b, ast.Div: lambda: a / b, ast.Pow: lambda: a ** b}[type(op)]()
            case ast.UnaryOp(ast.USub(), value):
                return -self.evaluate(value)
            case ast.Compare(left, [op], [right]):
                a, b = self.evaluate(left), self.evaluate(right)
                return {ast.Lt: lambda: a < b, ast.Gt: lambda: a > b, ast.Eq: lambda: a == b}[type(op)]()
            case ast.Call(ast.Name(name), args, []):
                return self.FUNCTIONS[name](*map(self.evaluate, args))
        raise SyntaxError(type(node).__name__)


def flat(values):
    return [x for v in values for x in (flat(v) if isinstance(v, list) else [v])]


def show(sheet, *cells):
    out = []
    for cell in cells:
        try:
            value = sheet[cell]
            out.append(f"{cell}={value:.2f}" if isinstance(value, float) else f"{cell}={value}")
        except CellError as error:
            out.append(f"{cell}: {error} ({type(error.__cause__).__name__})")
    print(*out)


s = Sheet()
for cell, source in {"A1": 5, "A2": 7, "A3": "=A1+A2*2", "B1": "=SUM(A1:A3)", "B2": "=AVG(A1:A3)/B1", "B3": "=IF(B1>20, 'big', 'small')", "C1": "=MAX(A1:B2, 100)", "C2": "=C3", "C3": "=C2+1",
                     "D1": "=1/0", "D2": "=D1+1", "D3": "=nope(1)", "D4": "=1 +", "D5": "text", "D6": "=D5+1", "D7": "=LEN(A1:C3)", "D8": "=-A1**2", "D9": "=Z9", "E1": "=lambda: 1"}.items():
    s[cell] = source
show(s, *s.sources)
s["A1"] = 50
show(s, "A3", "B1", "B3", "D8")
s["C2"] = 1
show(s, "C2", "C3")
del s["A2"]
show(s, "A3", "B1")
s["A2"] = "=B1"
show(s, "A2", "B1", "A3")
print({k: v for k, v in s.counts.items() if v > 1})
