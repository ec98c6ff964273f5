"""inspect.signature of wrapped, partial, bound, overloaded and dynamic callables, binding, formatting and unwrapping."""
import functools
import inspect
from inspect import Parameter, Signature, signature


def plain(a, /, b: int, *args: str, c=1, **kw) -> float: ...
async def coro(x=..., *, y: "quoted" = None): ...


class Base:
    def __init__(self, a, b=2): ...
    def method(self, x, *, y): ...
    @classmethod
    def on_class(cls, z=3): ...
    @staticmethod
    def static(q, /): ...
    def __call__(self, *call): ...


class New:
    def __new__(cls, n, *rest): return super().__new__(cls)


class Both(Base):
    def __new__(cls, *args, **kwargs): return super().__new__(cls)


class Meta(type):
    def __call__(cls, meta_arg, /, **kw): ...


class ByMeta(metaclass=Meta): ...
class Empty: ...
class Signed:
    __signature__ = Signature([Parameter("given", Parameter.KEYWORD_ONLY, default=5)])


class Text:
    __text_signature__ = "($self, made, up=1)"


class Caller:
    __call__ = functools.partial(plain, 1)


@functools.wraps(plain)
def wrapper(*args, **kwargs): ...


def decorated():
    @functools.cache
    def cached(k, v=1): ...

    @functools.singledispatch
    def single(arg, other): ...
    return cached, single


b = Base(1)
for it in (plain, coro, Base, b, b.method, Base.method, Base.on_class, b.static, New, Both, ByMeta, Empty, Signed, Signed(), Caller(), wrapper, *decorated(), functools.partial(plain, 1, c=5),
           functools.partial(plain, 1, 2, 3), functools.partial(b.method, y=2), functools.partial(functools.partial(plain, 1), 2), functools.partialmethod(plain, 1), len, int, dict, "".join, type, print,
           object, [].append, range, lambda: 0, lambda x, *_, **__: 0, Exception, Meta, super, 5, "x", functools.partial(plain, functools.Placeholder, 2),
           Base.__init__, object().__str__, b.__call__, str.split, bytes.fromhex, type("D", (Base,), {"method": functools.partialmethod(Base.method, 1)})(1).method, type("E", (Exception,), {})):
    try:
        print(getattr(it, "__name__", type(it).__name__), signature(it))
    except (ValueError, TypeError) as error:
        print(getattr(it, "__name__", type(it).__name__), type(error).__name__, str(error).split(" at 0x")[0].split("<")[0])
sig = signature(plain)
for args, kw in (((1, 2), {}), ((1, 2, 3, 4), {"c": 5, "z": 6}), ((1,), {"b": 2}), ((), {"a": 1}), ((1,), {}), ((1, 2), {"b": 3}), ((1, 2), {"a": 9})):
    try:
        bound = sig.bind(*args, **kw)
        print(bound, bound.args, bound.kwargs, bound.apply_defaults() or dict(bound.arguments))
    except TypeError as error:
        print(error)
print(sig.bind_partial(1), sig.replace(return_annotation=int), sig == signature(plain), hash(sig) == hash(signature(plain)), inspect.unwrap(wrapper) is plain)
print(sig.format(max_width=20), sig.format(quote_annotation_strings=False), [str(p.kind) for p in sig.parameters.values()], sig.parameters["b"].replace(annotation=str))
for bad in (lambda: Parameter("1", Parameter.VAR_POSITIONAL), lambda: Parameter("a", Parameter.VAR_KEYWORD, default=1), lambda: Parameter("class", Parameter.KEYWORD_ONLY), lambda: Parameter("a", 9),
            lambda: Signature([Parameter("b", Parameter.KEYWORD_ONLY), Parameter("a", Parameter.POSITIONAL_ONLY)]), lambda: Signature([Parameter("a", 1), Parameter("a", 1)]),
            lambda: Signature([Parameter("a", 1, default=1), Parameter("b", 1)])):
    try:
        print(bad())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
print(inspect.getfullargspec(plain), inspect.getcallargs(b.method, 1, y=2)["y"], inspect.getdoc(Text) is None, inspect.getmro(Both)[1].__name__)
print([inspect.isfunction(f) for f in (plain, b.method, len)], [inspect.ismethod(f) for f in (b.method, Base.on_class, b.static)], inspect.isabstract(Base), inspect.isdatadescriptor(property()))
print([a.name + ":" + a.kind for a in inspect.classify_class_attrs(Base) if not a.name.startswith("__")], inspect.getattr_static(b, "static").__class__.__name__)
