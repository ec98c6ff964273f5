"""The order of evaluation of assignment targets: attributes, subscripts, slices, stars, chains, augmented and annotated."""
log = []


def note(name, value=None):
    log.append(name)
    return value


class Tracked:
    def __init__(self, name):
        object.__setattr__(self, "name", name)

    def __getitem__(self, key):
        log.append(f"{self.name}[{key}]")
        return 10

    def __setitem__(self, key, value):
        log.append(f"{self.name}[{key}] = {value}")

    def __delitem__(self, key):
        log.append(f"del {self.name}[{key}]")

    def __getattr__(self, key):
        log.append(f"{self.name}.{key}")
        return 10

    def __setattr__(self, key, value):
        log.append(f"{self.name}.{key} = {value}")

    def __delattr__(self, key):
        log.append(f"del {self.name}.{key}")


a, b = Tracked("a"), Tracked("b")


def show(title):
    print(f"{title:12}", "; ".join(log))
    log.clear()


def get(name):
    log.append(f"get {name}")
    return {"a": a, "b": b}[name]


def index(value):
    log.append(f"index {value}")
    return value


get("a")[index(0)] = note("right", 1)
show("subscript")
get("a").x = get("b").y = note("right", 2)
show("chain")
get("a")[index(0)], get("b").y = note("right", (3, 4))
show("tuple")
get("a")[index(0)], *get("b")[index(1)], get("a").z = note("right", range(5))
show("star")
get("a")[index(0)] += note("right", 5)
show("augmented")
get("a").x *= note("right", 5)
show("attribute")
get("a")[index(1):index(2)] = note("right", 6)
show("slice")
get("a")[index(1):index(2):index(3)] -= note("right", 6)
show("augmented slice")
get("a")[index(1), index(2):, ...] = note("right", 7)
show("mixed")
get("a").x: note("annotation", int) = note("right", 8)
show("annotated")
get("a")[index(0)]: note("annotation", int)
show("bare")
del get("a")[index(0)], get("b").y, get("a")[index(1):]
show("del")
for get("a")[index(0)] in note("iterable", [1, 2]):
    note("body")
show("for")
for get("a").x, get("b")[index(1)] in [(1, 2)]:
    pass
show("for tuple")
try:
    get("a").x, get("b").y = note("right", (1,))
except ValueError as error:
    show(str(error))
i = 0
values = [0, 0, 0]
i, values[i] = 2, "at two"
print(i, values)
values[(i := 0)], i = "walrus", 1
print(i, values)
i = values[i] = 2
print(i, values)
