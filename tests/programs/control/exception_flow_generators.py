"""Exceptions through generators, context managers, comprehensions, callbacks, sorts and class bodies."""
import contextlib


def attempt(name, action):
    try:
        print(name, "->", action())
    except Exception as error:
        chain, e = [], error
        while e is not None and len(chain) < 5:
            chain.append(repr(e))
            e = e.__cause__ or e.__context__
        print(name, "raised", " <- ".join(chain))


def boom(*args, **kwargs):
    raise ValueError("boom")


class Boom:
    __lt__ = __eq__ = __hash__ = __bool__ = __len__ = __iter__ = __repr__ = __str__ = __add__ = __getitem__ = __call__ = __int__ = __index__ = __float__ = __contains__ = __enter__ = __format__ = __bytes__ = __reversed__ = __abs__ = __next__ = boom

    def __exit__(self, *args):
        pass


b = Boom()
for name, action in [
    ("sorted", lambda: sorted([b, b])), ("key", lambda: sorted([1], key=boom)), ("max", lambda: max([1, 2], key=boom)), ("map", lambda: list(map(boom, [1]))), ("filter", lambda: list(filter(boom, [1]))), ("set", lambda: {b}), ("dict", lambda: {b: 1}), ("in list", lambda: 1 in [b]), ("in", lambda: 1 in b), ("if", lambda: 1 if b else 2), ("and", lambda: b and 1), ("not", lambda: not b), ("str", lambda: str(b)), ("fstring", lambda: f"{b}"), ("repr in list", lambda: repr([b])), ("format", lambda: format(b, "x")), ("join", lambda: "".join(b)), ("unpack", lambda: [*b]), ("unpack call", lambda: print(*b)), ("index", lambda: [1][b]), ("slice", lambda: [1][b:]), ("range", lambda: range(b)), ("int", lambda: int(b)), ("float", lambda: float(b)), ("bytes", lambda: bytes(b)), ("add", lambda: b + 1), ("call", lambda: b()), ("with", lambda: exec("with b: pass", {"b": b})), ("comp", lambda: [x for x in b]), ("genexp", lambda: list(x for x in [1] if boom())), ("dictcomp", lambda: {boom(): 1 for _ in "a"}), ("sum", lambda: sum([1, b])), ("any", lambda: any([b])), ("zip", lambda: list(zip([1], b))), ("enumerate", lambda: list(enumerate(b))), ("reversed", lambda: list(reversed(b))), ("len", lambda: len(b)), ("hash", lambda: hash(b)), ("abs", lambda: abs(b)), ("next", lambda: next(b)), ("iter", lambda: iter(b)), ("eq", lambda: b == 1), ("tuple eq", lambda: (b,) == (1,)), ("dict get", lambda: {}.get(b)), ("list.index", lambda: [b].index(1)), ("list.remove", lambda: [b].remove(1)), ("count", lambda: [b].count(1)), ("% ", lambda: "%s" % b), ("%d", lambda: "%d" % b), ("chr", lambda: chr(b)), ("print", lambda: print(b)), ("isinstance", lambda: isinstance(1, b)), ("assert", lambda: exec("assert b", {"b": b})), ("while", lambda: exec("while b: pass", {"b": b})), ("match", lambda: exec("match 5:\n case 5 if b: pass", {"b": b})), ("lambda default", lambda: exec("def f(x=boom()): pass", {"boom": boom})), ("decorator", lambda: exec("@boom\ndef f(): pass", {"boom": boom})), ("class body", lambda: exec("class C: x = boom()", {"boom": boom})), ("metaclass", lambda: exec("class C(metaclass=boom): pass", {"boom": boom})), ("del item", lambda: exec("del b[0]", {"b": b})), ("star assign", lambda: exec("a, *c = b", {"b": b})), ("for", lambda: exec("for x in b: pass", {"b": b})), ("raise from", lambda: exec("raise KeyError from boom()", {"boom": boom})), ("except type", lambda: exec("try: 1/0\nexcept boom(): pass", {"boom": boom})), ("import hook", lambda: __import__("json", fromlist=b)), ("round", lambda: round(b)), ("divmod", lambda: divmod(b, 1)), ("getattr", lambda: getattr(type("G", (), {"__getattr__": boom})(), "x")), ("setattr", lambda: setattr(type("S", (), {"__setattr__": boom})(), "x", 1)), ("property", lambda: type("P", (), {"p": property(boom)})().p), ("new", lambda: type("N", (), {"__new__": boom})()), ("init", lambda: type("I", (), {"__init__": boom})()), ("set_name", lambda: type("T", (), {"a": type("D", (), {"__set_name__": boom})()})), ("init_subclass", lambda: type("U", (type("V", (), {"__init_subclass__": boom}),), {})), ("instancecheck", lambda: isinstance(1, type("M", (type,), {"__instancecheck__": boom})("X", (), {}))), ("dir", lambda: dir(type("D", (), {"__dir__": boom})())), ("copy", lambda: __import__("copy").copy(type("Y", (), {"__reduce_ex__": boom})())), ("exit stack", lambda: contextlib.ExitStack().callback(boom)() if False else None),
]:
    attempt(name, action)


def gen_chain():
    def a():
        try:
            yield 1
        except ValueError as error:
            raise KeyError("from a") from error

    def b():
        try:
            yield from a()
        except KeyError:
            raise TypeError("from b")

    g = b()
    next(g)
    g.throw(ValueError("thrown"))


attempt("gen chain", gen_chain)


@contextlib.contextmanager
def translate():
    try:
        yield
    except ValueError as error:
        raise LookupError("translated") from error


def translated():
    with translate():
        with translate():
            boom()


attempt("translated", translated)
