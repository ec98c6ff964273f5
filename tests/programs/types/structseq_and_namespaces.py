"""Named results of the system, SimpleNamespace and module namespaces: fields, replacing, comparing, pickling, repr, errors."""
import copy
import os
import pickle
import sys
import time
from types import SimpleNamespace

t = time.struct_time((2024, 2, 29, 12, 30, 15, 3, 60, 0))
print(t, t.tm_year, t[1], len(t), t[3:6], t == (2024, 2, 29, 12, 30, 15, 3, 60, 0), isinstance(t, tuple), t.n_fields, t.n_sequence_fields, t.n_unnamed_fields, hash(t) == hash(tuple(t)))
print(copy.replace(t, tm_year=1999).tm_year, copy.copy(t) == t, pickle.loads(pickle.dumps(t)) == t, t.tm_zone, time.struct_time(range(11)).tm_gmtoff, t + (1,), t < time.struct_time([2025] * 9), [*t][:2])
for bad in (lambda: time.struct_time(5), lambda: time.struct_time((1, 2)), lambda: time.struct_time(range(20)), lambda: setattr(t, "tm_year", 5), lambda: t.nothing, lambda: copy.replace(t, nope=1), lambda: time.struct_time((1,) * 9, {"tm_zone": "X"}).tm_zone,
            lambda: time.struct_time((1,) * 9, {"bad": 1}), lambda: sys.flags.__class__(), lambda: type(sys.version_info)((1, 2, 3)), lambda: sys.version_info.major, lambda: t.__replace__(tm_zone="Z").tm_zone, lambda: os.stat_result(range(10)).st_size, lambda: type(sys.flags)(range(18))):
    try:
        print(bad())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, str(error).split(" (")[0])
print(sys.version_info[:2] == (sys.version_info.major, sys.version_info.minor), sys.version_info >= (3, 14), sys.hash_info.width, sys.float_info.dig, sys.int_info.bits_per_digit > 0, os.terminal_size((80, 24)), type(os.times()).__name__)
n = SimpleNamespace({"a": 1}, b=2, **{"c d": 3})
print(n, n.a, vars(n), n == SimpleNamespace(b=2, a=1, **{"c d": 3}), n != SimpleNamespace(), repr(SimpleNamespace(self=1)), SimpleNamespace({"x": 1}, x=2))
n.me = n
print(n, copy.replace(SimpleNamespace(a=1), a=2, b=3), pickle.loads(pickle.dumps(SimpleNamespace(z=[1]))), copy.copy(n).me is n)
del n.me, n.a


class Sub(SimpleNamespace):
    extra = 5

    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
        self.made = True


print(Sub(x=1), Sub() == SimpleNamespace(made=True), Sub(x=1).extra, n)
for bad in (lambda: SimpleNamespace(1), lambda: SimpleNamespace({1: 2}), lambda: SimpleNamespace({}, {}), lambda: n.a, lambda: hash(n), lambda: n < n, lambda: SimpleNamespace([("k", "v")]), lambda: SimpleNamespace("ab"), lambda: [*n]):
    try:
        print(bad())
    except (TypeError, AttributeError, ValueError) as error:
        print(type(error).__name__, error)
