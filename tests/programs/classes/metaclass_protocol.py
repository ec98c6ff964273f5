"""The making of a class step by step: metaclass choice, __prepare__, keywords, conflicts, __mro_entries__, callables as metaclasses."""


class Namespace(dict):
    def __setitem__(self, key, value):
        if not key.startswith("__"):
            print("  set", key)
        super().__setitem__(key, value)

    def __getitem__(self, key):
        if key == "magic":
            return "conjured"
        return super().__getitem__(key)


class Meta(type):
    @classmethod
    def __prepare__(mcls, name, bases, **keywords):
        print("prepare", mcls.__name__, name, [b.__name__ for b in bases], keywords)
        return Namespace()

    def __new__(mcls, name, bases, namespace, **keywords):
        print("new", name, type(namespace).__name__, keywords)
        return super().__new__(mcls, name, bases, dict(namespace))

    def __init__(cls, name, bases, namespace, **keywords):
        print("init", name, keywords)
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **keywords):
        print("call", cls.__name__, args, keywords)
        return super().__call__(*args, **keywords)

    def shout(cls):
        return cls.__name__.upper()


class A(metaclass=Meta, flag=True):
    field = 1
    other = magic

    def method(self):
        return self

    for field in range(2):
        pass


print(A.other, A.field, A.shout(), type(A) is Meta)
print(type(A()).__name__)
try:
    A().shout
except AttributeError as error:
    print(error)


class B(A, extra=2):
    pass


print(type(B).__name__)


class Other(type):
    pass


class O(metaclass=Other):
    pass


try:

    class Clash(A, O):
        pass

except TypeError as error:
    print(error)


class Both(Meta, Other):
    pass


class Fine(A, O, metaclass=Both):
    pass


print(type(Fine).__name__)


class Upgraded(B, metaclass=type):
    pass


print(type(Upgraded).__name__)


def function_metaclass(name, bases, namespace, **keywords):
    return name, bases, sorted(k for k in namespace if not k.startswith("__")), keywords


class NoClass(metaclass=function_metaclass, size=3):
    x = 1
    y = 2


print(NoClass)


class Entry:
    def __init__(self, *bases):
        self.bases = bases

    def __mro_entries__(self, bases):
        print("mro_entries", len(bases))
        return self.bases


class E(Entry(int), Entry()):
    pass


print(E.__bases__, len(E.__orig_bases__), E(5) + 1)
try:
    type("T", (Entry(int),), {})
except TypeError as error:
    print(error)
try:

    class Bad(5):
        pass

except TypeError as error:
    print(error)


class BadEntries:
    def __mro_entries__(self, bases):
        return int


try:

    class Bad(BadEntries()):
        pass

except TypeError as error:
    print(error)


class BadPrepare(type):
    @classmethod
    def __prepare__(mcls, name, bases):
        return 5


try:

    class Bad(metaclass=BadPrepare):
        pass

except TypeError as error:
    print(error)
for arguments in [(), ("n",), ("n", ()), (5, (), {}), ("n", 5, {}), ("n", (), 5), ("n", (), {}, 1), ("n\0x", (), {})]:
    try:
        print(type(*arguments) if len(arguments) != 1 else type(*arguments).__name__)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:

    class Keyword(unknown=1):
        pass

except TypeError as error:
    print(error)
