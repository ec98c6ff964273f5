# What modules hold when the program ends is finalised in CPython's order, with what finalisers then may use.
import atexit
import builtins
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        try:
            opener = open.__name__
        except NameError as error:
            opener = str(error)
        print("end of", self.name, sys.is_finalizing(), opener, __name__)


plain = Noisy("a global")
_private = Noisy("a private global")
cycle = Noisy("a cycle")
cycle.itself = cycle
builtins._ = Noisy("the result of an interactive session")


@atexit.register
def first_registered():
    print("registered first, called last", sys.is_finalizing())


@atexit.register
def second_registered():
    print("registered second, called first")
    atexit.register(print, "registered while ending")
    raise SystemError("in a callback")


def function():
    return plain, cycle


sys.modules.pop("atexit")
print("end of the program")
