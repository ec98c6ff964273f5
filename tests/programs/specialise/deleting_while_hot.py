"""Names, attributes, items and class members deleted and put back while hot code depends on them."""


class C:
    shared = "class"

    def m(self):
        return self.own, self.shared, table["k"], glob


table, glob = {"k": 1}, "global"
c = C()
c.own = "own"


def hot():
    for _ in range(60):
        try:
            out = c.m()
        except (AttributeError, KeyError, NameError) as error:
            out = f"{type(error).__name__}: {error}"
    return out


print(hot())
for delete, restore in ((lambda: delattr(c, "own"), lambda: setattr(c, "own", "back")), (lambda: delattr(C, "shared"), lambda: setattr(C, "shared", "restored")), (lambda: table.pop("k"), lambda: table.setdefault("k", 2)), (lambda: globals().pop("glob"), lambda: globals().update(glob="again")), (lambda: delattr(C, "m"), lambda: setattr(C, "m", lambda self: "new method")), (lambda: globals().pop("c"), lambda: globals().update(c=C()))):
    delete()
    print(hot(), end=" -> ")
    restore()
    print(hot())


def locals_():
    for i in range(100):
        x = i
        if i % 2:
            del x
        try:
            x
        except UnboundLocalError:
            pass
    try:
        return x
    except UnboundLocalError as error:
        return str(error)


print(locals_())


def cells():
    y = 0

    def inner():
        return y
    out = []
    for i in range(60):
        if i == 50:
            del y
        try:
            out.append(inner())
        except NameError as error:
            out.append(str(error))
            y = "bound again"
    return out[0], out[50], out[-1]


print(cells())
