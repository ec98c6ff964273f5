"""sys.getsizeof: what __sizeof__ may return, and when the default is given instead."""
import sys


def attempt(*args):
    try:
        print(sys.getsizeof(*args))
    except Exception as error:
        print(type(error).__name__, error)


class Returns:
    def __init__(self, value):
        self.value = value

    def __sizeof__(self):
        if isinstance(self.value, Exception):
            raise self.value
        return self.value


class Index:
    def __index__(self):
        return 5


class Whole(int):
    pass


class Missing:
    __sizeof__ = None


for value in ("text", 1.5, None, Index(), -1, -2**70, 2**70, TypeError("raised"), ValueError("raised")):
    attempt(Returns(value))
    attempt(Returns(value), "default")
attempt(Missing())
attempt(Missing(), 7)
attempt()
attempt(1, 2, 3)
print(type(sys.getsizeof(Returns(Whole(2**40)))).__name__, sys.getsizeof(Returns(Whole(2**40))) >= 2**40)
