"""copy.copy and deepcopy of instances with __copy__, __deepcopy__, __reduce__, slots, subclasses of builtins, and shared memo."""
import copy
from collections import ChainMap, OrderedDict, defaultdict, deque
from dataclasses import dataclass


class Own:
    def __copy__(self):
        return "copied"

    def __deepcopy__(self, memo):
        return "deep", type(memo).__name__


class Dict(dict):
    extra = None


class List(list):
    pass


@dataclass(frozen=True)
class F:
    x: list


class OnlyInit:
    def __init__(self, required):
        self.required = required


d = Dict(a=[1])
d.extra = d["a"]
l = List([[1], 2])
l.me = l
print(copy.copy(Own()), copy.deepcopy([Own()]))
c, dc = copy.copy(d), copy.deepcopy(d)
print(type(c).__name__, c["a"] is d["a"], c.extra is d["a"], dc["a"] is dc.extra, dc["a"] is d["a"])
c, dc = copy.copy(l), copy.deepcopy(l)
print(type(dc).__name__, c.me is l, dc.me is dc, dc[0] is l[0], c[0] is l[0])
f = F([1])
print(copy.copy(f).x is f.x, copy.deepcopy(f).x is f.x, copy.deepcopy(f) == f, vars(copy.copy(OnlyInit(5))), copy.replace(f, x=[2]))
for it in (OrderedDict(a=[1]), defaultdict(list, a=[1]), deque([[1]], 3), ChainMap({"a": [1]}), {1, 2}, frozenset([(1,)]), bytearray(b"ab"), range(3), slice(1, [2]), (1, [2]), (1, (2,)), memoryview):
    a, b = copy.copy(it), copy.deepcopy(it)
    print(type(it).__name__, a == it, b == it, a is it, b is it)
memo = {}
shared = [1]
one, two = copy.deepcopy(shared, memo), copy.deepcopy([shared], memo)
print(one is two[0], id(shared) in memo)


class Meta(type):
    def __copy__(cls):
        return "never asked for classes"


class WithMeta(metaclass=Meta):
    pass


print(copy.copy(WithMeta) is WithMeta, copy.deepcopy(WithMeta) is WithMeta)
for bad in (lambda: copy.replace(5, x=1), lambda: copy.replace(f, y=1), lambda: copy.deepcopy(iter([1])).__next__(), lambda: copy.copy(open("/dev/null")), lambda: copy.deepcopy((x for x in ()))):
    try:
        print(bad())
    except TypeError as error:
        print(error)
