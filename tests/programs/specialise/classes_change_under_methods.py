"""Classes and instances that change while one of their own methods is running hot."""


class Machine:
    step = 1

    def __init__(self):
        self.total = 0

    def work(self, turns, at, change):
        trace = []
        for turn in range(turns):
            if turn == at:
                change(self)
            self.total += self.step
            self.tick()
            if turn in (at - 1, at, at + 1):
                trace.append(self.total)
        return trace

    def tick(self):
        self.total += 0


def run(title, change, turns=150, at=100):
    machine = Machine()
    before = dict(vars(Machine))
    try:
        print(title, machine.work(turns, at, change), machine.total)
    except Exception as error:
        print(title, type(error).__name__, error)
    for name in set(vars(Machine)) - set(before):
        delattr(Machine, name)
    for name, value in before.items():
        if not name.startswith("__"):
            setattr(Machine, name, value)


def new_tick(self):
    self.total += 1000


class Other(Machine):
    step = 50


run("nothing", lambda self: None)
run("class attribute", lambda self: setattr(Machine, "step", 10))
run("instance attribute", lambda self: setattr(self, "step", 7))
run("method replaced", lambda self: setattr(Machine, "tick", new_tick))
run("method on instance", lambda self: setattr(self, "tick", lambda: new_tick(self)))
run("method deleted", lambda self: delattr(Machine, "tick"))
run("class assigned", lambda self: setattr(self, "__class__", Other))
run("dict replaced", lambda self: setattr(self, "__dict__", {"total": -1}))
run("dict emptied", lambda self: self.__dict__.clear())
run("float total", lambda self: setattr(self, "total", 0.5))
run("big total", lambda self: setattr(self, "total", 2**62))
run("text total", lambda self: setattr(self, "total", "text"))
run("property", lambda self: setattr(Machine, "step", property(lambda self: 3)))
run("property without setter", lambda self: setattr(Machine, "total", property(lambda self: 3)))
run("slot wrapper", lambda self: setattr(Machine, "__setattr__", lambda self, n, v: object.__setattr__(self, n, v * 2)))
run("intercepted", lambda self: setattr(Machine, "__getattribute__",
                                        lambda self, n: 5 if n == "step" else object.__getattribute__(self, n)))
run("static", lambda self: setattr(Machine, "tick", staticmethod(lambda: None)))
run("classmethod", lambda self: setattr(Machine, "tick", classmethod(lambda cls: None)))
run("callable instance", lambda self: setattr(Machine, "tick", int))
run("raises", lambda self: setattr(Machine, "tick", lambda self: 1 / 0))
run("code replaced", lambda self: setattr(Machine.tick, "__code__", new_tick.__code__))
Machine.tick.__code__ = (lambda self: None).__code__
run("own code replaced", lambda self: setattr(Machine.work, "__code__", (lambda self, *a: "new work").__code__))
print(Machine().work(1, 1, None))
