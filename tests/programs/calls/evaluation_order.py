"""The order in which calls, displays, operators, subscripts and definitions evaluate their parts."""
log = []


def t(name, value=None):
    log.append(name)
    return value


def show():
    print(" ".join(map(str, log)))
    log.clear()


def f(*args, **kwargs):
    log.append("call")
    return lambda *a, **k: log.append("called")


t("f", f)(t("a"), *t("b", []), t("c"), k=t("d"), **t("e", {}), l=t("g"))
show()
t("f", f)(k=t("a"), *t("b", []))
show()
t("1", 1) + t("2", 2) * t("3", 3) ** t("4", 1)
show()
{t("k1"): t("v1"), t("k2"): t("v2"), **t("k3", {})}
show()
[t("i"), *t("j", []), t("k")]
show()
t("d", {1: 2})[t("k", 1)]
show()
t("l", [1, 2, 3])[t("a", 0) : t("b", 2) : t("c", 1)]
show()
x = [0, 0]
t("t", x)[t("i", 0)] = t("v", 5)
show()
t("t", x)[t("i", 0)] += t("v", 5)
show()
a = t("x", x)[t("y", 0)] = t("z")
show()
t("a", 1) < t("b", 2) < t("c", 3)
show()
t("yes", 1) if t("test", 0) else t("no")
show()
(lambda p=t("default"): p)()
show()


@t("decorator1", lambda g: log.append("apply1") or g)
@t("decorator2", lambda g: log.append("apply2") or g)
def g(p: t("annotation") = t("default1"), *, q=t("default2")) -> t("return"):
    pass


show()


def factory(name):
    def decorate(cls):
        log.append("apply " + name)
        return cls

    log.append("make " + name)
    return decorate


class Meta(type):
    @classmethod
    def __prepare__(mcls, *args, **kwargs):
        log.append("prepare")
        return {}


@factory("one")
@factory("two")
class K(t("base", object), metaclass=t("meta", Meta)):
    log.append("body")


show()
f"{t('a')}{t('b'):{t('c', '')}}{t('d')!r}"
show()
[t(("elt", i, j)) for i in t("outer", range(2)) if t(("cond", i), True) for j in t(("inner", i), range(1))]
show()
{t("key"): t("value") for _ in t("it", [1])}
show()
with t("cm1", open("/dev/null")) as t("ignored", x)[t("target", 0)], t("cm2", open("/dev/null")):
    log.append("inside")
show()
del t("obj", {1: 1})[t("key", 1)], t("obj2", [1])[t("i", 0)]
show()
assert t("true", True), t("message")
show()
try:
    raise t("exc", ValueError("v")) from t("cause", KeyError("k"))
except t("type", ValueError):
    show()
for t("x", x)[t("idx", 0)] in t("iter", [1, 2]):
    log.append("loop")
show()
print(t("p1", 1), t("p2", 2), sep=t("sep", ", "))
show()
t("s", "%s %s") % (t("m", 1), t("n", 2))
show()
match t("subject", (1, 2)):
    case (1, y) if t("guard", False):
        pass
    case (x2, y) if t("guard2", True):
        log.append(y)
show()
lst = [1, 2, 3]
i = 0
i = lst[i] = 2
print(lst, i)
y = {}
y["k"], y = 1, {"other": 2}
print(y)
