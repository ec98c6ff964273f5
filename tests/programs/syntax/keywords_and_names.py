"""Keywords, soft keywords, names and their normalisation, name mangling, underscores and builtins as names."""
import builtins
import keyword
import unicodedata

print(keyword.kwlist, keyword.softkwlist, keyword.iskeyword("match"), keyword.issoftkeyword("type"))
match, case, type_, _ = 1, 2, 3, 4
type = "name"
print(match, case, type_, _, type)
match = {"key": [10, 20]}
print(match["key"][1], match.get("nope"), -match["key"][0], [*match], match, sep=" | ")
match[case] = 5
match.update(x=1)
del match[case]
print(match)


def case(match, *, type=None, _=0):
    match = match + 1
    return match, type, _


print(case(1), case(match=2, type="t", _=9))


class type:
    match = "attribute"
    case = lambda self: self.match

    def type(self):
        return "method"


print(type().match, type().case(), type().type(), type.__name__)
del type
print(type(5))
import types as match

print(match.SimpleNamespace(case=1).case)
lambda_ = class_ = None_ = True_ = 1
print(lambda_ + class_ + None_ + True_)
ｆｕｌｌ = "fullwidth"
print(full, "ｆｕｌｌ" in globals(), "full" in globals())
ª, µ, ſ = 1, 2, 3
print([n for n in sorted(globals()) if len(n) == 1], unicodedata.normalize("NFKC", "ﬁ"))


class Norm:
    ﬁeld = 1

    def __init__(self):
        self.ﬂag = 2


print(Norm.field, Norm().flag, getattr(Norm(), "flag"), hasattr(Norm(), "ﬂag"), vars(Norm()))
exec("𝓍 = 7; ℯ = 8")
print(x, e)


class __Private:
    __x = 1
    _y = 2
    __z__ = 3
    __w_ = 4

    def get(self):
        return self.__x, self._y, self.__z__, self.__w_

    def local(self, __param=5):
        __local = 6

        def inner():
            return __param, __local, __global

        return inner()


_Private__global = 7
p = __Private()
print(p.get(), p.local(), p.local(_Private__param=50), sorted(n for n in vars(__Private) if "x" in n or "w" in n), p._Private__x)


class _:
    __m = "under"

    def get(self):
        return self.__m, "_" + "__m" in vars(_) or "__m" in vars(_)


print(_().get())


class Sub(__Private):
    __x = "sub"

    def both(self):
        return self.__x, self._Private__x

    def imports(self):
        import os as __os

        global __g
        __g = 1
        return __os.name == "posix", "_Sub__g" in globals()

    def keywords(self, **kw):
        return kw


s = Sub()
print(s.both(), s.imports(), s.keywords(__a=1) if False else (lambda **k: k)(__a=1))


class Kw:
    def call(self):
        return dict(__mangled=1), self.__class__.__name__, [__c for __c in range(2)], {__k: 1 for __k in "a"}, (lambda __p: __p)(3)

    try:
        undefined.__attr
    except NameError as error:
        print(error)


print(Kw().call())
for name in ("len", "print", "list", "__name__", "__file__"):
    print(name, hasattr(builtins, name), name in globals(), end="; ")
print()
for source in ("None = 1", "True: int", "def None(): pass", "class True: pass", "x.None = 1", "x.True", "f(None=1)", "import None", "from x import None", "for None in x: pass", "with x as True: pass", "def f(False): pass", "lambda None: 1", "del None", "(None := 1)", "[None for None in x]", "global None", "except_ = 1", "async = 1", "await = 1", "print = 1", "nonlocal = 1", "is = 1", "__debug__ = 1", "def f(__debug__): pass", "x.__debug__", "x.__debug__ = 1", "1x = 1", "x-y = 1", "x y = 1", "é = 1", "x² = 1", "€ = 1", "a·b = 1", "·a = 1", "x\u200d = 1", "\u2028 = 1", "match = match[match]", "type x = 1", "type = type", "match match: pass", "_ = case"):
    try:
        compile(source, "s", "exec")
        print("fine:", ascii(source))
    except SyntaxError as error:
        print(f"{ascii(source)}: {ascii(error.msg)}")
