"""Scopes."""
from __future__ import generator_stop

counter: int = 0


def outer(a, /, b=1, *c, d, e=2, **f):
    """Doc."""
    g = a

    def inner(h: a) -> b:
        nonlocal g
        global counter
        counter = g
        return lambda: (h, b)

    return [x + g for x in c for y in x if (z := y)], {k: (lambda: k) for k in f}, (x for x in c)


class Base[T: int, *Ts, **P](object, metaclass=type):
    "Doc."
    attribute: T = None
    if attribute:
        other: "x"
    __private = [T for attribute in ()]

    def method[U: (int, str) = int](self, x: U, *, y=1) -> T:
        self.__private = super().method
        self.seen = __class__
        return x

    @property
    async def coroutine(self):
        return [i async for i in self if await i]


type Alias[V] = dict[V, Base]
