"""Objects that wrap one another far too often: an error, and nothing worse."""
import functools
import itertools

DEPTH = 20_000


def nested(wrap, start):
    for _ in range(DEPTH):
        start = wrap(start)
    return start


def outcome(action):
    try:
        action()
    except (RecursionError, StopIteration):
        pass
    return "ended"


class Partial(functools.partial):
    pass


def partials():
    function = Partial(int)
    for _ in range(DEPTH):
        function = Partial(function)
        function.attribute = 1
    return function


for wrap in map, filter:
    print(wrap.__name__, outcome(lambda: next(nested(lambda inner: wrap(lambda item: item, inner), iter([1])))))
for wrap in zip, enumerate, itertools.chain, itertools.cycle, itertools.accumulate:
    print(wrap.__name__, outcome(lambda: next(nested(wrap, iter([1, 2])))))
print("islice", outcome(lambda: next(nested(lambda inner: itertools.islice(inner, 2), iter([1])))))
print("generators", outcome(lambda: next(nested(lambda inner: (item for item in inner), iter([1])))))
print("partial", outcome(partials()))
print("static methods", outcome(nested(staticmethod, int)))


def delegating(inner):
    yield from inner


def waiting():
    generator = iter([1, 2])
    for _ in range(900):
        generator = delegating(generator)
    next(generator)
    return generator


print("throw", outcome(lambda: waiting().close()))
for _ in range(2):
    generators = nested(delegating, iter(()))
    del generators
print("unstarted ones ended")
class_ = object
for _ in range(200):
    class_ = type("C", (class_,), {})
print(len(class_.__mro__))
