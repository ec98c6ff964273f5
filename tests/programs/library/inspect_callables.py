"""inspect: signatures of all callables, binding, source-independent queries, members, frames, and the errors."""
import functools
import inspect
from inspect import Parameter, Signature, signature


def attempt(*actions):
    for action in actions:
        try:
            print(action())
        except Exception as error:
            print(type(error).__name__, str(error).split(" at 0x")[0])


def everything(a, /, b: int = 1, *args: str, c, d=None, **kw) -> bool: ...
class Init:
    def __init__(self, x, *, y=2): ...
    def method(self, a): ...
    @classmethod
    def cls(cls, a): ...
    @staticmethod
    def static(a): ...
    def __call__(self, z): ...
class New:
    def __new__(cls, n): ...
class Meta(type):
    def __call__(cls, *m): ...
class WithMeta(metaclass=Meta): ...
class Empty: ...
class Override:
    __signature__ = Signature([Parameter("fake", Parameter.POSITIONAL_ONLY)])
@functools.wraps(everything)
def wrapped(*args): ...
for thing in (everything, Init, Init(1).method, Init.method, Init.cls, Init.static, Init(1), New, WithMeta, Empty, Override, wrapped, lambda x, *y: 0, functools.partial(everything, 1, c=5), functools.partial(everything, b=9), Init(1).cls, functools.partialmethod(Init.method, 1) if False else Init.__init__, len, sorted, int.from_bytes, str.split, [].append, print, max if False else abs, open if False else pow, type("D", (), {"__init__": lambda self, **k: None}), functools.lru_cache(everything), object, Exception, dict.get, isinstance):
    try:
        print(signature(thing))
    except ValueError as error:
        print("ValueError", error)
sig = signature(everything)
print([(p.name, p.kind.name, p.default if p.default is not p.empty else "-", p.annotation if p.annotation is not p.empty else "-") for p in sig.parameters.values()], sig.return_annotation, sig == signature(everything), hash(sig) == hash(signature(everything)), sig.replace(return_annotation=Signature.empty), Parameter("x", Parameter.KEYWORD_ONLY, default=5, annotation=int), repr(Parameter("x", Parameter.VAR_POSITIONAL)), sig.format(max_width=20))
b = sig.bind(1, 2, 3, c=4, e=5)
print(b.args, b.kwargs, b.arguments, sig.bind_partial(1), b)
b = sig.bind(1, c=2)
b.apply_defaults()
print(b.arguments)
attempt(lambda: sig.bind(), lambda: sig.bind(1), lambda: sig.bind(1, 2, 3), lambda: sig.bind(1, a=2, c=3), lambda: signature(Init).bind(1, 2), lambda: signature(Init).bind(1, z=1), lambda: signature(Init).bind(1, x=1), lambda: signature(5), lambda: signature(type), lambda: Parameter("1x", Parameter.KEYWORD_ONLY), lambda: Parameter("x", 9), lambda: Parameter("x", Parameter.VAR_KEYWORD, default=1), lambda: Signature([Parameter("a", Parameter.KEYWORD_ONLY), Parameter("b", Parameter.POSITIONAL_ONLY)]), lambda: Signature([Parameter("a", Parameter.KEYWORD_ONLY)] * 2), lambda: Signature([Parameter("a", Parameter.POSITIONAL_ONLY, default=1), Parameter("b", Parameter.POSITIONAL_ONLY)]), lambda: Parameter("class", Parameter.KEYWORD_ONLY), lambda: signature(everything, eval_str=True), lambda: inspect.getfullargspec(everything), lambda: inspect.getcallargs(everything, 1, c=3), lambda: inspect.getsource(5), lambda: inspect.getmodule(len).__name__, lambda: inspect.unwrap(wrapped) is everything)
class Full:
    """Class doc."""
    attr = 1
    @property
    def prop(self): """Prop doc."""
    def inherited(self): "From Full."
    async def coro(self): ...
    def gen(self): yield
    async def agen(self): yield
class Child(Full):
    def inherited(self): ...
    prop = property(lambda self: 1)
print([n for n, _ in inspect.getmembers(Full) if not n.startswith("__")], [n for n, _ in inspect.getmembers(Full, inspect.isfunction)], inspect.getdoc(Child.inherited), inspect.getdoc(Child), inspect.getdoc(Full.prop), inspect.cleandoc("  a\n    b\n   c\n"), inspect.getmro(Child), inspect.classify_class_attrs(Child)[-1].name)
print([f.__name__ for f in (inspect.isclass, inspect.isfunction, inspect.ismethod, inspect.isbuiltin, inspect.isgeneratorfunction, inspect.iscoroutinefunction, inspect.isasyncgenfunction, inspect.isdatadescriptor, inspect.isroutine, inspect.ismodule) for thing in (Full.gen,) if f(thing)], inspect.iscoroutinefunction(Full.coro), inspect.isasyncgenfunction(Full.agen), inspect.isdatadescriptor(Full.prop), inspect.ismethoddescriptor(str.upper), inspect.isabstract(__import__("collections.abc").abc.Sized), inspect.isgetsetdescriptor(type.__dict__["__doc__"]), inspect.ismemberdescriptor(type("S", (), {"__slots__": "a"}).a))
def frames():
    frame = inspect.currentframe()
    return frame.f_code.co_name, inspect.stack()[1].function, inspect.getframeinfo(frame).function, inspect.getargvalues(frame).args, frame.f_back.f_code.co_name, len(inspect.stack())
print(frames())
print(inspect.getattr_static(Full(), "prop"), inspect.getclosurevars(attempt).builtins.keys(), inspect.getgeneratorlocals(x for x in [1]), inspect.getclasstree([Full, Child]), inspect.indentsize("  \tx"), inspect.getabsfile(inspect).endswith("inspect.py"))if False else print(inspect.getclasstree([Full, Child]), sorted(inspect.getclosurevars(attempt).builtins))
