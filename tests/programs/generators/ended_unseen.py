"""Generators that end where they wait, coroutines that wait for fresh ones, and what is left of their frames.

Expected output: PYTHONHASHSEED=0 python3.14 ended_unseen.py > ended_unseen.out
"""
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


def counts():
    loud = Loud("a local")
    for number in range(3):
        yield number


def careful():
    try:
        yield 1
    finally:
        print("finally")


def delegating():
    yield from careful()


for make in (counts, careful, delegating):
    generator = make()
    next(generator)
    print(generator.close(), generator.gi_frame, generator.gi_code.co_name, generator.gi_running)
    generator = make()
    next(generator)
    frame = generator.gi_frame
    print(sorted(frame.f_locals))
    del generator
    print(sorted(frame.f_locals))

print(any(number > 0 for number in counts()))
generator = counts()
next(generator)
try:
    generator.throw(KeyError("thrown"))
except KeyError as error:
    print(error, generator.gi_frame)
print(type(generator).__itemsize__, sys.getsizeof(generator) > type(generator).__basicsize__)


async def three():
    return 3


async def six():
    return await three() + await three()


async def waits(coroutine):
    return await coroutine


def run(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    except RuntimeError as error:
        return error


fresh = three()
print(run(six()), run(waits(fresh)), run(waits(fresh)))
wide = eval("lambda: (yield [" + ", ".join(f"x{i} := {i}" for i in range(300)) + "])")
generator = wide()
print(len(next(generator)), generator.gi_frame.f_locals["x299"], list(generator))
