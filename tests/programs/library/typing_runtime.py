"""typing at run time: generics, protocols, named tuples, typed dicts, hints, unions, overloads, annotations."""
import typing
from typing import *


class Stack[T]:
    def push(self, item: T) -> None: ...


print(Stack[int], Stack.__type_params__, Stack[int].__origin__, get_args(dict[str, list[int]]), get_origin(list[int]), get_origin(Optional[int]), get_args(Callable[[int, str], bool]))
print(Optional[int], Union[int, str, int], int | None, Union[int], Literal[1, 'a', None], Annotated[int, 'meta', 5], Final[int], ClassVar[str], Callable[..., int], Tuple[int, ...], Type['X'])
print((int | str) == Union[str, int], isinstance(1, int | str), issubclass(bool, Union[int, str]), hash(int | str) == hash(str | int), (int | None).__args__)


class Point(NamedTuple):
    x: int
    y: int = 0

    def norm(self): return abs(self.x) + abs(self.y)


p = Point(3)
print(p, p.norm(), p._replace(y=4), Point._fields, Point._field_defaults, Point.__annotations__, p == (3, 0), p._asdict())


class Movie(TypedDict, total=False):
    title: Required[str]
    year: int
    tag: ReadOnly[str]


print(Movie(title='x'), Movie.__required_keys__, sorted(Movie.__optional_keys__), Movie.__readonly_keys__, Movie.__total__, is_typeddict(Movie))


@runtime_checkable
class Closable(Protocol):
    def close(self) -> None: ...


class File:
    def close(self): ...


print(isinstance(File(), Closable), isinstance(3, Closable), issubclass(File, Closable), sorted(get_protocol_members(Closable)), is_protocol(Closable))


class Node:
    def link(self, other: 'Node', *rest: int) -> Optional['Node']: ...
    child: 'Node'


print(get_type_hints(Node.link), get_type_hints(Node), Node.__annotations__, ForwardRef('X'), get_type_hints(Annotated and (lambda: 0)))
T = TypeVar('T', bound=int)
P = ParamSpec('P')
Ts = TypeVarTuple('Ts')
print(T, T.__bound__, P.args, P.kwargs, Ts, Generic[T], Callable[P, T], tuple[Unpack[Ts]], TypeVar('A', int, str).__constraints__, TypeVar('D', default=int).__default__, NoDefault)
UserId = NewType('UserId', int)
print(UserId(5), UserId, UserId.__supertype__, cast(int, 'x'), NoReturn, Never, Self, Any, LiteralString, TypeGuard[int], Concatenate[int, P])


@overload
def f(x: int) -> int: ...
@overload
def f(x: str) -> str: ...
def f(x): return x


print(len(get_overloads(f)), f(1), typing.assert_type(1, int), typing.reveal_type.__name__, final(File) is File, File.__final__)
for call in (lambda: Point(), lambda: Union[1], lambda: Optional[int, str], lambda: Literal, lambda: List[int, str], lambda: isinstance(1, list[int]), lambda: Generic[int], lambda: Any(), lambda: Union(), lambda: assert_never(1),
             lambda: isinstance(1, Node and Protocol), lambda: Movie(titel=1), lambda: TypeVar('X', int), lambda: ClassVar[ClassVar[int]], lambda: class_with_none[int]):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
type Pair[A, B = int] = tuple[A, B]
print(Pair, Pair.__value__, Pair[int], Pair.__type_params__, Pair[str].__args__, evaluate_forward_ref(ForwardRef('int')))
