# A program may tie the contexts of exceptions into a ring; raising goes on.


def ring_at_the_head():
    try:
        raise ValueError(1)
    except ValueError as error:
        error.__context__ = error
        raise TypeError(2)


try:
    ring_at_the_head()
except TypeError as error:
    context = error.__context__
    print(repr(error), repr(context), context.__context__ is context)


def ring_further_on():
    first, second, third = KeyError("a"), KeyError("b"), KeyError("c")
    first.__context__, second.__context__, third.__context__ = second, third, second
    try:
        raise first
    except KeyError:
        raise IndexError("d")


try:
    ring_further_on()
except IndexError as error:
    chain, link = [], error
    while link is not None and len(chain) < 6:
        chain.append(repr(link))
        link = link.__context__
    print(chain)


def raised_again():
    outer = RuntimeError("outer")
    try:
        raise outer
    except RuntimeError:
        try:
            raise LookupError("inner")
        except LookupError:
            raise outer


try:
    raised_again()
except RuntimeError as error:
    print(repr(error), repr(error.__context__), repr(error.__context__.__context__))
