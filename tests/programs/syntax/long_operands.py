"""Instructions whose operands are longer than a byte: many variables, constants, names, arguments, far jumps, and tracing them."""

import sys

COUNT = 300


def make(name, source):
    namespace = {}
    exec(compile(source, f"<{name}>", "exec"), namespace)
    return namespace[name]


names = [f"v{i}" for i in range(COUNT)]

# Variables and constants beyond the 255th: stored, loaded, moved, deleted, unbound.
lines = ["def variables(flag):"]
lines += [f"    {name} = {i * 1000 + 7}" for i, name in enumerate(names)]
lines += ["    v299, v298 = v298, v299", "    total = v0 + v298 + v299", "    v299 += v297", "    del v296"]
lines += ["    try:", "        v296", "    except UnboundLocalError as error:", "        print(error)"]
lines += ["    if flag:", "        v295 = None", "    return total, v299, v295, [v299 for v299 in (v298, v297)], v299"]
variables = make("variables", "\n".join(lines))
for flag in (0, 1, 0, 1):
    result = variables(flag)
print(result, variables(0))

# Closures over cells beyond the 255th.
lines = ["def cells():"]
lines += [f"    {name} = {i}" for i, name in enumerate(names)]
lines += ["    def inner():", "        nonlocal v299", "        v299 += v298", "        return " + " + ".join(names)]
lines += ["    first = inner()", "    del v298", "    try:", "        inner()", "    except NameError as error:", "        print(error)"]
lines += ["    return first, v299"]
print(make("cells", "\n".join(lines))())

# Names: attributes, methods and globals whose numbers are long, on objects of two classes in turn.
lines = ["class Point:", "    def m299(self):", "        return self.a299 * 2", "class Other(Point): pass", "def attributes(thing):"]
lines += [f"    thing.a{i} = {i}" for i in range(COUNT)]
lines += ["    total = 0"] + [f"    total += thing.a{i}" for i in range(COUNT)]
lines += ["    del thing.a0", "    return total, thing.m299(), thing.__class__.__name__, len(vars(thing)), hasattr(thing, 'a0')"]
lines += ["def run():", "    return [attributes(kind()) for kind in (Point, Other) * 20][-2:]"]
print(make("run", "\n".join(lines))())

# Loops whose bodies are longer than a byte's jump: every kind of iterator, break, continue, else, exceptions inside.
body = "\n".join(f"        total += {i % 3} if item is None else {i % 5}" for i in range(120))
for kind, iterable in {
    "over_range": "range(5)",
    "over_list": "[1, 2, None, 4]",
    "over_tuple": "(1, None)",
    "over_generator": "(i for i in range(3))",
    "over_dict": "{'a': 1, 'b': 2}",
    "over_string": "'xyz'",
}.items():
    source = f"""
def {kind}():
    total = 0
    for item in {iterable}:
        if item == 4:
            continue
        try:
            if item == 'z':
                raise ValueError(item)
        except ValueError as error:
            total += 1000
{body}
        if total > 100000:
            break
    else:
        total = -total
    while total < 0:
        if total == -1:
            break
{body.replace("item is None", "total is not None").replace("        total", "        total", 1)}
        total += 10
    return total
"""
    function = make(kind, source)
    print(kind, [function() for _ in range(10)][-1])

# Displays, calls and unpacking of more than 255 values.
values = ", ".join(map(str, range(COUNT)))
print(len(eval(f"[{values}]")), len(eval(f"({values})")), len(eval("{" + values + "}")), sum(eval(f"(lambda *a: a)({values})")))
print(len(eval("dict(" + ", ".join(f"k{i}={i}" for i in range(COUNT)) + ")")))
print(len(eval("f'" + "".join("{%d}" % i for i in range(COUNT)) + "'")))
source = "def unpack(items):\n    " + ", ".join(names) + " = items\n    return v0, v299"
unpack = make("unpack", source)
print([unpack(range(COUNT)), unpack(list(range(COUNT))), unpack(tuple(range(COUNT)))])
try:
    unpack(range(COUNT - 1))
except ValueError as error:
    print(error)
source = "def starred(items):\n    " + ", ".join(names[:200]) + ", *rest, " + ", ".join(names[200:]) + " = items\n    return v0, rest, v299"
print(make("starred", source)(range(COUNT + 5)))

# Parameters beyond the 255th, given by place, by name, and by default.
source = "def many(" + ", ".join(names[:280]) + ", " + ", ".join(f"{name}={i}" for i, name in enumerate(names[280:])) + "): return v0, v279, v280, v299"
many = make("many", source)
print(many(*range(280)), many(*range(299), v299="last"))
try:
    many(1)
except TypeError as error:
    print(str(error)[:60], str(error)[-30:])

# A long function reports its lines as a short one does.
traced = []


def trace(frame, event, arg):
    if frame.f_code.co_name == "over_list":
        traced.append((event, frame.f_lineno))
        return trace


over_list = make("over_list", source := f"def over_list():\n    total = 0\n    for item in [1, None]:\n{body}\n    return total\n")
sys.settrace(trace)
over_list()
sys.settrace(None)
print(len(traced), traced[:4], traced[-3:])

# An exception far into a function is found on its line.
source = "def fails():\n" + "\n".join(f"    v{i} = {i + 1000}" for i in range(COUNT)) + "\n    return v299 / (v298 - v298)"
try:
    make("fails", source)()
except ZeroDivisionError as error:
    print(error, error.__traceback__.tb_next.tb_lineno)
