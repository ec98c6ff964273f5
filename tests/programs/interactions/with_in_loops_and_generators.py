"""with blocks in loops that break, continue, return, yield and raise: each __exit__ exactly once, in order."""


class Guard:
    opened = 0

    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        Guard.opened += 1
        return self

    def __exit__(self, kind, error, trace):
        Guard.opened -= 1
        log.append(f"{self.name}:{kind.__name__ if kind else '-'}")
        return self.swallow


log = []


def show(title, value):
    print(f"{title:20}{value!r:24}{' '.join(log)} open={Guard.opened}")
    log.clear()


def breaks():
    for i in range(3):
        with Guard(f"a{i}"), Guard(f"b{i}"):
            if i == 1:
                break
    else:
        return "else"
    return i


def continues():
    done = []
    for i in range(3):
        with Guard(f"a{i}"):
            if i == 1:
                continue
            done.append(i)
    return done


def returns():
    while True:
        with Guard("a"):
            with Guard("b"):
                return "returned"


def swallows():
    for i in range(3):
        with Guard(f"s{i}", swallow=True):
            if i == 0:
                raise KeyError(i)
            if i == 1:
                [].pop()
            return i


def yields():
    with Guard("g"):
        for i in range(3):
            with Guard(f"i{i}"):
                yield i


def finally_over():
    with Guard("outer"):
        try:
            with Guard("inner"):
                return "try"
        finally:
            return "finally"


def swallow_return():
    with Guard("x", swallow=True):
        with Guard("y"):
            return 1 / 0
    return "after"


def exit_raises():
    class Bad(Guard):
        def __exit__(self, *info):
            super().__exit__(*info)
            raise LookupError(self.name) from None
    try:
        with Guard("outer"), Bad("bad"), Guard("in"):
            raise ValueError("body")
    except LookupError as error:
        return str(error), type(error.__context__).__name__


for function in (breaks, continues, returns, swallows, finally_over, swallow_return, exit_raises):
    show(function.__name__, function())
show("exhausted", list(yields()))
generator = yields()
show("first", next(generator))
show("closed", generator.close())
generator = yields()
next(generator)
try:
    generator.throw(OSError("in"))
except OSError as error:
    show("thrown", str(error))
generator = yields()
next(generator)
del generator
show("dropped", None)
for item in yields():
    break
show("left", item)
del item
show("nested", [a + b for a in yields() for b in yields() if a + b == 2])
for _ in range(200):
    swallows()
    returns()
print(len(log), Guard.opened)
