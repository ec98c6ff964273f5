"""Special methods are looked up on the type: instance attributes, __getattr__ and __getattribute__ do not help operators, len, iter and others."""


class Plain: ...


class Getattr:
    def __getattr__(self, name):
        log.append(name)
        return lambda *a: 5


class Getattribute:
    def __getattribute__(self, name):
        log.append(name)
        return lambda *a: 5


log = []
ACTIONS = {"len": len, "iter": iter, "add": lambda o: o + 1, "radd": lambda o: 1 + o, "getitem": lambda o: o[0], "call": lambda o: o(), "bool": bool, "str": lambda o: str(o)[:8], "hash": lambda o: hash(o) == 5, "eq": lambda o: o == 1, "contains": lambda o: 1 in o, "enter": lambda o: exec("with o: pass", {"o": o}), "int": int, "neg": lambda o: -o, "format": lambda o: f"{o:}"[:8], "next": next, "reversed": reversed, "abs": abs, "round": round, "index": lambda o: [1][o], "del": lambda o: exec("del o[0]", {"o": o}), "dir": lambda o: len(dir(o)) > 5, "copy": lambda o: type(__import__("copy").copy(o)).__name__, "await": lambda o: o.__await__ and "attribute", "isinstance": lambda o: isinstance(1, o)}
for make in (Plain, Getattr, Getattribute):
    o = make()
    if make is Plain:
        for name in ("len", "iter", "add", "getitem", "call", "bool", "str", "hash", "eq", "contains", "enter", "exit", "int", "neg", "index"):
            setattr(o, f"__{name}__", lambda *a: 5)
    for name, action in ACTIONS.items():
        log.clear()
        try:
            result = action(o)
        except Exception as error:
            result = f"{type(error).__name__}: {error}"
        print(make.__name__, name, result, log[:3])
