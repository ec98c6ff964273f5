"""The type statement: laziness, recursion, parameters, scopes in classes and functions, evaluation errors, attributes and misuse."""
type A = undefined_yet
type Rec = list[Rec] | int
type Pair[T, U = int] = tuple[T, U]
try:
    A.__value__
except NameError as error:
    print(error)
undefined_yet = str
print(A.__value__, A, A.__name__, A.__module__, Rec.__value__, Pair.__type_params__, Pair[str], Pair[str, bytes].__args__, Pair.__value__, Pair[int].__origin__ is Pair)


class C:
    type Inner = tuple[C, x]
    x = int

    def m[S](self, v: S) -> S:
        type Local = dict[S, type(self)]
        return Local


print(C.Inner.__value__, C().m(1).__value__, C.m.__type_params__, C.Inner)


def f(n):
    type L = n
    n = "changed later"
    return L


print(f(1).__value__, A == A, A is A, hash(A) == hash(A), A | int, isinstance(A, type), callable(A))
type Lazy = 1 / 0
for bad in (lambda: Lazy.__value__, lambda: A(), lambda: A[int], lambda: Pair[()], lambda: setattr(A, "__value__", 1), lambda: setattr(A, "x", 1), lambda: isinstance(1, A), lambda: issubclass(int, A), lambda: A.nothing, lambda: type("Sub", (A,), {}), lambda: type(A)("N", int, type_params=5), lambda: type(A)("N", int).__value__, lambda: Pair[int, str, bytes]):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
for source in ("type X", "type X =", "type X[T: int, *Ts, **P] = 1", "type X[T, T] = 1", "type X[T = int, U] = 1", "type X = (yield)", "type X = (y := 1)", "type X = await y", "type 1 = 2", "type X.y = 2", "type X[1] = 2", "type X[T=(z := 1)] = 2", "type X[] = 1", "class D[T, T]: pass", "def g[T](T): pass\ntype Y = T", "type = 1; type X = type", "type X[*T: int] = 1", "type X[**P = [int]] = P", "type X[*Ts = *tuple[int]] = Ts"):
    try:
        compile(source, "s", "exec")
        print("fine:", source)
    except SyntaxError as error:
        print(source.replace("\n", "; "), "->", error.msg)
