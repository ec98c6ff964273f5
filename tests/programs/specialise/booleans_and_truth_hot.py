"""Conditions, not, and, or, while and filters in hot code over objects whose truth changes or fails."""


class Truth:
    def __init__(self, *answers):
        self.answers = list(answers)

    def __bool__(self):
        answer = self.answers[0]
        if len(self.answers) > 1:
            self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Len:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


class Neither:
    pass


def test(v):
    a = "yes" if v else "no"
    b = not v
    c = v and 1
    d = v or 2
    return a, b, type(c).__name__, type(d).__name__, bool(v)


def hot(v, turns=60):
    for _ in range(turns):
        try:
            out = test(v)
        except Exception as error:
            out = f"{type(error).__name__}: {error}"
    return out


for v in (True, False, None, 0, 1, -1, 2**80, 0.0, -0.0, 1.5, float("nan"), 0j, "", "a", b"", b"\0", [], [0], (), ((),), {}, {0: 0}, set(), {0}, range(0), range(1),
          Len(0), Len(3), Len(-1), Len(2**70), Len("x"), Neither(), Neither, Truth(True), Truth(False), Truth(1), Truth(None), Truth(ValueError("no")), NotImplemented, ...,
          memoryview(b""), iter([]), type(None), len, ExceptionGroup("g", [ValueError()])):
    print(type(v).__name__, hot(v))


def loop(v):
    turns = 0
    while v:
        turns += 1
    return turns


print(loop(Truth(*[True] * 500, False)), loop(Truth(True, True, False)))
try:
    loop(Truth(*[True] * 100, OSError("in the loop")))
except OSError as error:
    print(error)
print([x for x in [0, 1, "", "a", None, Len(0), 2.0] if x], list(filter(None, [0, 1, [], [0]])), any([0, "", Len(1)]), all([1, "a", Len(0)]))
Neither.__bool__ = lambda self: False
print(hot(Neither()))
Neither.__bool__ = lambda self: True
print(hot(Neither()))
Neither.__bool__ = None
print(hot(Neither()))
del Neither.__bool__
Neither.__len__ = lambda self: 0
print(hot(Neither()))
assert Truth(True), "never"
try:
    assert Truth(False), Len(5)
except AssertionError as error:
    print(type(error.args[0]).__name__)
print(1 if Truth(False) else 2 if Truth(True) else 3, [] or {} or (), [] and 1, 0 or None, not [] and not 0, not not "a")
