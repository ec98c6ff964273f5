"""Descriptors that have some of get, set, delete and set_name, on classes, metaclasses and instances, and in __slots__."""

log = []


def make(*names):
    def get(self, instance, owner=None):
        return "get", instance is not None, getattr(owner, "__name__", owner)

    def put(self, instance, value):
        log.append(("set", value))

    def delete(self, instance):
        log.append("delete")

    def set_name(self, owner, name):
        log.append(("name", owner.__name__, name))
    methods = {"get": ("__get__", get), "set": ("__set__", put), "delete": ("__delete__", delete), "name": ("__set_name__", set_name)}
    return type("D" + "".join(names).title(), (), dict(methods[name] for name in names))


def attempt(action):
    try:
        result = action()
    except (AttributeError, TypeError) as error:
        result = f"{type(error).__name__}: {error}"
    out = [result, *log]
    log.clear()
    return out


for names in (("get",), ("set",), ("delete",), ("get", "set"), ("get", "delete"), ("set", "delete"), ("get", "set", "delete"), ("name",)):
    descriptor = make(*names)

    class Meta(type):
        on_meta = descriptor()

    class C(metaclass=Meta):
        d = descriptor()

    print(names, log)
    log.clear()
    c = C()
    clean = lambda value: value if isinstance(value, (tuple, str, type(None))) else type(value).__name__
    for title, action in (("read", lambda: c.d), ("class", lambda: C.d), ("meta", lambda: C.on_meta), ("set", lambda: setattr(c, "d", 1)),
                          ("again", lambda: c.d), ("del", lambda: delattr(c, "d")), ("dict", lambda: c.__dict__.update(d="dict")),
                          ("over dict", lambda: c.d), ("set class", lambda: setattr(C, "on_meta", 2)), ("meta again", lambda: C.on_meta),
                          ("del class", lambda: delattr(C, "on_meta")), ("no name", lambda: c.nothing)):
        print("   ", title, *[clean(item) for item in attempt(action)])
    c.e = descriptor()
    print("    on the instance:", type(c.e).__name__, log)
    log.clear()
    C.late = descriptor()
    print("    late:", attempt(lambda: C.__dict__["late"].__class__.__name__))


class Raising:
    def __get__(self, instance, owner):
        raise AttributeError("raised in __get__")


class WithGetattr:
    r = Raising()

    def __getattr__(self, name):
        return f"fallback {name}"


print(WithGetattr().r, attempt(lambda: WithGetattr.r), hasattr(WithGetattr, "r"), getattr(WithGetattr, "r", "default"))


class NameFails:
    def __set_name__(self, owner, name):
        1 / 0


try:
    class Failing:
        x = NameFails()
except ZeroDivisionError as error:
    print(error, error.__notes__)
