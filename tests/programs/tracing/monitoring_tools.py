"""sys.monitoring: several tools, local and global events, DISABLE, branches, instructions, exceptions, and what is refused."""
import sys

mon, E = sys.monitoring, sys.monitoring.events
log = []


def on(tool, event, callback=None):
    def default(code, *rest):
        if code.co_filename == __file__:
            log.append((tool, event, code.co_name, *[r if isinstance(r, (int, str)) else getattr(r, "__name__", type(r).__name__) for r in rest[1 if "BRANCH" in event or event not in ("LINE",) else 0:]]))
    mon.register_callback(tool, getattr(E, event), callback or default)


def work(n):
    total = 0
    for i in range(n):
        if i % 2:
            total += helper(i)
    return total


def helper(x):
    try:
        if x > 2:
            raise ValueError(x)
    except ValueError:
        return -x
    return len([x])


def gen():
    got = yield 1
    yield got


mon.use_tool_id(0, "zero")
mon.use_tool_id(3, "three")
print(mon.get_tool(0), mon.get_tool(1), mon.get_tool(3))
for event in ("PY_START", "PY_RETURN", "CALL", "RAISE", "EXCEPTION_HANDLED"):
    on(0, event)
on(3, "PY_YIELD")
on(3, "PY_RESUME")
on(3, "PY_START")
mon.set_events(0, E.PY_START | E.PY_RETURN | E.RAISE | E.EXCEPTION_HANDLED)
mon.set_events(3, E.PY_YIELD | E.PY_RESUME)
work(4)
g = gen()
next(g)
g.send(5)
mon.set_events(0, 0)
mon.set_events(3, 0)
for entry in log:
    print(*entry)
log.clear()

lines = []
base = work.__code__.co_firstlineno


def line(code, number):
    lines.append(number - base)
    return mon.DISABLE if number - base == 2 else None


on(0, "LINE", line)
mon.set_local_events(0, work.__code__, E.LINE)
work(3)
print(lines, mon.get_local_events(0, work.__code__) == E.LINE, mon.get_events(0))
lines.clear()
work(3)
print(lines)
mon.restart_events()
lines.clear()
work(3)
print(lines)
mon.set_local_events(0, work.__code__, 0)

branches = []
mon.register_callback(0, E.BRANCH_LEFT, lambda code, start, end: branches.append("left") if code is work.__code__ else None)
mon.register_callback(0, E.BRANCH_RIGHT, lambda code, start, end: branches.append("right") if code is work.__code__ else None)
mon.set_local_events(0, work.__code__, E.BRANCH_LEFT | E.BRANCH_RIGHT)
work(3)
print(branches)
mon.set_local_events(0, work.__code__, 0)
calls = []
mon.register_callback(0, E.CALL, lambda code, at, function, first: calls.append((getattr(function, "__name__", function), first is mon.MISSING or first)))
mon.register_callback(0, E.C_RETURN, lambda code, at, function, first: calls.append(("returned", getattr(function, "__name__", function))))
mon.set_local_events(0, helper.__code__, E.CALL)
helper(1)
helper(5)
print(calls)
mon.set_local_events(0, helper.__code__, 0)
for action in (lambda: mon.use_tool_id(0, "again"), lambda: mon.use_tool_id(9, "x"), lambda: mon.set_events(1, 1), lambda: mon.set_events(0, 1 << 30), lambda: mon.set_local_events(0, 5, 1),
               lambda: mon.set_local_events(0, work.__code__, E.RAISE), lambda: mon.register_callback(0, 3, print), lambda: mon.register_callback(0, 0, print), lambda: mon.set_events(0, E.C_RETURN),
               lambda: mon.use_tool_id(1, 5), lambda: mon.get_tool(8)):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


def boom(code, offset):
    mon.set_events(0, 0)
    raise LookupError("from a callback")


mon.register_callback(0, E.PY_START, boom)
mon.set_events(0, E.PY_START)
try:
    work(1)
except LookupError as error:
    print(error)
mon.set_events(0, 0)
mon.clear_tool_id(0)
mon.free_tool_id(0)
mon.free_tool_id(3)
print(mon.get_tool(0), [name for name in dir(E) if name.startswith("PY")])
