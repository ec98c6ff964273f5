"""Deep recursion at different limits, through several kinds of calls, and what still works behind it."""
import functools
import operator
import sys


def plain(n):
    return 0 if n == 0 else 1 + plain(n - 1)


class Deep:
    def __init__(self, n):
        self.n = n

    def __getattr__(self, name):
        return Deep(self.n - 1).missing if self.n else "bottom"

    def __eq__(self, other):
        return Deep(self.n + 1) == other

    def __len__(self):
        return len(Deep(self.n + 1))

    def __call__(self):
        return Deep(self.n + 1)()

    def __repr__(self):
        return repr([self])

    def __iter__(self):
        return iter(Deep(self.n))

    def __hash__(self):
        return hash((self,))

    def __enter__(self):
        with self:
            pass

    def __exit__(self, *info):
        pass

    @property
    def prop(self):
        return self.prop

    @functools.cached_property
    def cached(self):
        return self.cached


def generator(n):
    yield n
    yield from generator(n + 1)


def through_map(n):
    return list(map(through_map, [n]))


def through_sort(n):
    return sorted([2, 1], key=lambda x: through_sort(n))


def comprehension(n):
    return [comprehension(n) for _ in (1,)]


def enter():
    with Deep(0):
        pass


def attempt(title, action):
    try:
        result = action()
        print(title, "gave", result)
    except RecursionError as error:
        print(title, type(error).__name__, str(error).split(" while")[0].split(" in ")[0])
    except RuntimeError as error:
        print(title, error)


for limit in (150, 400, 1000):
    sys.setrecursionlimit(limit)
    print(limit, plain(limit - 60))
    attempt("plain", lambda: plain(limit))
    attempt("getattr", lambda: Deep(limit).missing)
    attempt("eq", lambda: Deep(0) == 1)
    attempt("len", lambda: len(Deep(0)))
    attempt("call", Deep(0))
    attempt("repr", lambda: repr(Deep(0)))
    attempt("iter", lambda: list(Deep(0)))
    attempt("hash", lambda: hash(Deep(0)))
    attempt("with", enter)
    attempt("property", lambda: Deep(0).prop)
    attempt("cached", lambda: Deep(0).cached)
    attempt("generator", lambda: sum(generator(0)))
    attempt("map", lambda: through_map(1))
    attempt("sort", lambda: through_sort(1))
    attempt("comprehension", lambda: comprehension(1))
    attempt("lambda", lambda f=(lambda f: f(f)): f(f))
    attempt("partial", functools.partial(lambda f: f(f), lambda f: functools.partial(f, f)()))
    attempt("enough", lambda: Deep(20).missing)
for bad in (0, -5, 1.5, 2**40, "x"):
    try:
        sys.setrecursionlimit(bad)
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
print(sys.getrecursionlimit())


def handler_at_the_bottom(n):
    try:
        return handler_at_the_bottom(n + 1)
    except RecursionError:
        return "handled"


def finally_all_the_way(n):
    global unwound
    try:
        finally_all_the_way(n + 1)
    finally:
        unwound += 1


unwound = 0
print(handler_at_the_bottom(0))
attempt("finally", lambda: finally_all_the_way(0))
print(unwound > 900, plain(500))
