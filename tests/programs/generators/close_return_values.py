"""close() that returns the generator's value, generators that return while closing, nested closes and closes of finished ones."""


def returns_on_close():
    try:
        yield 1
    except GeneratorExit:
        return "value"


def returns_in_finally():
    try:
        yield 1
    finally:
        return "from finally"


def delegates():
    result = yield from returns_on_close()
    return f"got {result}"


def raises():
    try:
        yield
    finally:
        raise LookupError("while closing")


def yields_on():
    try:
        yield 1
    except GeneratorExit:
        yield 2


def reraises():
    try:
        yield 1
    except GeneratorExit as error:
        raise ValueError("instead") from error


for make in (returns_on_close, returns_in_finally, delegates, raises, yields_on, reraises):
    g = make()
    print(make.__name__, g.close(), end=" ")
    g = make()
    next(g)
    try:
        print(g.close(), g.close())
    except Exception as error:
        print(type(error).__name__, error, repr(error.__context__), g.gi_frame is None)
g = yields_on()
next(g)
try:
    g.close()
except RuntimeError:
    print(next(g, "ended"))
