"""Globals and builtins that are shadowed, unshadowed, deleted and replaced while a function that reads them is hot."""
import builtins
import types

scale = 2


def compute(n):
    return max(n, 1) * scale


def hot(n=3, turns=60):
    for _ in range(turns):
        out = compute(n)
    return out


def say(title):
    try:
        print(f"{title}:", hot())
    except NameError as error:
        print(f"{title}: {type(error).__name__}: {error}")


say("plain")
scale = 10
say("global changed")
max = lambda *them: 100
say("builtin shadowed")
del max
say("unshadowed")
builtins.max = min
say("builtin replaced")
builtins.scale = 1000
del scale
say("global only in builtins")
scale = 3
say("global again")
del builtins.scale, scale
say("nowhere")
globals()["scale"] = 4
say("through globals()")
builtins.max = __import__("operator").add
say("another builtin")
del builtins.max
say("builtin deleted")
builtins.max = lambda *them: sum(them)
say("builtin of our own")
globals().update(scale=7, **{f"filler{i}": i for i in range(100)})
say("many globals more")
for i in range(100):
    del globals()[f"filler{i}"]
say("many globals less")
globals()[5] = "a key that is no string"
say("odd key")
del globals()[5]

other = types.FunctionType(compute.__code__, {"scale": 50, "max": lambda *them: 1})
for _ in range(60):
    out = other(9), compute(9)
print(out)
restricted = types.FunctionType(compute.__code__, {"scale": 1, "__builtins__": {"max": lambda *them: "own builtins"}})
for _ in range(60):
    out = restricted(9)
print(out)
empty = types.FunctionType(compute.__code__, {"scale": 1, "__builtins__": {}})
try:
    empty(1)
except NameError as error:
    print(error)


class Missing(dict):
    def __missing__(self, key):
        return f"<{key}>"


for _ in range(60):
    got = eval("a + b", {"__builtins__": {}}, Missing(a="x"))
print(got)
try:
    eval("a", Missing())
except NameError as error:
    print(error)
code = compile("total = 0\nfor i in range(100):\n    total += i\n    if i == 50: step = 3\nresult = total", "<s>", "exec")
namespace = {}
exec(code, namespace)
print(namespace["result"], namespace["step"])
