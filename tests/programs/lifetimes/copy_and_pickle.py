"""copy and pickle: hooks, recursion, shared references, slots, reduce forms, protocols, errors."""
import copy
import pickle
import re


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, str(error).split(" at 0x")[0])


class Plain:
    def __init__(self, **kw):
        self.__dict__.update(kw)

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in sorted(self.__dict__.items()) if v is not self)})"


class Slots:
    __slots__ = ("a", "b", "__dict__")

    def __init__(self):
        self.a, self.c = [1], "dict"

    def __repr__(self):
        return f"Slots({self.a}, {self.__dict__}, {hasattr(self, 'b')})"


class State:
    def __init__(self):
        self.value, self.cache = 1, "not pickled"

    def __getstate__(self):
        print("getstate")
        return {"value": self.value}

    def __setstate__(self, state):
        print("setstate", state)
        self.__dict__.update(state, restored=True)

    def __repr__(self):
        return f"State({self.__dict__})"


class NewArgs(tuple):
    def __new__(cls, a, b):
        print("new", a, b)
        return super().__new__(cls, (a, b))

    def __getnewargs__(self):
        return self[0], self[1]


class NewArgsEx:
    def __new__(cls, *args, **kwargs):
        print("new", args, kwargs)
        return super().__new__(cls)

    def __getnewargs_ex__(self):
        return (1,), {"k": 2}

    def __repr__(self):
        return "NewArgsEx()"


class Reduce:
    def __init__(self, n):
        self.n = n

    def __reduce__(self):
        return Reduce, (self.n + 1,), {"extra": "state"}, iter([]), iter([])

    def __repr__(self):
        return f"Reduce({self.__dict__})"


class ReduceString:
    def __reduce__(self):
        return "singleton"

    def __repr__(self):
        return "singleton object"


singleton = ReduceString()


class ListSub(list):
    pass


class DictSub(dict):
    pass


class CopyHooks:
    def __copy__(self):
        return "shallow"

    def __deepcopy__(self, memo):
        return "deep", type(memo).__name__

    def __reduce_ex__(self, protocol):
        return str, (f"protocol {protocol}",)


def show(value):
    return re.sub(" at 0x[0-9a-f]+", "", repr(value))


def function():
    pass


ls = ListSub([1, 2])
ls.attribute = "x"
ds = DictSub(a=[1])
ds.attribute = "y"
samples = [Plain(a=1, b=[2]), Slots(), State(), NewArgs(1, 2), NewArgsEx(), Reduce(5), singleton, ls, ds, CopyHooks(), function, Plain, len, [1, (2, {3: {4}})], frozenset([1]), 1 + 2j, 10**50, -1.5, None, ..., NotImplemented, b"bytes", bytearray(b"ba"), range(5), slice(1, 2), "text é", True, type(None), Exception("e", 1), (lambda: 0).__class__ if False else print]
for sample in samples:
    copied, deep = copy.copy(sample), copy.deepcopy(sample)
    print("copy", show(copied), show(deep), copied is sample, deep is sample)
    for protocol in (0, 2, 5):
        try:
            again = pickle.loads(pickle.dumps(sample, protocol))
            print(protocol, show(again), type(again).__name__, getattr(again, "attribute", ""))
        except Exception as error:
            print(protocol, type(error).__name__, str(error).split(" at 0x")[0])
shared = [1]
data = [shared, shared, {"k": shared}]
deep = copy.deepcopy(data)
print(deep[0] is deep[1] is deep[2]["k"], deep[0] is shared, copy.copy(data)[0] is shared)
again = pickle.loads(pickle.dumps(data))
print(again[0] is again[1] is again[2]["k"])
loop = []
loop.append(loop)
for clone in (copy.deepcopy(loop), pickle.loads(pickle.dumps(loop))):
    print(clone, clone[0] is clone)
p = Plain(name="p")
p.me = p
p.items = [p, (p,)]
for clone in (copy.deepcopy(p), pickle.loads(pickle.dumps(p))):
    print(clone.me is clone, clone.items[0] is clone, clone.items[1][0] is clone)
t = ([],)
t[0].append(t)
for clone in (copy.deepcopy(t), pickle.loads(pickle.dumps(t))):
    print(clone[0][0] is clone, type(clone).__name__)
d = {}
d["self"] = d
print(copy.deepcopy(d)["self"]["self"].keys(), copy.deepcopy((1, 2, "a")) is not None, copy.deepcopy(deep_t := (1, (2, "x"))) is deep_t)


class Outer:
    class Inner:
        def __eq__(self, other):
            return type(self) is type(other)

        def method(self):
            return "bound"

        @classmethod
        def cls(cls):
            return cls.__qualname__


print(pickle.loads(pickle.dumps(Outer.Inner())) == Outer.Inner(), pickle.loads(pickle.dumps(Outer.Inner().method))(), pickle.loads(pickle.dumps(Outer.Inner.cls))(), pickle.loads(pickle.dumps([].append.__name__)))


def local_class():
    class Local:
        pass

    return Local()


attempt(lambda: pickle.dumps(lambda: 0), lambda: pickle.dumps(local_class()), lambda: pickle.dumps(x for x in []), lambda: pickle.dumps(open("/dev/null")), lambda: copy.deepcopy(x for x in []), lambda: copy.copy(x for x in []), lambda: pickle.loads(b"\x80\x09."), lambda: pickle.loads(5), lambda: pickle.dumps(5, 99), lambda: pickle.dumps(__import__("sys")), lambda: copy.copy(__import__("sys")) , lambda: pickle.loads(b"cnope\nnope\n."), lambda: pickle.loads(b"cbuiltins\nnope\n."), lambda: copy.replace(5))
import io

buffer = io.BytesIO()
pickler = pickle.Pickler(buffer, 4)
pickler.dump([1]), pickler.dump("two")
buffer.seek(0)
unpickler = pickle.Unpickler(buffer)
print(unpickler.load(), unpickler.load())


class Persistent(pickle.Pickler):
    def persistent_id(self, thing):
        return "the id" if isinstance(thing, Plain) else None


class Load(pickle.Unpickler):
    def persistent_load(self, pid):
        return f"loaded {pid}"

    def find_class(self, module, name):
        print("find", module, name)
        return super().find_class(module, name)


buffer = io.BytesIO()
Persistent(buffer).dump([Plain(), 5, len])
print(Load(io.BytesIO(buffer.getvalue())).load())
import copyreg

copyreg.pickle(Outer, lambda o: (Outer, ()))
print(type(pickle.loads(pickle.dumps(Outer()))).__name__, pickle.HIGHEST_PROTOCOL, pickle.DEFAULT_PROTOCOL)
print(object().__reduce_ex__(2)[0].__name__, object.__reduce_ex__(Plain(a=1), 2)[1:3], Plain(a=1).__getstate__(), object().__getstate__(), Slots().__getstate__(), copy.copy(Plain(x=[1])).x is not None)
