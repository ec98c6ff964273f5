"""An event system: decorators register handlers, wildcards, priorities, weak methods, one-shot handlers, errors collected."""
import fnmatch
import functools
import gc
import itertools
import weakref


class Bus:
    def __init__(self):
        self.handlers, self.order, self.errors = [], itertools.count(), []

    def on(self, pattern, *, priority=0, once=False):
        def register(function):
            reference = weakref.WeakMethod(function, self.forget) if hasattr(function, "__self__") else lambda: function
            self.handlers.append((-priority, next(self.order), pattern, reference, once))
            self.handlers.sort(key=lambda entry: entry[:2])
            return function
        return register

    def forget(self, reference):
        self.handlers = [entry for entry in self.handlers if entry[3] is not reference]

    def emit(self, name, **data):
        results = []
        for entry in list(self.handlers):
            *_, pattern, reference, once = entry
            if not fnmatch.fnmatchcase(name, pattern):
                continue
            if once and entry in self.handlers:
                self.handlers.remove(entry)
            if (handler := reference()) is None:
                continue
            try:
                results.append(handler(name, **data))
            except StopIteration as stop:
                results.append(stop.value)
                break
            except Exception as error:
                self.errors.append(error)
        return results


bus = Bus()


@bus.on("user.*")
def log_user(name, **data):
    return f"log {name} {sorted(data)}"


@bus.on("*.created", priority=5, once=True)
@functools.wraps(log_user)
def first_time(name, **data):
    return f"first {name}"


@bus.on("user.deleted", priority=1)
def broken(name, *, user):
    return f"deleted {user}"


@bus.on("stop", priority=9)
def stopper(name):
    raise StopIteration("stopped here")


bus.on("*")(lambda name, **data: len(name))


class Counter:
    def __init__(self):
        self.seen = 0
        bus.on("user.*", priority=-1)(self.count)

    def count(self, name, **data):
        self.seen += 1
        if self.seen == 2:
            bus.on("late")(lambda name: "added while emitting")
        return f"count {self.seen}"


counter = Counter()
print(bus.emit("user.created", user="x"), first_time.__name__)
print(bus.emit("user.created", user="x"))
print(bus.emit("user.deleted"), bus.errors)
print(bus.emit("user.deleted", user="y"))
print(bus.emit("stop"), bus.emit("late"))
print(len(bus.handlers))
del counter
gc.collect()
print(len(bus.handlers), bus.emit("user.x"))
