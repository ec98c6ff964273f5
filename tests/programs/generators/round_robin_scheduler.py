"""Generators as tasks: a scheduler, a pipeline with send, coroutine-style parsers, tree walkers and backtracking."""
from collections import deque


def task(name, steps):
    total = 0
    for i in range(steps):
        received = yield f"{name}{i}"
        total += received or 0
    return name, total


def schedule(*tasks):
    ready, results, log = deque((t, None) for t in tasks), [], []
    tick = 0
    while ready:
        t, value = ready.popleft()
        try:
            log.append(t.send(value))
            tick += 1
            ready.append((t, tick))
        except StopIteration as stop:
            results.append(stop.value)
    return log, results


print(schedule(task("a", 2), task("b", 3), task("c", 1)))


def averager():
    total, count, average = 0, 0, None
    while True:
        value = yield average
        if value is None:
            return total, count
        total += value
        count += 1
        average = total / count


a = averager()
next(a)
print([a.send(v) for v in (10, 20, 60)])
try:
    a.send(None)
except StopIteration as stop:
    print(stop.value)


def grouper(results, key):
    while True:
        results[key] = yield from averager()


results = {}
g = grouper(results, "x")
next(g)
for v in (1, 2, 3, None, 10, None):
    g.send(v)
print(results)


def tokens(text):
    number = ""
    for ch in text + " ":
        if ch.isdigit():
            number += ch
        else:
            if number:
                yield int(number)
                number = ""
            if not ch.isspace():
                yield ch


def parse(text):
    stream = tokens(text)
    current = next(stream, None)

    def advance():
        nonlocal current
        current, old = next(stream, None), current
        return old

    def atom():
        if current == "(":
            advance()
            value = expr()
            if advance() != ")":
                raise SyntaxError("expected )")
            return value
        if current == "-":
            advance()
            return -atom()
        if not isinstance(current, int):
            raise SyntaxError(f"unexpected {current!r}")
        return advance()

    def term():
        value = atom()
        while current in ("*", "/"):
            value = value * atom() if advance() == "*" else value / atom()
        return value

    def expr():
        value = term()
        while current in ("+", "-"):
            value = value + term() if advance() == "+" else value - term()
        return value

    result = expr()
    if current is not None:
        raise SyntaxError(f"left over {current!r}")
    return result


for text in ("1 + 2 * 3", "(1 + 2) * 3", "-(4 - 10) / 3", "2 * (3 + (4 * 5))", "1 +", "(1", "1 2", ""):
    try:
        print(text, "=", parse(text))
    except SyntaxError as error:
        print(text, "!", error)


def queens(n, placed=()):
    if len(placed) == n:
        yield placed
        return
    for column in range(n):
        if all(column != c and abs(column - c) != len(placed) - r for r, c in enumerate(placed)):
            yield from queens(n, placed + (column,))


print(next(queens(8)), sum(1 for _ in queens(6)), list(queens(4)))


def permutations(items):
    if not items:
        yield ()
    for i, item in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1 :]):
            yield (item, *rest)


print(list(permutations("abc")), sum(1 for _ in permutations("abcde")))


def hanoi(n, a="A", b="B", c="C"):
    if n:
        yield from hanoi(n - 1, a, c, b)
        yield a + c
        yield from hanoi(n - 1, b, a, c)


print(list(hanoi(3)), sum(1 for _ in hanoi(8)))


def broadcast(*targets):
    for t in targets:
        next(t)
    while True:
        value = yield
        for t in targets:
            t.send(value)


def printer(prefix):
    try:
        while True:
            print(prefix, (yield))
    finally:
        print(prefix, "closed")


targets = [printer("p1"), printer("p2")]
b = broadcast(*targets)
next(b)
b.send("hello")
b.send(5)
b.close()
for t in targets:
    t.close()


def collatz(n):
    while n != 1:
        yield n
        n = n // 2 if n % 2 == 0 else 3 * n + 1
    yield 1


print(list(collatz(7)), max(range(1, 100), key=lambda n: len(list(collatz(n)))))
