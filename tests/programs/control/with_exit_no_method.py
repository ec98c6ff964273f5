# `__enter__` and `__exit__` that are no methods, where the block raises.
class Callable:
    def __init__(self, result):
        self.result = result

    def __call__(self, *args):
        return self.result


class Plain:
    __enter__ = Callable("entered")
    __exit__ = Callable(True)


class Static:
    __enter__ = staticmethod(lambda: "static")
    __exit__ = staticmethod(lambda *args: args[0] is KeyError)


class Native:
    __enter__ = staticmethod(int)
    __exit__ = staticmethod(print)


def run(manager, error):
    try:
        with manager() as value:
            print(value)
            raise error
    except Exception as caught:
        print("caught", type(caught).__name__)
    else:
        print("swallowed")


for _ in range(3):
    run(Plain, ValueError)
    run(Static, KeyError)
    run(Static, ValueError)
with Native():
    print("body")


async def asynchronous():
    class Manager:
        __aenter__ = staticmethod(lambda: awaited("in"))
        __aexit__ = staticmethod(lambda *args: awaited(True))

    async def awaited(value):
        return value

    async with Manager() as value:
        print(value)
        raise KeyError
    print("after")


try:
    asynchronous().send(None)
except StopIteration:
    print("done")
