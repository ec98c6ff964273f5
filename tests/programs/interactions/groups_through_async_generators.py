"""Exception groups that pass through async generators, their finally blocks and except*."""
import asyncio

log = []


async def stream(name, fail):
    try:
        for number in range(3):
            try:
                yield number
            except* ValueError as group:
                log.append(f"{name}: handled {group.exceptions!r}")
                if fail:
                    raise KeyError("from the handler") from group
    finally:
        log.append(f"{name}: finally")


def tree(error, depth=0):
    print("    " * depth + f"{type(error).__name__}: {error}")
    for part in getattr(error, "exceptions", ()):
        tree(part, depth + 1)


async def throw(fail, group):
    generator = stream("fails" if fail else "stays", fail)
    print("first", await generator.__anext__())
    try:
        print("after the throw", await generator.athrow(group))
    except BaseException as error:
        tree(error)
        if error.__cause__:
            print("cause:")
            tree(error.__cause__)
        if error.__context__ is not None:
            print("context:", type(error.__context__).__name__)
    await generator.aclose()
    print(log)
    log.clear()


async def outer():
    async for item in stream("outer", False):
        if item == 1:
            raise ExceptionGroup("in the loop", [ValueError(item), OSError("disk")])


async def main():
    await throw(False, ExceptionGroup("g", [ValueError(1), ValueError(2)]))
    await throw(True, ExceptionGroup("g", [ValueError(1)]))
    await throw(False, ExceptionGroup("mixed", [ValueError(1), ExceptionGroup("in", [ValueError(2), TypeError(3)])]))
    await throw(False, ValueError("naked"))
    try:
        await outer()
    except* OSError as group:
        tree(group)
    except* ValueError as group:
        tree(group)
    print(log)


asyncio.run(main())
