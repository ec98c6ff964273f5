"""Exceptions raised in iterators, comparisons, finalisers, imports, class bodies, decorators, defaults and comprehensions: tracebacks' names."""
import sys
import traceback


def names(action):
    try:
        action()
    except BaseException as error:
        frames = traceback.extract_tb(error.__traceback__)
        print([f.name for f in frames if f.name not in ("names", "<module>")], f"{type(error).__name__}({error})", [f.line for f in frames][-1][:50])


class It:
    def __iter__(self):
        return self

    def __next__(self):
        raise OSError("next")

    def __lt__(self, other):
        raise OSError("lt")

    def __getattr__(self, name):
        raise OSError(name)

    def __index__(self):
        raise OSError("index")

    def __exit__(self, *info):
        raise OSError("exit")

    def __enter__(self):
        return self


def generator():
    yield 1
    raise OSError("generator")


def body():
    class C:
        x = [1 / 0 for _ in range(1)]


def default():
    def f(a=1 / 0):
        pass


def decorated():
    @(lambda f: 1 / 0)
    def f():
        pass


def nested_lambda():
    return (lambda: (lambda: {}["deep"])())()


def genexp():
    return sum(1 / n for n in (1, 0))


def dictcomp():
    return {k: 1 / k for k in (1, 0)}


def with_exit():
    with It():
        pass


def star():
    print(*It())


def annotations():
    def f(a: 1 / 0):
        pass
    f.__annotations__


def type_alias():
    type A = 1 / 0
    A.__value__


def type_parameter():
    def f[T: 1 / 0]():
        pass
    f.__type_params__[0].__bound__


def property_in_class():
    class P:
        @property
        def p(self):
            return self.q

        def __repr__(self):
            return f"{self.p}"
    repr(P())


def sorts():
    sorted([It(), It()])


def maps():
    list(map(lambda x: x.missing, [1]))


def executes():
    exec("def inner():\n    raise KeyError('exec')\ninner()")


def metaclass():
    class M(type):
        def __new__(meta, *args):
            raise OSError("new")

    class C(metaclass=M):
        pass


def set_name():
    class D:
        def __set_name__(self, owner, name):
            raise OSError("set_name")

    class C:
        d = D()


def asserts():
    assert not [x for x in (1, 2)], f"{It().zzz}"


def walrus():
    return [y := x for x in It()]


def unpacks():
    a, b = generator()


def match():
    match It():
        case It(x=1):
            pass


def recursion():
    sys.setrecursionlimit(120)
    try:
        recursion_inner()
    finally:
        sys.setrecursionlimit(1000)


def recursion_inner():
    return recursion_inner()


for action in (body, default, decorated, nested_lambda, genexp, dictcomp, with_exit, star, annotations, type_alias, type_parameter, property_in_class, sorts, maps, executes, metaclass, set_name, asserts, walrus, unpacks, match, lambda: [1][It()], lambda: next(It()), lambda: It() < It(), lambda: list(generator()), lambda: [*generator()], lambda: eval("1 +"), lambda: int("x"), lambda: exec("raise SystemExit(3)")):
    names(action)
try:
    recursion()
except RecursionError as error:
    print(error, len(traceback.extract_tb(error.__traceback__)) > 50)
