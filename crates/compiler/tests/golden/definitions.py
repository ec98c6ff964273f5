"""Functions, classes, type parameters and annotations."""
import typing

annotated: int = 1
if annotated:
    sometimes: typing.Any


@typing.final
@typing.runtime_checkable
class Plain(typing.Protocol, metaclass=type, option=1):
    """A class.

        Indented.
    """
    __private: int
    field: "Plain" = 1
    if annotated:
        conditional: Plain
    plain.attribute: int
    plain[0, 1:2]: int

    def method(self, a: int, /, b: str = "b", *args: int, c: bytes, d=1, **kwargs: object) -> None:
        """A method."""
        self.__private = self.other = __class__
        local: int = 1

    def nested(self):
        def inner():
            nonlocal self
            global annotated
            self = annotated
        return inner

    class Inner:
        values = [__private for __private in range(3)]


def function[T, U: int, V: (int, str) = int, *Ts = *tuple[int], **P = [int]](a: T, *args: *Ts, b: U = 1, c=2) -> V:
    return lambda x: (a, T, x)


class Generic[T: typing.Hashable](Plain, option=2):
    field: T

    def method[U](self, a: T = None, *, b: U = 1) -> dict[T, U]:
        return super().method(a, b)

    type Alias[X] = dict[X, T]


type Simple = list[Simple]


@decorated
async def coroutine(a: int = 1):
    async def inner():
        yield a
    return [await b async for b in inner()]


def generator():
    got = yield
    got = yield from got
    return got
