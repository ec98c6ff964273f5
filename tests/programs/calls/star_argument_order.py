"""The order in which stars, keywords and their iterators are evaluated in calls, and where errors come in between."""
log = []


def note(value):
    log.append(value)
    return value


class Keys:
    def __init__(self, name, items):
        self.name, self.items = name, items

    def keys(self):
        log.append(f"{self.name}.keys")
        return iter(self.items)

    def __getitem__(self, key):
        log.append(f"{self.name}[{key}]")
        return key.upper()


class Items:
    def __init__(self, name, count, fail=False):
        self.name, self.count, self.fail = name, count, fail

    def __iter__(self):
        log.append(f"iter {self.name}")
        for index in range(self.count):
            yield f"{self.name}{index}"
        if self.fail:
            raise ZeroDivisionError(self.name)


def target(*args, **kwargs):
    log.append("called")
    return args, kwargs


def run(action):
    log.clear()
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)
    print("   ", log)


run(lambda: target(note(1), *Items("a", 2), note(2), *Items("b", 1), k=note(3), **Keys("m", ["x"]), l=note(4)))
run(lambda: target(k=note(1), *Items("a", 1)))
run(lambda: target(*Items("a", 1), **Keys("m", ["x"]), **Keys("n", ["y"])))
run(lambda: target(**Keys("m", ["x", "y"]), x=note("own")))
run(lambda: target(x=note("own"), **Keys("m", ["y", "x"]), z=note("late")))
run(lambda: target(*Items("a", 1, fail=True), note("never")))
run(lambda: target(*note(5), k=note(1)))
run(lambda: target(**note(5), k=note(1)))
run(lambda: target(**{1: 2}, k=note("later")))
run(lambda: note(None)(note(1), *note([])))
run(lambda: target(note(1), k=note(undefined), *note([2])))
run(lambda: [note(1), *Items("a", 2), note(2)])
run(lambda: {note("k"): note("v"), **Keys("m", ["x"]), note("l"): note("w")})
run(lambda: {*Items("a", 1), note("z")} == {"a0", "z"})
run(lambda: (*Items("a", 1), *Items("b", 1, fail=True), note("never")))
run(lambda: print(*Items("p", 3), sep=note("-")))
