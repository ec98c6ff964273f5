"""Hot calls of builtin methods through attributes that are shadowed, rebound, wrapped, and called with odd arguments."""
import builtins


def use(items, value):
    items.append(value)
    return items[-1], len(items), isinstance(value, int), str(value), value.__class__.__name__


class Stack(list):
    def append(self, value):
        super().append((value,))

    def __len__(self):
        return -5 if not self[:] else 77


class Fake:
    def __init__(self):
        self.append = lambda value: None

    def __getitem__(self, i):
        return "fake"

    def __len__(self):
        return 3


def hot(make, value, turns=60):
    for _ in range(turns):
        try:
            out = use(make(), value)
        except Exception as error:
            out = f"{type(error).__name__}: {error}"
    return out


from array import array
from collections import deque

for make in (list, Stack, deque, Fake, lambda: array("i"), bytearray, tuple, lambda: None):
    print([hot(make, value) for value in (1, True, 2.5, "x", None)])
real = builtins.len, builtins.isinstance, builtins.str
builtins.len = lambda it: "len replaced"
print(hot(list, 1))
builtins.isinstance = lambda *a: "isinstance replaced"
print(hot(list, 1))
str = repr
print(hot(list, "s"))
builtins.len, builtins.isinstance, _ = real
del str
print(hot(list, "s"))


def bound(items):
    append, pop = items.append, items.pop
    for i in range(50):
        append(i)
    for _ in range(48):
        pop()
    pop(0)
    return items


print(bound([]), bound(bytearray()), bound(array("h")))


def many(text):
    return text.upper(), text.split(","), text.replace("a", "b"), text.startswith("a"), text.join("12"), text.encode(), text.strip("a"), text.find("b"), text.partition(","), text.zfill(5), text.title()


for text in ("a,b", "", "äa", "a" * 3, type("S", (__builtins__.str,), {"upper": lambda self: "own upper", "find": 5})("a,b")):
    for _ in range(40):
        try:
            out = many(text)
        except TypeError as error:
            out = f"{type(error).__name__}: {error}"
    print(out)


def errors(items):
    out = []
    for action in (lambda: items.append(), lambda: items.append(1, 2), lambda: items.append(x=1), lambda: items.pop("x"), lambda: items.pop(99), lambda: items.insert(1), lambda: items.sort(None), lambda: items.sort(kye=1),
                   lambda: items.index(), lambda: items.nothing(), lambda: list.append(5, 1), lambda: list.append(), lambda: [].__init__(1, 2), lambda: items.remove("no"), lambda: items.extend(5), lambda: items.__setitem__(0)):
        try:
            out.append(action())
        except Exception as error:
            out.append(f"{type(error).__name__}: {error}")
    return out


for _ in range(30):
    out = errors([1])
print(*out, sep="\n")
