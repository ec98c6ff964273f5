"""repr of exception groups: what they hold as it was given, by what the arguments say now."""
class EG6(ExceptionGroup):
    def __new__(cls, m, e, code=0):
        return super().__new__(cls, m, e)
class EG7(ExceptionGroup):
    def __init__(self, *a): pass
class EG8(ExceptionGroup):
    def __init__(self, *a): self.args = ("x",)
class EG9(ExceptionGroup):
    def __new__(cls, *a): return super().__new__(cls, "m", [ValueError(1)])
class L(list): pass
class T(tuple): pass
V = ValueError(1)
print(EG6("m", [V], 5)); print(repr(EG6("m", [V], 5)), repr(EG6("m", (V,), 5)), repr(EG6("m", [V])), repr(EG6("m", L([V]), 5)), repr(EG6("m", L([V]))), repr(EG6("m", T([V]))))
print(repr(EG7("m", [V])), EG7("m", [V]).args, repr(EG8("m", [V])), repr(EG9(1, 2)), repr(EG9(1, [2])), repr(EG9([2], 1)), repr(EG9()), EG9(1, 2).args)
l = [V]
e = ExceptionGroup("m", l); l.append(5); print(repr(e), e.args, e.exceptions)
e.args = (); print(repr(e)); e.args = (1, [2]); print(repr(e)); e.args = (1, 2); print(repr(e)); e.args = (1, (2,)); print(repr(e)); e.args = (1, [], 3); print(repr(e))
class S:
    def __getitem__(self, i):
        return [V][i]
    def __len__(self): return 1
    def __repr__(self): return "S!"
e = ExceptionGroup("m", S()); print(repr(e)); e.args = (1, [2]); print(repr(e))
e = ExceptionGroup("m", (V,)); print(repr(e)); e.args = (1, [2]); print(repr(e))
import copy, pickle
e = ExceptionGroup("m", [V]); print(repr(copy.copy(e)), repr(pickle.loads(pickle.dumps(e))))
e = EG6("m", [V], 5)
print(repr(e.derive([V])), repr(e.split(ValueError)[0]), repr(e.subgroup(lambda x: True)))
