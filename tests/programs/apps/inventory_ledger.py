"""An inventory with validated descriptors, undo by commands, observers and reports in several formats."""
import json
from abc import ABC, abstractmethod
from collections import deque
from weakref import WeakKeyDictionary, WeakSet


class Validated:
    def __init__(self, *checks):
        self.checks, self.values = checks, WeakKeyDictionary()

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        return self if instance is None else self.values[instance]

    def __set__(self, instance, value):
        for check in self.checks:
            if not check(value):
                raise ValueError(f"{self.name}={value!r} fails {check.__name__}")
        self.values[instance] = value


def positive(n): return n >= 0
def integer(n): return type(n) is int
def named(s): return isinstance(s, str) and s.strip() == s != ""


class Item:
    name, count, cents = Validated(named), Validated(integer, positive), Validated(integer, positive)

    def __init__(self, name, count, cents):
        self.name, self.count, self.cents = name, count, cents

    def __format__(self, spec):
        match spec:
            case "json":
                return json.dumps({"name": self.name, "count": self.count, "cents": self.cents}, separators=",:")
            case "csv":
                return f"{self.name};{self.count};{self.cents / 100:.2f}"
        return format(f"{self.count}x{self.name}", spec)


class Command(ABC):
    @abstractmethod
    def do(self, store): ...
    @abstractmethod
    def undo(self, store): ...


class Add(Command):
    def __init__(self, name, count, cents=0):
        self.args = name, count, cents

    def do(self, store):
        name, count, cents = self.args
        self.before = store.items[name].count if name in store.items else None
        if self.before is None:
            store.items[name] = Item(name, count, cents)
        else:
            store.items[name].count += count

    def undo(self, store):
        if self.before is None:
            del store.items[self.args[0]]
        else:
            store.items[self.args[0]].count = self.before


class Batch(Command):
    def __init__(self, *commands):
        self.commands = commands

    def do(self, store):
        done = []
        try:
            for command in self.commands:
                command.do(store)
                done.append(command)
        except Exception as error:
            for command in reversed(done):
                command.undo(store)
            error.add_note(f"rolled back {len(done)}")
            raise

    def undo(self, store):
        for command in reversed(self.commands):
            command.undo(store)


class Store:
    def __init__(self):
        self.items, self.history, self.watchers = {}, deque(maxlen=3), WeakSet()

    def run(self, command):
        command.do(self)
        self.history.append(command)
        for watcher in self.watchers:
            watcher(self)

    def undo(self):
        self.history.pop().undo(self)

    def __iter__(self):
        return iter(sorted(self.items.values(), key=lambda i: i.name))


class Watcher:
    seen = []

    def __call__(self, store):
        self.seen.append(sum(i.count for i in store))


store, watcher = Store(), Watcher()
store.watchers.add(watcher)
for command in (Add("nut", 5, 10), Add("bolt", 3, 25), Batch(Add("nut", -2), Add("gear", 1, 999)), Batch(Add("bolt", 1), Add("nut", -9)), Add(" bad", 1), Add("nut", 1.5)):
    try:
        store.run(command)
    except ValueError as error:
        print(error, getattr(error, "__notes__", ""))
print([f"{i}" for i in store], [f"{i:json}" for i in store], [f"{i:csv}" for i in store], [f"{i:>10}" for i in store])
print(Watcher.seen)
del watcher
store.run(Add("nut", 1))
print(Watcher.seen, len(store.watchers))
while True:
    try:
        store.undo()
        print([f"{i}" for i in store], len(store.history))
    except IndexError as error:
        print(error)
        break
try:
    Command()
except TypeError as error:
    print(error)
