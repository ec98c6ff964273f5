"""Metaclass conflicts and how they are resolved: derived, computed, callable metaclasses, __mro_entries__."""


class A(type):
    def __repr__(cls):
        return f"<{cls.__name__} by {type(cls).__name__}>"


class B(type):
    pass


class Both(A, B):
    pass


class UsesA(metaclass=A):
    pass


class UsesB(metaclass=B):
    pass


def attempt(action):
    try:
        print(action())
    except TypeError as error:
        print("TypeError:", error)


def conflict():
    class C(UsesA, UsesB):
        pass


def resolved():
    class C(UsesA, UsesB, metaclass=Both):
        pass
    return C


def less_derived():
    class C(UsesA, metaclass=type):
        pass
    return C, type(C)


def by_call():
    return type("C", (UsesA,), {}), type(type("C", (UsesA,), {}))


def wrong_call():
    return type("C", (UsesA, UsesB), {})


def function_as_metaclass():
    def make(name, bases, namespace, **keywords):
        return name, bases, sorted(k for k in namespace if not k.startswith("__")), keywords

    class C(UsesA, UsesB, metaclass=make, flag=1):
        x = 1
    return C


class Entry:
    def __init__(self, *bases):
        self.bases = bases

    def __mro_entries__(self, bases):
        return self.bases


def entries():
    class C(Entry(UsesA), Entry(), Entry(dict)):
        pass
    return C, C.__mro__, [type(b).__name__ for b in C.__orig_bases__]


def entry_conflict():
    class C(Entry(UsesA, UsesB)):
        pass


def bad_entries():
    class C(Entry().__class__):
        pass
    C.__mro_entries__ = lambda self, bases: [int]

    class D(C()):
        pass


def instance_as_base():
    class C(1):
        pass


def final_base():
    class C(bool):
        pass


def none_metaclass():
    class C(metaclass=None):
        pass


def prepared():
    class Meta(type):
        @classmethod
        def __prepare__(meta, name, bases):
            return 5

    class C(metaclass=Meta):
        pass


for action in (conflict, resolved, less_derived, by_call, wrong_call, function_as_metaclass, entries,
               entry_conflict, bad_entries, instance_as_base, final_base, none_metaclass, prepared):
    print(action.__name__, end=": ")
    attempt(action)
