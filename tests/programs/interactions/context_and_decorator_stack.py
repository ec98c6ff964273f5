"""A stack of decorators of several kinds on one function: wraps, contexts, caches, properties, class decorators, partials."""
import functools
from contextlib import ContextDecorator, contextmanager, nullcontext

log = []


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        log.append(f"> {function.__name__} {len(args)}")
        try:
            return function(*args, **kwargs)
        finally:
            log.append(f"< {function.__name__}")
    return wrapper


def repeat(times, /, *, join=tuple):
    def decorator(function):
        @functools.wraps(function, updated=("__dict__",))
        def wrapper(*args, **kwargs):
            return join(function(*args, **kwargs) for _ in range(times))
        wrapper.times = times
        return wrapper
    return decorator


class Retry:
    def __init__(self, *errors):
        self.errors = errors

    def __call__(self, function):
        functools.update_wrapper(self, function)
        self.function = function
        return self

    def __get__(self, instance, owner=None):
        return functools.partial(self.run, *(() if instance is None else (instance,)))

    def run(self, *args):
        for attempt in range(3):
            try:
                return self.function(*args), attempt
            except self.errors as error:
                log.append(f"retry {error}")
        raise RuntimeError("gave up")


class timed(ContextDecorator):
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        log.append(f"enter {self.name}")
        return self

    def __exit__(self, *info):
        log.append(f"exit {self.name} {info[0] and info[0].__name__}")


@contextmanager
def section(name):
    log.append(f"section {name}")
    yield
    log.append(f"end {name}")


class Service:
    fails = 0

    @logged
    @repeat(2, join=list)
    @timed("t")
    @section("s")
    def work(self, n):
        """Works."""
        return n * 2

    @Retry(ValueError, KeyError)
    def flaky(self, n):
        self.fails += 1
        if self.fails % 3:
            raise ValueError(f"number {self.fails}")
        return n

    @classmethod
    @logged
    def make(cls, *args):
        return cls.__name__, args

    @staticmethod
    @logged
    @functools.cache
    def cached(n):
        log.append("computed")
        return n

    @property
    @logged
    def prop(self):
        return "prop"

    @functools.singledispatchmethod
    @staticmethod
    def kind(value):
        return "other"

    @kind.register
    @staticmethod
    def _(value: int | bool):
        return "int"

    @kind.register(list)
    @staticmethod
    @logged
    def _(value):
        return "list"


def show(title, value):
    print(title, value, log)
    log.clear()


service = Service()
show("work", service.work(4))
print(Service.work.__name__, Service.work.__doc__, Service.work.times, Service.work.__wrapped__.__wrapped__.__qualname__)
show("flaky", service.flaky(1))
show("flaky", service.flaky(2))
service.fails = 3
show("make", Service.make(1))
show("cached", (service.cached(1), Service.cached(1)))
show("prop", service.prop)
show("kind", (service.kind(1), service.kind([]), Service.kind("x"), service.kind(True)))
try:
    with timed("fails"), nullcontext(5) as five, section("never ends"):
        raise LookupError(five)
except LookupError as error:
    show("error", error)
