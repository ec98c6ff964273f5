"""SimpleNamespace, mappingproxy, namedtuple-like records, module objects, and copy.replace."""
import copy
import types
from types import MappingProxyType, ModuleType, SimpleNamespace


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, error)


ns = SimpleNamespace(a=1, b=[2], **{"odd key": 3})
ns.c = 4
del ns.a
print(ns, ns == SimpleNamespace(b=[2], c=4, **{"odd key": 3}), ns != SimpleNamespace(), vars(ns), repr(SimpleNamespace()), SimpleNamespace({"x": 1}, y=2), SimpleNamespace([("k", "v")]), copy.replace(ns, b=0), copy.copy(ns) == ns, bool(SimpleNamespace()))
loop = SimpleNamespace()
loop.me = loop
print(loop)


class Sub(SimpleNamespace):
    extra = "class"

    def method(self):
        return self.x


s = Sub(x=5)
print(s, s.method(), s.extra, s == SimpleNamespace(x=5), copy.replace(s, x=6))
attempt(lambda: SimpleNamespace(1), lambda: SimpleNamespace({1: 2}), lambda: SimpleNamespace({}, {}), lambda: ns.nope, lambda: ns < ns, lambda: hash(ns), lambda: ns["b"], lambda: len(ns), lambda: SimpleNamespace(a=1) == {"a": 1}, lambda: SimpleNamespace(a=1).__reduce__()[1:], lambda: copy.replace(5), lambda: copy.replace(ns, 5))
d = {"a": 1}
p = MappingProxyType(d)
d["b"] = 2
print(p, p["b"], len(p), list(p), "a" in p, p.get("z", 0), p == {"a": 1, "b": 2}, p | {"c": 3}, {"z": 0} | p, p.copy(), type(p.copy()).__name__, list(reversed(p)), p.keys(), sorted(p.items()), hash(MappingProxyType({})) if False else "unhashable dict", MappingProxyType([1, 2])[0] if False else "", {**p}, dict(p))
attempt(lambda: p.__setitem__("a", 1), lambda: exec("p['a'] = 1", {"p": p}), lambda: exec("del p['a']", {"p": p}), lambda: p.clear(), lambda: MappingProxyType(5), lambda: MappingProxyType([1]), lambda: MappingProxyType(), lambda: hash(p), lambda: p["zz"], lambda: p.__ior__({}), lambda: exec("p |= {}", {"p": p}), lambda: MappingProxyType(p) == p, lambda: p < p, lambda: type("X", (MappingProxyType,), {}), lambda: str(p), lambda: MappingProxyType(SimpleNamespace()), lambda: int.__dict__["new"], lambda: exec("int.__dict__['x'] = 1"))
m = ModuleType("made", "its doc")
m.x = 1
print(m, m.__name__, m.__doc__, m.__package__, m.__loader__, m.__spec__, sorted(vars(m)), m.x)
attempt(lambda: m.nope, lambda: setattr(m, "__dict__", {}), lambda: ModuleType(), lambda: ModuleType(5), lambda: ModuleType("a", 5).__doc__, lambda: m.__class__, lambda: delattr(m, "x"), lambda: delattr(m, "x"), lambda: repr(ModuleType("é")), lambda: dir(m)[:2], lambda: m == ModuleType("made"), lambda: m.__annotations__)


class Lazy(ModuleType):
    def __getattr__(self, name):
        return f"lazy {name}"

    @property
    def computed(self):
        return 42


m.__class__ = Lazy
print(m.anything, m.computed, type(m).__name__)
attempt(lambda: setattr(m, "__class__", int), lambda: setattr(m, "computed", 1))
print([n for n in ("FunctionType", "GeneratorType", "CellType", "UnionType", "EllipsisType", "NoneType", "CapsuleType", "FrameType", "CodeType", "GetSetDescriptorType", "MemberDescriptorType", "WrapperDescriptorType", "MethodWrapperType", "MethodDescriptorType", "ClassMethodDescriptorType") if hasattr(types, n)], [getattr(types, n).__name__ for n in ("MethodWrapperType", "WrapperDescriptorType", "GetSetDescriptorType", "ClassMethodDescriptorType")])
print([type(x).__name__ for x in (int.__add__, (5).__add__, str.join, "".join, dict.__dict__["fromkeys"], type.__dict__["__mro__"], int.real, object.__init__, len, print.__call__, (lambda: 0).__get__(1), type(lambda: 0).__code__)])


class D(types.DynamicClassAttribute if False else object):
    pass


@types.coroutine
def co():
    yield 1


print(list(co()), types.new_class("N", (int,), {}, lambda ns: ns.__setitem__("v", 5)).v, types.get_original_bases(bool) if False else types.resolve_bases((int, list[int])), types.prepare_class("P")[0])
