"""types.GenericAlias, unions and typing's special forms: representations, parameters, substitution, comparison."""
import collections
import types
import typing
from typing import *

T, U = TypeVar("T"), TypeVar("U")
for alias in (list[int], dict[str, list[int]], tuple[int, ...], tuple[()], type[int], list[T], dict[T, U], collections.deque[int], collections.Counter[str], set[None], frozenset["fwd"], type[T], collections.abc.Callable[[int], str], collections.abc.Callable[..., T], collections.abc.Iterator[int], re_pattern if (re_pattern := __import__("re").Pattern[str]) else 0, list[int][()] if False else list[[int]]):
    print(repr(alias), alias.__origin__, alias.__args__, alias.__parameters__)
print(list[T][int], dict[T, U][int, str], dict[T, list[U]][str, int], list[T][U], dict[T, T][int], tuple[T, ...][int], list[T] == list[T], list[int] == list[str], hash(list[int]) == hash(list[int]))
for action in (lambda: list[int][str], lambda: dict[T, U][int], lambda: list[T][int, str], lambda: isinstance([], list[int]), lambda: issubclass(list, list[int]), lambda: list[int].missing, lambda: int[str], lambda: types.GenericAlias(), lambda: types.GenericAlias(list), lambda: {list[int]: 1}[list[int]], lambda: setattr(list[int], "x", 1), lambda: setattr(list[int], "__origin__", 1), lambda: dict[T, U][()]):
    try:
        print(repr(action()))
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
print(list[int]([1, 2]), dict[str, int](a=1), list[int].append is list.append, list[int].__class__, type(list[int]), list[int].__mro_entries__(()), isinstance(list[int], type))


class Sub(list[int]):
    pass


print(Sub.__bases__, Sub.__orig_bases__, Sub([1]))
print(int | str, int | None, None | int, list[int] | str, int | str | int, (int | str).__args__, type(int | str), int | "fwd" if False else int | T, T | int, "x" | T)
print(int | str == str | int, hash(int | str) == hash(str | int), isinstance(1, int | str), issubclass(bool, int | None), isinstance(None, int | None), Union[int, str] == int | str, Optional[int], Union[int], Union[int, None, int])
for action in (lambda: int | 5, lambda: isinstance(1, int | list[int]), lambda: (int | str)[int], lambda: (list[T] | T)[int], lambda: int | "x", lambda: Union[()], lambda: Optional[int, str], lambda: Union[5], lambda: (int | str)()):
    try:
        print(repr(action()))
    except TypeError as error:
        print(error)
for form in (Any, List[int], Dict[str, Any], Callable[[int, str], bool], Callable[..., Any], Tuple[int, ...], Type[T], ClassVar[int], Final[str], Literal[1, "a", None, True], Annotated[int, "meta", 5], NoReturn, Never, Self, LiteralString, Concatenate[int, ParamSpec("P")], TypeGuard[int], Required[int], NotRequired[str], Unpack[tuple[int, str]], Iterable[T], Mapping[str, T], Awaitable[None], Generator[int, str, bool], ContextManager[int], IO[str], Deque[int], DefaultDict[str, int], Counter[str], Pattern[str], Hashable, Sized, SupportsInt, NewType("UserId", int), Generic[T], Protocol[T]):
    print(repr(form), get_origin(form), get_args(form))
print(Literal[1, 2] == Literal[2, 1], Literal[1] == Literal[True], Literal[1, 1, 2], Literal[Literal[1], 2], Annotated[Annotated[int, 1], 2], Annotated[int, 1].__metadata__, Annotated[T, 1][str])


class Typed(TypedDict, total=False):
    a: Required[int]
    b: str


class NT(NamedTuple):
    x: int
    y: str = "d"


class Proto(Protocol):
    attribute: int

    def method(self) -> None: ...


@runtime_checkable
class Closeable(Protocol):
    def close(self): ...


print(Typed(a=1, b="x"), Typed.__required_keys__, Typed.__optional_keys__, Typed.__total__, NT(1), NT._field_defaults, NT.__annotations__)
print(isinstance(open("/dev/null"), Closeable), isinstance(5, Closeable), issubclass(int, Closeable), get_protocol_members(Proto), is_protocol(Closeable))
for action in (lambda: Proto(), lambda: isinstance(5, Proto), lambda: Generic[int], lambda: Protocol[int], lambda: ClassVar[int][str], lambda: Any(), lambda: List[int, str], lambda: Callable[int], lambda: Literal[[]], lambda: isinstance(5, Typed), lambda: Final(), lambda: Self[int], lambda: Annotated[int], lambda: NewType("N", int)(5), lambda: cast(int, "x"), lambda: Typed.__mro__, lambda: type("X", (Any,), {}).__mro__[1], lambda: assert_type(5, str), lambda: reveal_type(5), lambda: assert_never(5), lambda: final(int) if False else TYPE_CHECKING):
    try:
        print(repr(action()))
    except (TypeError, AssertionError) as error:
        print(type(error).__name__, error)


def hinted(a: "int", b: Optional["str"] = None, *args: "T") -> "list[int]": ...


print(get_type_hints(hinted), get_type_hints(NT), get_type_hints(Typed, include_extras=True))


@overload
def over(x: int) -> int: ...
@overload
def over(x: str) -> str: ...
def over(x):
    return x


print(len(get_overloads(over)), over(1), no_type_check(hinted).__no_type_check__, typing.override(over).__override__)
