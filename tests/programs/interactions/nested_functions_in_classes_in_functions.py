"""Functions in classes in functions in methods: which names each level sees, with global, nonlocal, __class__ and mangling mixed."""
x = "global"


def outer(x):
    class A:
        y = x
        x = "A"

        def see(self):
            return x, self.x, __class__.__name__

        class B:
            z = x

            def deep(self):
                nonlocal_x = x

                class C:
                    global x
                    q = x

                    def bottom(self):
                        return x, nonlocal_x, __class__.__qualname__
                return C
        comp = [x for _ in "a"], [y for y in x], (lambda: x)()
    return A


try:
    outer("outer")
except NameError as error:
    print(error)


def fixed(x):
    class A:
        def see(self):
            return x, __class__.__name__

        class B:
            z = x

            def deep(self):
                here = x

                class C:
                    global x
                    q = x

                    def bottom(self):
                        return x, here, __class__.__qualname__
                return C
        comp = [x for _ in "a"], (lambda: x)()
        __private = x

        def private(self):
            __local = 5
            return self.__private, [__local for _ in "a"], (lambda __p: __p)(__local)
    return A


A = fixed("outer")
print(A().see(), A.B.z, A.B().deep().q, A.B().deep()().bottom(), A.comp, A().private(), sorted(k for k in vars(A) if "private" in k))


class M:
    __x = 1

    def get(self, __y=2, *, __k=3):
        import os as __os
        __z = [__w for __w in "ab"]
        for __i in range(1):
            pass
        try:
            raise KeyError
        except KeyError as __e:
            kind = type(__e).__name__
        return sorted(locals()), self.__x

    def set(self):
        self.__new, self.__dunder__, self.____ = 1, 2, 3
        return sorted(vars(self))

    def call(self):
        return self.get(_M__y=5, _M__k=6)[1], getattr(self, "__x", "no getattr mangling"), f"{self.__x}", eval("self._M__x")

    class __Inner:
        __v = 1

    @staticmethod
    def inner():
        return M.__Inner.__name__, sorted(k for k in vars(M._M__Inner) if "v" in k.split("__")[-1])


class _M__(M):
    __x = "leading underscores"

    def get2(self):
        return self.__x, sorted(k for k in vars(_M__) if k.endswith("__x"))


class ____:
    __n = "no letters: not mangled"

    def get(self):
        return self.__n


print(M().get(), M().set(), M().call(), M.inner(), _M__().get2(), ____().get(), "__n" in vars(____))


def recursive(depth):
    class Level:
        below = recursive(depth - 1) if depth else None
        number = depth

        def path(self):
            return [depth, *(self.below().path() if self.below else [])]
    return Level


print(recursive(4)().path(), recursive(2).below.below.number, recursive(1).__qualname__)


def shares():
    class One:
        def get(self):
            return value

    class Two:
        def set(self, new):
            nonlocal value
            value = new
    value = "first"
    return One(), Two()


one, two = shares()
two.set("second")
print(one.get(), one.get.__func__.__closure__[0] is two.set.__func__.__closure__[0])


def exec_class():
    space = {"x": "given"}
    exec("class E:\n    y = x\n    def m(self): return x\n    z = [x for _ in 'a']", space)
    return space["E"].y, space["E"]().m(), space["E"].z


print(exec_class())
