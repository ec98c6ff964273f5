"""Exceptions raised by special methods in the midst of operations: what stays changed and what error comes out."""


class Bad:
    def __init__(self, *names):
        for name in names:
            setattr(type(self), name, self.fail(name))

    @staticmethod
    def fail(name):
        def method(self, *args):
            raise LookupError(name)
        return method


def make(*names):
    return type("Bad", (Bad,), {})(*names)


def attempt(title, action, state=lambda: ""):
    try:
        result = action()
    except BaseException as error:
        result = f"{type(error).__name__}({error})"
        if error.__context__ or error.__cause__:
            result += f" from {error.__context__ or error.__cause__!r}"
    print(f"{title:12}", result, state())


items = [3, 1, 2]
bad_eq, bad_hash, bad_lt = make("__eq__"), make("__hash__"), make("__lt__")
attempt("index", lambda: [1, bad_eq].index(5))
attempt("remove", lambda: items.remove(bad_eq), lambda: items)
attempt("in", lambda: bad_eq in (1, 2))
attempt("identity", lambda: [bad_eq] == [bad_eq])
attempt("dict set", lambda: {}.__setitem__(bad_hash, 1))
attempt("set add", lambda: {bad_hash})
attempt("get", lambda: {}.get(bad_hash, "default"))
attempt("sort", lambda: items.extend([bad_lt, make("__lt__")]) or items.sort(key=lambda x: x if isinstance(x, int) else bad_lt), lambda: len(items))
attempt("min", lambda: min([bad_lt, bad_lt]))
attempt("bool", lambda: "yes" if make("__bool__") else "no")
attempt("len", lambda: len(make("__len__")))
attempt("truth len", lambda: not make("__len__"))
attempt("iter", lambda: list(make("__iter__")))
attempt("next", lambda: list(type("I", (), {"__iter__": lambda s: s, "__next__": Bad.fail("__next__")})()))
attempt("unpack", lambda: [*make("__iter__")])
attempt("index", lambda: [1][make("__index__")])
attempt("slice", lambda: [1][:make("__index__")])
attempt("range", lambda: range(make("__index__")))
attempt("int", lambda: int(make("__int__")))
attempt("int trunc", lambda: int(make("__index__")))
attempt("float", lambda: float(make("__float__")))
attempt("str", lambda: str(make("__str__")))
attempt("repr", lambda: f"{make('__repr__')!r}")
attempt("repr list", lambda: repr([1, make("__repr__")]))
attempt("format", lambda: f"{make('__format__'):x}")
attempt("print", lambda: print("before", make("__str__")))
attempt("join", lambda: ",".join(make("__iter__")))
attempt("percent", lambda: "%s" % make("__str__"))
attempt("getattr", lambda: getattr(make("__getattr__"), "x", "default"))
attempt("hasattr", lambda: hasattr(make("__getattr__"), "x"))
attempt("getattribute", lambda: make("__getattribute__").x)
attempt("setattr", lambda: setattr(make("__setattr__"), "x", 1))
attempt("contains", lambda: 1 in make("__contains__"))
attempt("getitem in", lambda: 1 in make("__getitem__"))
attempt("getitem", lambda: list(make("__getitem__")))
attempt("call", lambda: make("__call__")())
attempt("enter", lambda: exec("with x: pass", {"x": make("__enter__", "__exit__")}))
attempt("isinstance", lambda: isinstance(1, type("M", (type,), {"__instancecheck__": Bad.fail("check")})("C", (), {})))
attempt("mro entries", lambda: exec("class C(x): pass", {"x": make("__mro_entries__")}))
attempt("prepare", lambda: type("M", (type,), {"__prepare__": classmethod(Bad.fail("prepare"))}) and exec("class C(metaclass=M): pass", {"M": type("M", (type,), {"__prepare__": classmethod(Bad.fail("prepare"))})}))
attempt("init_subclass", lambda: type("D", (type("B", (), {"__init_subclass__": classmethod(Bad.fail("init_subclass"))}),), {}))
attempt("add", lambda: make("__add__") + 1)
attempt("radd", lambda: 1 + make("__radd__"))
attempt("iadd", lambda: exec("x += 1", {"x": make("__iadd__")}))
attempt("eq tuple", lambda: (1, bad_eq) == (1, 2))
attempt("count", lambda: (1, bad_eq).count(1))
attempt("sum", lambda: sum([1, make("__radd__")]))
attempt("map", lambda: list(map(make("__call__"), [1])))
attempt("sorted key", lambda: sorted([1], key=make("__call__")))
attempt("dict eq", lambda: {1: bad_eq} == {1: 2})
attempt("update", lambda: {}.update(make("keys")))
attempt("round", lambda: round(make("__round__")))
attempt("complex", lambda: complex(make("__complex__")))
attempt("bytes", lambda: bytes(make("__bytes__")))
attempt("dir", lambda: dir(make("__dir__")))
attempt("reversed", lambda: list(reversed(make("__reversed__"))))
attempt("hint", lambda: list(type("H", (), {"__iter__": lambda s: iter("ab"), "__length_hint__": Bad.fail("hint")})()))
attempt("hash tuple", lambda: hash((1, bad_hash)))
attempt("fspath", lambda: open(make("__fspath__")))
attempt("del", lambda: exec("del x[0]", {"x": make("__delitem__")}))
attempt("match", lambda: exec("match x:\n case [a]: pass\n case 5: pass", {"x": bad_eq}))
