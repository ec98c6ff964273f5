"""inspect: signatures, members, sources of classes, frames, bound arguments, async kinds."""
import inspect
from typing import Any


def everything(a, b: int = 1, /, c=2, *args: str, d, e: Any = None, **kwargs) -> bool: ...


signature = inspect.signature(everything)
print(signature, [(p.name, p.kind.name, p.default is p.empty) for p in signature.parameters.values()], signature.return_annotation)
bound = signature.bind(1, 2, 3, 4, d=5, x=6)
print(bound, bound.args, bound.kwargs, bound.arguments)
partial = signature.bind_partial(1)
partial.apply_defaults()
print(partial)
for args, kwargs in (((), {}), ((1,), {}), ((1,), {'d': 1, 'a': 2}), ((1,), {'d': 1, 'b': 2})):
    try:
        print(signature.bind(*args, **kwargs))
    except TypeError as error:
        print(error)
print(signature.replace(parameters=list(signature.parameters.values())[:2]), inspect.signature(lambda *, k: k), inspect.signature(int.__add__), inspect.signature(str.split), inspect.signature(print))


class Base:
    """Documented."""
    attribute = 1

    def method(self, x): return x

    @classmethod
    def build(cls, y=2): ...

    @staticmethod
    def helper(z): ...

    @property
    def size(self): return 3


class Derived(Base):
    def method(self, x, extra=None): return x


print(inspect.signature(Derived().method), inspect.signature(Derived.build), inspect.signature(Base), inspect.signature(Derived.helper), inspect.getdoc(Derived), inspect.getmro(Derived))
print([name for name, _ in inspect.getmembers(Base, inspect.isfunction)], [(a.name, a.kind) for a in inspect.classify_class_attrs(Base) if not a.name.startswith('__')])
print(type(inspect.getattr_static(Base(), 'size')), inspect.isclass(Base), inspect.ismethod(Base().method), inspect.isbuiltin(len), inspect.isroutine(len), inspect.ismethoddescriptor(str.join), inspect.isdatadescriptor(Base.size))


def generator(): yield 1
async def coroutine(): ...
async def async_generator(): yield 1


print([f.__name__ for f in (generator, coroutine, async_generator) if inspect.isgeneratorfunction(f)], inspect.iscoroutinefunction(coroutine), inspect.isasyncgenfunction(async_generator))
g = generator()
print(inspect.getgeneratorstate(g), next(g), inspect.getgeneratorstate(g), inspect.getgeneratorlocals(g), g.close(), inspect.getgeneratorstate(g))


def outer():
    captured = 5

    def inner():
        return captured + len('x')
    return inner


print(inspect.getclosurevars(outer()), inspect.currentframe().f_code.co_name, inspect.stack()[0].function)
print(inspect.cleandoc('''first
      second
        third'''), inspect.unwrap(everything) is everything, inspect.getmodule(everything).__name__, inspect.getfile(everything).rpartition('/')[2])
print(inspect.getsource(outer).splitlines()[0], inspect.getsourcelines(Base)[1] > 0, inspect.getcallargs(everything, 1, d=2))
