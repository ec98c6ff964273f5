"""An interpreter for a tiny language: tokenizer, precedence parser, closures, errors with positions."""
import operator
import re

TOKEN = re.compile(r"\s*(?:(?P<num>\d+(?:\.\d+)?)|(?P<name>[a-z_]\w*)|(?P<op>=>|==|<=|[-+*/%()<>={};,]))", re.A)
LEVELS = [{"==": operator.eq, "<": operator.lt, ">": operator.gt, "<=": operator.le},
          {"+": operator.add, "-": operator.sub},
          {"*": operator.mul, "/": operator.truediv, "%": operator.mod}]


class LangError(Exception):
    pass


def tokens(text):
    at = 0
    text = text.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise LangError(f"unexpected {text[at:].lstrip()[0]!r} at {at}")
        yield match.lastgroup, match[match.lastgroup], match.start(match.lastgroup)
        at = match.end()
    yield "end", "", at


class Parser:
    def __init__(self, text):
        self.items, self.at = list(tokens(text)), 0

    def peek(self):
        return self.items[self.at][1]

    def take(self, expected=None):
        kind, text, where = self.items[self.at]
        if expected is not None and text != expected:
            raise LangError(f"expected {expected!r}, got {text or 'end'!r} at {where}")
        self.at += 1
        return kind, text

    def block(self, end=""):
        body = []
        while self.peek() != end:
            body.append(self.statement())
        self.take(end)
        return lambda env: [step(env) for step in body][-1] if body else None

    def statement(self):
        if self.peek() == "while":
            self.take()
            test = self.expression()
            self.take("{")
            body = self.block("}")

            def loop(env):
                value = None
                while test(env):
                    value = body(env)
                return value
            return loop
        value = self.expression()
        self.take(";")
        return value

    def expression(self, level=0):
        if level == len(LEVELS):
            return self.call()
        left = self.expression(level + 1)
        while (op := self.peek()) in LEVELS[level]:
            self.take()
            left = self.binary(LEVELS[level][op], left, self.expression(level + 1))
        return left

    def binary(self, function, left, right):
        return lambda env: function(left(env), right(env))

    def call(self):
        target = self.atom()
        while self.peek() == "(":
            self.take()
            args = []
            while self.peek() != ")":
                args.append(self.expression())
                if self.peek() == ",":
                    self.take()
            self.take(")")
            target = (lambda f, args: lambda env: f(env)(*[arg(env) for arg in args]))(target, args)
        return target

    def atom(self):
        kind, text = self.take()
        if kind == "num":
            number = float(text) if "." in text else int(text)
            return lambda env: number
        if text == "(":
            inside = self.expression()
            self.take(")")
            return inside
        if text == "fn":
            _, name = self.take()
            self.take("=>")
            body = self.expression()
            return lambda env: lambda value: body(env | {name: value})
        if kind == "name" and self.peek() == "=":
            self.take()
            value = self.expression()
            return lambda env: env.__setitem__(text, value(env)) or env[text]
        if kind == "name":
            return lambda env: env[text]
        raise LangError(f"unexpected {text or 'end'!r}")


def run(source):
    try:
        print(Parser(source).block()({"max": max, "abs": abs}))
    except (LangError, KeyError, ZeroDivisionError, TypeError) as error:
        print(type(error).__name__, error)


run("1 + 2 * 3 - 4 / 2;")
run("n = 30; a = 0; b = 1; while 0 < n { t = a + b; a = b; b = t; n = n - 1; } a;")
run("add = fn x => fn y => x + y; inc = add(1); inc(inc(40));")
run("twice = fn f => fn x => f(f(x)); twice(twice(fn x => x * x))(3);")
run("i = 0; s = 0; while i < 3000 { i = i + 1; s = s + i % 7; } s;")
run("max(1, 2.5, abs(0 - 9));")
for bad in ("1 + ;", "a;", "1 / 0;", "$", "(1;", "1 2;", "5(1);", "while 1 { 2;"):
    run(bad)
