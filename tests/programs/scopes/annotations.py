x: int = 1
y: 'str'
def f(a: int, b: undefined_name = 2, *args: float, c: 'x' = 3) -> list: pass
print(f.__annotations__.get('a') if False else 'lazy')
def g(a: int, *, b: str = '') -> bool: pass
print(g.__annotations__)
class C:
    a: int
    b: list[int] = []
print(C.__annotations__)
type Alias[T] = list[T]
def generic[T, *Ts, **P](x: T) -> T: return x
class Gen[T]:
    def m(self) -> T: ...
print(generic(5), generic.__type_params__, Gen.__type_params__, Alias.__name__)
