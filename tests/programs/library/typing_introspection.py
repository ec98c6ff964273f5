"""typing and generics at run time: origins, args, get_type_hints, protocols, TypedDict, NamedTuple, overloads, ParamSpec, aliases."""
import collections.abc as c
import typing as t
from dataclasses import dataclass

T, U = t.TypeVar("T"), t.TypeVar("U", bound="int | str")
P, Ts = t.ParamSpec("P"), t.TypeVarTuple("Ts")
type Alias[K, *V, **Q = [int]] = dict[K, tuple[*V]] | c.Callable[Q, K]
type Recursive = list[Recursive] | int

FORMS = [list[int], dict[str, list[T]], t.Optional[int], int | None, int | str | int, t.Union[int, t.Union[str, bytes]], t.Callable[[int], str], t.Callable[..., T], c.Callable[P, T],
         t.Literal[1, "a", None, 1], t.Annotated[int, "meta", 5], t.Annotated[t.Annotated[int, 1], 2], t.ClassVar[int], t.Final[str], tuple[int, ...], tuple[()], t.Tuple[int, str], type[T],
         t.Concatenate[int, P], t.Unpack[Ts], tuple[*Ts], t.Generic[T], t.Any, t.Never, t.Self, t.Required[int], t.TypeGuard[int], Alias, Alias[int, str, bytes], Recursive, t.List, t.Dict[str, int],
         c.Mapping[str, int], t.Type[int], "forward", t.NoReturn, t.LiteralString, t.Deque[int], t.NotRequired[T], t.ReadOnly[int], t.Pattern[str], t.Iterator[T]]
for form in FORMS:
    print(form, t.get_origin(form), t.get_args(form), getattr(form, "__parameters__", "-"))
print(dict[str, list[T]][int], t.Callable[[T], U][int, str], (T | None)[int], t.Union[T, U][int, int], Alias.__type_params__, Alias.__value__, Recursive.__value__)
for bad in (lambda: list[int][str], lambda: t.Optional[1, 2], lambda: t.Union[()], lambda: t.Literal, lambda: t.Callable[int], lambda: t.ClassVar[t.ClassVar[int]], lambda: t.Generic[int],
            lambda: t.List[int, str], lambda: isinstance([], list[int]), lambda: isinstance(1, t.Union[int, str]), lambda: isinstance(1, t.Optional[list[int]]), lambda: issubclass(int, t.Any),
            lambda: t.TypeVar("X", int), lambda: t.TypeVar("X", int, bound=str), lambda: t.Annotated[int], lambda: T(), lambda: t.Any(), lambda: t.cast("x", 5), lambda: 1 | list[int], lambda: int | "x",
            lambda: t.Protocol[int], lambda: Alias[int], lambda: Recursive[int], lambda: t.NewType("N", int)(5)):
    try:
        print(bad())
    except TypeError as error:
        print("TypeError", error)


class Movie(t.TypedDict, total=False):
    name: t.Required[str]
    year: "int"


class Sub(Movie):
    extra: t.ReadOnly[t.NotRequired[bytes]]


class Point(t.NamedTuple):
    x: int
    y: "Later" = 0


@t.runtime_checkable
class Closes(t.Protocol):
    name: str

    def close(self) -> None: ...


class Stack[A: (int, str) = int]:
    items: list[A]

    def push[B](self, item: A, other: B) -> "Stack": ...


Later = float
print(Sub.__required_keys__, sorted(Sub.__optional_keys__), sorted(Sub.__readonly_keys__), Sub.__total__, t.get_type_hints(Sub), t.is_typeddict(Sub), Movie(name="x"))
print(t.get_type_hints(Point), Point(1), Point._field_defaults, t.get_type_hints(Stack), t.get_type_hints(Stack.push), Stack.__type_params__[0].__constraints__, Stack[str].__args__, Stack.__orig_bases__)
print(isinstance(open("/dev/null"), Closes), isinstance(5, Closes), t.get_protocol_members(Closes) == {"name", "close"}, t.is_protocol(Closes))
print(t.get_type_hints(t.get_type_hints) == {} or "hints", t.get_type_hints(Stack.push, include_extras=True)["return"], T.__bound__, U.__bound__, T.__covariant__, T.has_default(), Stack.__type_params__[0].__default__)


@t.overload
def f(x: int) -> int: ...
@t.overload
def f(x: str) -> str: ...
def f(x): return x


print(len(t.get_overloads(f)), t.get_overloads(f)[0].__annotations__, t.assert_type(5, str), t.reveal_type is not None, t.evaluate_forward_ref(t.ForwardRef("Later"), globals=globals()))
try:
    t.assert_never(5)
except AssertionError as error:
    print(error)
try:
    f.__wrapped__ if hasattr(f, "__wrapped__") else t.get_overloads(f)[1]("x")
except NotImplementedError as error:
    print(error)
