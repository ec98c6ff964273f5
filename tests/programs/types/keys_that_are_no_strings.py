"""Classes and instances whose dicts have keys that are no strings."""
import warnings


class Key:
    def __repr__(self):
        return "Key()"


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error, getattr(error, "__notes__", ""))


with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    X = type("X", (), {1: "one", "a": "letter", None: 5, (1, 2): 6})
print([(w.category.__name__, str(w.message)) for w in seen])
print([key for key in X.__dict__ if not isinstance(key, str)], X.__dict__[1], X.a, X().a, 1 in vars(X), vars(X).get(None))
attempt(lambda: dir(X))
attempt(lambda: getattr(X, 1))
attempt(lambda: X.b)
attempt(lambda: setattr(X, "b", 5) or X.b)
attempt(lambda: type("Y", (X,), {})().a)
x = X()
x.__dict__[1] = "one"
x.c = 3
x.__dict__[Key()] = 4
print(x.__dict__, x.c, x.a)
attempt(lambda: dir(x))
attempt(lambda: x.d)
del x.c
print(x.__dict__, vars(x) is x.__dict__)
x.__dict__.clear()
x.e = 1
print(x.__dict__, x.e)
x.__dict__ = {2: 3, "f": 4}
print(x.f, x.__dict__)
attempt(lambda: x.__reduce_ex__(2)[2])


class Named:
    def __set_name__(self, owner, name):
        print("named", owner.__name__, repr(name))
        if name == 5:
            raise ValueError("five")


warnings.simplefilter("ignore")
attempt(lambda: type("Z", (), {None: Named(), "q": Named()}).__name__)
attempt(lambda: type("Z", (), {5: Named()}))


class Prepared(type):
    @classmethod
    def __prepare__(cls, name, bases):
        return {3: "three"}


class P(metaclass=Prepared):
    locals()[4] = "four"


print(P.__dict__[3], P.__dict__[4])


class Text(str):
    pass


x.__dict__[Text("sub")] = 7
print(x.sub, type([key for key in x.__dict__ if key == "sub"][0]).__name__)
setattr(x, Text("other"), 8)
print(x.other)
T = type("T", (), {Text("t"): 9})
print(T.t, T().t, [type(key).__name__ for key in T.__dict__ if key == "t"])
