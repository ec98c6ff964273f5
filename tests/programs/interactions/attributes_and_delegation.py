"""Proxies by __getattr__, __getattribute__, __set_name__, __dir__, __class__ lies, and special methods that are not delegated."""
import copy


class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "_target", target)

    def __getattr__(self, name):
        log.append(name)
        return getattr(self._target, name)

    def __setattr__(self, name, value):
        setattr(self._target, name, value)

    def __delattr__(self, name):
        delattr(self._target, name)

    def __dir__(self):
        return ["b", "a", *dir(self._target)[:1]]

    @property
    def __class__(self):
        return type(self._target)


class Target:
    x = 1

    def method(self):
        return type(self).__name__

    def __len__(self):
        return 7

    def __add__(self, other):
        return "added"


log = []
t = Target()
p = Proxy(t)
print(p.x, p.method(), p.__class__.__name__, type(p).__name__, isinstance(p, Target), isinstance(p, Proxy), p.__len__(), log)
for action in (lambda: len(p), lambda: p + 1, lambda: p.missing, lambda: p(), lambda: p[0], lambda: iter(p), lambda: p < p, lambda: hash(p) == object.__hash__(p), lambda: bool(p), lambda: dir(p)[:2], lambda: copy.copy(p)._target is t,
               lambda: issubclass(type(p), Target), lambda: p.__doc__, lambda: list(vars(p)), lambda: p.__dict__ is vars(t), lambda: super(Target, p), lambda: Target.method(p)):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)
p.y = 5
print(t.y, vars(t))
del p.y
print(vars(t), hasattr(p, "y"))


class Everything:
    def __getattribute__(self, name):
        if name.startswith("__") and name not in ("__class__", "__dict__"):
            return object.__getattribute__(self, name)
        return f"<{name}>"

    def __getattr__(self, name):
        return "never"


e = Everything()
print(e.a, e.__class__, e.__dict__, isinstance(e, Everything), getattr(e, "x y"), type(e) is Everything)


class Fallback:
    def __getattribute__(self, name):
        if name == "raises":
            raise AttributeError("by getattribute")
        if name == "other":
            raise KeyError("not attribute error")
        return super().__getattribute__(name)

    def __getattr__(self, name):
        if name.startswith("deep"):
            return getattr(self, name[4:])
        raise AttributeError(f"no {name}", name=name, obj=self)


f = Fallback()
f.value = 1
for name in ("value", "raises", "other", "deepvalue", "deepdeepvalue", "deepnone", "valeu"):
    try:
        print(getattr(f, name))
    except (AttributeError, KeyError) as error:
        print(type(error).__name__, error, getattr(error, "name", None))


class Liar:
    __class__ = int
    __bool__ = lambda self: True


liar = Liar()
print(isinstance(liar, int), isinstance(liar, Liar), type(liar).__name__, liar.__class__, issubclass(liar.__class__, int))
try:
    print(liar + 1)
except TypeError as error:
    print(error)


class Chain:
    def __init__(self, path=()):
        self.__dict__["path"] = path

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Chain(self.path + (name,))

    def __getitem__(self, key):
        return Chain(self.path + (key,))

    def __call__(self, *args, **kwargs):
        return ".".join(map(str, self.path)), args, kwargs

    def __setattr__(self, name, value):
        calls.append((*self.path, name, value))


calls = []
c = Chain()
c.a.b[3].c.d = 5
c.x[1:2].y = "last"
print(calls, c.run.it(1, k=2), c.path, copy.copy(c.a).path)
