"""A module global may hide a builtin and be deleted again."""
len = lambda value: "hidden"
print(len([1, 2]))
del len
print(len([1, 2]))
try:
    del len
except NameError as error:
    print(error)
import builtins

builtins.answer = 42
print(answer)
answer = 1
print(answer, builtins.answer)
del answer
print(answer)
del builtins.answer
try:
    print(answer)
except NameError as error:
    print(error)


def call():
    return sum([1, 2])


print(call())
sum = max
print(call())
del sum
print(call())
builtins.sum, saved = min, builtins.sum
print(call())
builtins.sum = saved
print(call())
scope = {"__builtins__": {"len": lambda v: -1}}
exec("print_ = len('x')", scope)
print(scope["print_"])
try:
    exec("print(1)", scope)
except NameError as error:
    print(error)
for name in ("__import__", "__build_class__"):
    source = "import sys" if name == "__import__" else "class C: pass"
    try:
        exec(source, {"__builtins__": {}})
    except (ImportError, NameError) as error:
        print(type(error).__name__, error)
