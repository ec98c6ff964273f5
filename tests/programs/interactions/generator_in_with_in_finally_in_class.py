"""A generator closed inside a with, inside a finally, inside a class body: who runs first, and what the class gets."""
from contextlib import contextmanager

log = []


@contextmanager
def step(name):
    log.append(f"enter {name}")
    try:
        yield name
    except BaseException as error:
        log.append(f"{name} saw {type(error).__name__}")
        raise
    finally:
        log.append(f"leave {name}")


def source():
    try:
        with step("inner"):
            yield 1
            yield 2
    finally:
        with step("cleaning"):
            log.append("source ends")


def show(title):
    print(title)
    for line in log:
        print("   ", line)
    log.clear()


class Body:
    try:
        first = 1
    finally:
        with step("body"):
            generator = source()
            taken = next(generator)
            generator.close()
            log.append("closed")
        done = [*generator]


show("closed in a class body")
print(Body.taken, Body.done, Body.first)

try:
    class Broken:
        try:
            generator = source()
            next(generator)
            missing
        finally:
            with step("broken"):
                try:
                    generator.throw(LookupError("thrown in"))
                except LookupError as error:
                    kept = error
                    context = error.__context__
except NameError as error:
    show("an error in the body")
    print(error, "Broken" in globals())


def loop():
    for item in source():
        try:
            continue
        finally:
            with step(f"turn {item}"):
                pass
    return "done"


print(loop())
show("continue through finally and with")


def early():
    class Inner:
        items = source()
        for item in items:
            break
        with step("class"):
            del items
    return Inner.item


print(early())
show("deleted in a with")
