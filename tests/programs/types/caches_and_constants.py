"""Attribute caches that meet the constants of the machine: empty strings, bytes and tuples of different classes."""


def lines(value): return value.splitlines()
def upper(value): return value.upper()
def count(value): return value.count(1)


for function, values in ((lines, (b"", "", b"a\nb", "a\nb", bytearray(), "")), (upper, ("", b"", "a", b"a", "")), (count, ((), [], (1,), [1, 1]))):
    for value in values:
        print(function.__name__, {repr(function(value)) for _ in range(50)})


class Counted:
    alive = 0

    def __init__(self):
        Counted.alive += 1

    def __del__(self):
        alive = Counted.alive
        print("ends with", alive)
        Counted.alive = alive - 1


class Holder:
    __slots__ = ("first", "second", "third")


# Finalisers of what ends together run one after another, each to its end.
holder = Holder()
holder.first, holder.second, holder.third = Counted(), Counted(), Counted()
del holder
print(Counted.alive)
pair = [Counted(), [Counted(), Counted()]]
del pair
print(Counted.alive)
