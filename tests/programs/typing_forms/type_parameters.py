"""Type parameters and aliases: functions, classes, bounds, defaults, scopes, laziness, and what the compiler refuses."""
from typing import Generic, ParamSpec, TypeAliasType, TypeVar, TypeVarTuple, NoDefault, get_args, get_origin


def function[T, U: int, V: (str, bytes), *Ts, **P](t: T, u: U) -> V:
    return [T, U, V, Ts, P]


for p in function.__type_params__:
    print(p, repr(p), type(p).__name__, p.__name__, getattr(p, "__bound__", "-"), getattr(p, "__constraints__", "-"), getattr(p, "__default__", "-"))
print(function(1, 2) == list(function.__type_params__), function.__annotations__)


class Box[T, *Ts, **P]:
    inner: T

    def method[U](self, x: T, y: U) -> tuple[T, U]:
        return T, U

    class Nested[V]:
        def get(self):
            return T, V

    alias = T


print(Box.__type_params__, Box.__bases__, Box.__orig_bases__, Box.__parameters__, Box[int, str, [bool]], Box.__mro__)
print(Box.alias, Box.inner if hasattr(Box, "inner") else Box.__annotations__, Box().method(1, 2), Box.Nested().get())
type Alias = list[int]
type Generic1[T] = dict[str, T]
type Recursive = list[Recursive] | None
type Lazy = undefined_name
type WithBound[T: undefined_bound = undefined_default, *Ts = *tuple[int, str]] = tuple[T, *Ts]
print(Alias, Alias.__value__, Alias.__name__, Alias.__type_params__, Alias.__module__, type(Alias).__name__)
print(Generic1[int], Generic1[int].__args__, Generic1[int].__origin__ is Generic1, Generic1.__value__, get_args(Generic1[int]), get_origin(Generic1[int]))
print(Recursive.__value__)
for action in (lambda: Lazy.__value__, lambda: WithBound.__type_params__[0].__bound__, lambda: WithBound.__type_params__[0].__default__):
    try:
        action()
    except NameError as error:
        print(error)
undefined_name = "now defined"
print(Lazy.__value__, Lazy.__value__, WithBound.__type_params__[1].__default__, Alias | None, None | Alias, list[Alias], Generic1[str] | int)
try:
    Alias[int]
except TypeError as error:
    print(error)
try:
    Alias()
except TypeError as error:
    print(error)
try:
    isinstance([], Alias)
except TypeError as error:
    print(error)
try:
    Alias.__value__ = 5
except AttributeError as error:
    print(error)
T = "module T"


def shadow[T](x=T) -> T:
    return T, x


print(shadow(), shadow.__annotations__, T)


def default_scope[T](f=lambda: T):
    return f()


try:
    print(default_scope())
except NameError as error:
    print(error)


class Meta(type):
    def __new__(mcls, name, bases, namespace, **kw):
        print("creating", name, bases, sorted(k for k in namespace if k in ("__type_params__", "__orig_bases__")), kw)
        return super().__new__(mcls, name, bases, namespace)


class WithMeta[T](list[T], metaclass=Meta, flag=1):
    pass


print(WithMeta.__orig_bases__, WithMeta[int]([1]), WithMeta.__parameters__)
tv = TypeVar("tv", bound=int, default=bool, covariant=True)
print(tv, tv.__bound__, tv.__default__, tv.__covariant__, tv.has_default(), TypeVar("x").__default__ is NoDefault, TypeVar("c", int, str).__constraints__, TypeVar("i", infer_variance=True))
for action in (lambda: TypeVar("x", int), lambda: TypeVar("x", covariant=True, contravariant=True), lambda: TypeVar("x", int, str, bound=int), lambda: tv(), lambda: TypeAliasType("A", int, type_params=5), lambda: type("X", (tv,), {}), lambda: isinstance(1, tv)):
    try:
        print(repr(action()))
    except (TypeError, ValueError) as error:
        print(error)
P = ParamSpec("P")
Ts = TypeVarTuple("Ts")
print(P.args, P.kwargs, P.args.__origin__ is P, list(Ts), tuple[*Ts], P.args == P.args, Ts.__name__)
print(TypeAliasType("Made", list[tv], type_params=(tv,))[int], TypeAliasType("Q", int).__value__)


class Old(Generic[tv]):
    pass


print(Old[int], Old.__parameters__, Old[tv][str])
for source in ("def f[T, T](): pass", "class C[T](metaclass=M[T]): pass", "def f[T: (yield)](): pass", "type X = (yield)", "type X[T] = (await y)", "type X = (z := 1)", "def f[T = int, U](): pass", "def f[*Ts: int](): pass", "def f[**P: int](): pass", "type X[T]", "type = 5", "type X", "def f[](): pass", "class C[]: pass", "type X[] = 1", "def f[T](T): nonlocal T", "class C[T]:\n def f(self):\n  nonlocal T\n  T = 1", "def f[T]():\n global T", "lambda[T]: T", "type X.y = 1", "type (X) = 1", "def f[T: int = str, *A = int, **B = []](): pass", "def f[1](): pass", "class C[T](x := 1): pass", "class C[__debug__]: pass", "def f[T: *a](): pass", "def f[T = *a](): pass", "type X[T: (a := 1)] = T"):
    try:
        compile(source, "s", "exec")
        print("fine:", repr(source))
    except SyntaxError as error:
        print(f"{source!r}: {error.msg}")
