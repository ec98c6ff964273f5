"""Chains of generators with send through yield from, return values collected, early exits, and errors that travel both ways."""


def source(n):
    sent = []
    for i in range(n):
        got = yield i
        if got is not None:
            sent.append(got)
    return sent


def passing(inner):
    result = yield from inner
    log.append(("passed", result))
    return result


def doubling(inner):
    value, answer = next(inner), None
    try:
        while True:
            answer = yield value * 2
            value = inner.send(answer)
    except StopIteration as stop:
        return ("doubled", stop.value)


def retrying(make, times):
    for attempt in range(times):
        try:
            return (yield from make(attempt))
        except ValueError as error:
            log.append(f"attempt {attempt}: {error}")
    return "gave up"


def flaky(attempt):
    yield f"start {attempt}"
    if attempt < 2:
        raise ValueError(f"flaky {attempt}")
    yield "works"
    return "finally"


def drain(g, *sends):
    out = []
    try:
        out.append(next(g))
        for s in sends:
            out.append(g.send(s))
        while True:
            out.append(next(g))
    except StopIteration as stop:
        return out, stop.value


log = []
print(drain(passing(source(3)), "a", "b"), drain(doubling(passing(source(3))), None, "x"), drain(retrying(flaky, 5)), drain(retrying(flaky, 1)), log)
log.clear()
print(drain(passing(iter([1, 2]))), drain(passing("ab")), drain(passing(range(2))), drain(passing({"k": 1})))
for bad in (5, None):
    try:
        drain(passing(bad))
    except TypeError as error:
        print(error)
g = passing(iter([1, 2]))
next(g)
try:
    g.send("to a list iterator")
except AttributeError as error:
    print(error)


class Inner:
    def __iter__(self):
        return self

    def __next__(self):
        return "next"

    def send(self, value):
        if value == "stop":
            raise StopIteration("by send")
        return f"sent {value}"

    def throw(self, *args):
        log.append(("throw", [a if isinstance(a, type) else repr(a) for a in args]))
        return "thrown"

    def close(self):
        log.append("close")
        if self.fails:
            raise OSError("close fails")

    fails = False


log.clear()
g = passing(Inner())
print(next(g), g.send(1), next(g), g.throw(KeyError("k")), g.close(), log)
g = passing(Inner())
print(next(g), end=" ")
try:
    g.send("stop")
except StopIteration as stop:
    print(stop.value)
Inner.fails = True
g = passing(Inner())
next(g)
try:
    g.close()
except OSError as error:
    print(error)
del Inner.throw, Inner.close
g = passing(Inner())
next(g)
try:
    g.throw(KeyError("no throw"))
except KeyError as error:
    print(repr(error), g.gi_frame)


def tree(node):
    if node:
        left, value, right = node
        yield from tree(left)
        yield value
        yield from tree(right)


print(list(tree(((None, 1, None), 2, ((None, 3, None), 4, None)))))


def broadcast(*targets):
    for t in targets:
        next(t)
    while True:
        item = yield
        for t in list(targets):
            try:
                t.send(item)
            except StopIteration:
                targets = tuple(x for x in targets if x is not t)


def taker(name, n):
    for _ in range(n):
        log.append((name, (yield)))


log.clear()
b = broadcast(taker("one", 1), taker("three", 3))
next(b)
for item in "abcd":
    b.send(item)
print(log)


def circular():
    yield from me


me = circular()
try:
    next(me)
except ValueError as error:
    print(error)


def deep(n):
    if n:
        return (yield from deep(n - 1)) + 1
    yield "bottom"
    return 0


print(drain(deep(100)))
