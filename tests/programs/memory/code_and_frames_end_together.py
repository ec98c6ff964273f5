"""Namespaces that end as cycles together with the code that made them: frames, tracebacks, generators, their functions and classes."""
import gc
import sys

SOURCE = '''
import sys

def frame_of(value):
    other = [value]
    return sys._getframe()

def fails(depth):
    if depth:
        return fails(depth - 1)
    raise ValueError(depth)

def generator(value):
    held = (yield sys._getframe()), value
    try:
        yield held
    finally:
        log.append(("closed", value))

def stubborn():
    try:
        yield sys._getframe()
    finally:
        yield "again"

async def coroutine():
    kept = sys._getframe()
    await Once()

async def asynchronous():
    yield sys._getframe()

class Once:
    def __await__(self):
        yield self

class Noted:
    def __init__(self, name):
        self.name = name
        self.frame = sys._getframe()

    def __del__(self):
        log.append((self.name, self.frame.f_code.co_name, self.frame.f_locals.get("name")))

frame = frame_of(1)
locals_of_frame = frame.f_locals
try:
    fails(3)
except ValueError as error:
    traceback = error.__traceback__
    kept = error
started, fresh, finished = generator(1), generator(2), generator(3)
frames = [next(started), next(finished)]
for _ in finished:
    pass
unwilling = stubborn()
frames.append(next(unwilling))
waiting = coroutine()
awaited = waiting.send(None)
steps = asynchronous()
noted = Noted("noted")
lines = list(frame.f_code.co_lines())
cleared = frame_of(2)
cleared.clear()
written = frame_of(3)
written.f_locals["value"] = written
written.f_locals["extra"] = log
lambdas = [lambda: lambdas, (lambda: (yield))()]
'''

log = []
told = []
sys.unraisablehook = lambda unraisable: told.append(str(unraisable.exc_value))
for optimize in 0, 2:
    code = compile(SOURCE, "made", "exec", optimize=optimize)
    for kept in (), ("frame",), ("traceback",), ("unwilling",), ("noted", "frame"), ("locals_of_frame",), ("frames", "lambdas"):
        space = {"log": log}
        exec(code if optimize else SOURCE, space)
        space["space"] = space
        alive = {name: space[name] for name in kept}
        del space
        gc.collect()
        count = len(log)
        alive.clear()
        gc.collect()
        print(optimize, kept, count, sorted(log, key=repr), told)
        log.clear()
        told.clear()
