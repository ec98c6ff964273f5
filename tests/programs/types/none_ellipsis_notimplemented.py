"""The singletons: identity, truth, types, comparison, hashing, copying, attributes, calling, pickling and NotImplemented's refusal of truth."""
import copy
import pickle

for it in (None, ..., NotImplemented):
    kind = type(it)
    out = [repr(it), kind.__name__, kind() is it, copy.copy(it) is it, copy.deepcopy([it])[0] is it, pickle.loads(pickle.dumps(it)) is it, it == it, it != 5, hash(it) == hash(it), isinstance(it, object), {it: 1}[it], it in (it,), str(it), f"{it}"]
    for action in (lambda: bool(it), lambda: it < it, lambda: it + 1, lambda: it(), lambda: it.x, lambda: setattr(it, "x", 1), lambda: kind(5), lambda: type("Sub", (kind,), {}), lambda: len(it), lambda: iter(it), lambda: it[0], lambda: format(it, ">5"), lambda: it.__class__ is kind, lambda: it.__doc__ is None, lambda: kind.__new__(kind) is it, lambda: it.__reduce__(), lambda: int(it), lambda: -it, lambda: it & it, lambda: not it):
        try:
            out.append(action())
        except Exception as error:
            out.append(f"{type(error).__name__}: {error}")
    print(*out, sep=" | ")
print(None is None, (lambda: None)() is None, print(end="") is None, [].sort() is None, {}.get("x") is None, type(None) is None.__class__, None or ..., ... and None, [None] * 2, None.__eq__(None), None.__eq__(5), None.__bool__(), sorted([(1, None), (0, ...)]), max((None,)), {None, ..., None} == {..., None}, [x for x in (None, 0, "") if x is None])


class Eq:
    def __eq__(self, other):
        return NotImplemented

    def __lt__(self, other):
        return NotImplemented

    __hash__ = None


e = Eq()
print(e == e, e == Eq(), e != e, e.__eq__(5), object().__eq__(5), (5).__add__("a"), "a".__lt__(5), [].__eq__(()), int.__eq__(1, 1.0), (1).__lt__(2.0))
try:
    e < e
except TypeError as error:
    print(error)
try:
    if NotImplemented:
        print("never")
except TypeError as error:
    print(error)
