# Expected output: made with CPython 3.14, `python sets.py > sets.out`.
"""Sets: methods, operators, the order of ints, and elements whose comparison interferes."""


def attempt(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error, sep=": ")


print(set(), frozenset(), {1, 2, 3}, frozenset([1, 2]), set("a"), {*range(3)}, set({1: 2}), {1, 1.0, True})
for cls in (set, frozenset):
    attempt(cls, 1)
    attempt(cls, 1, 2)
    attempt(lambda: cls(a=1))
    attempt(cls, [[]])
attempt(lambda: {[]})
attempt(lambda: [] in {1})

for method, *args in [
    ("add", 9), ("add", []), ("add",), ("discard", 1), ("discard", 77), ("discard", []), ("remove", 1), ("remove", 77), ("pop",),
    ("clear",), ("copy",), ("update", [7, 8], {9}), ("update",), ("update", 5), ("union", [7], (8,)), ("union",),
    ("intersection", [1, 2]), ("intersection", [1, 2], {2}), ("intersection",), ("difference", [1]), ("difference", {1}, [2]),
    ("difference",), ("symmetric_difference", [1, 9]), ("symmetric_difference", {1: 2}), ("intersection_update", [1, 2], [2, 3]),
    ("intersection_update",), ("difference_update", [1], {2}), ("symmetric_difference_update", [1, 9]),
    ("symmetric_difference_update", {3}), ("isdisjoint", [7]), ("isdisjoint", {1}), ("issubset", [1, 2, 3, 4]), ("issubset", {1}),
    ("issuperset", [1]), ("issuperset", {9}), ("__contains__", 2), ("__contains__", []), ("__contains__", {1}), ("__len__",),
    ("__and__", {1, 5}), ("__and__", [1]), ("__or__", {7}), ("__sub__", {1}), ("__xor__", {1, 8}), ("__iand__", {1}),
    ("__ior__", {8}), ("__isub__", {1}), ("__ixor__", {1, 8}), ("__iand__", [1]), ("__rsub__", {1, 9}), ("__eq__", {1, 2, 3}),
    ("__lt__", {1, 2, 3, 4}), ("__le__", [1]), ("__ge__", {1}), ("__gt__", {1, 2, 3}),
]:
    subject = {1, 2, 3}
    try:
        print(method, args, getattr(subject, method)(*args), subject)
    except Exception as error:
        print(method, args, type(error).__name__, error, subject)
attempt(set().pop)
attempt(lambda: {1} | [2])
attempt(lambda: {1} < 5)
attempt(lambda: frozenset([1]) | {2})
attempt(lambda: {1} - frozenset([1]))
attempt(lambda: frozenset().add(1))
print(hash(frozenset([1, 2, 3])) == hash(frozenset([3, 2, 1])), hash(frozenset(range(50))), hash(frozenset()))
attempt(hash, set())
print({1, 2} == frozenset([2, 1]), {frozenset([1]), 2} == {2, frozenset([1])}, {1} in {frozenset([1])}, set() < {1}, {1} <= {1})
nested = {frozenset([1])}
nested.remove({1})
print(nested, frozenset([1]).copy(), frozenset(frozenset([2])))
same = frozenset([1])
print(frozenset(same) is same, same.copy() is same, {1}.copy())

# The order of ints.
numbers = set()
for i in [5, 100, 3, 8, 16, 24, 1000, 7]:
    numbers.add(i)
print(numbers)
for i in range(0, 2000, 37):
    numbers.add(i * i)
print(numbers)
for i in list(numbers)[::2]:
    numbers.discard(i)
print(numbers, [numbers.pop() for _ in range(4)])
for i in range(-20, 20):
    numbers.add(i * 3)
print(numbers)
print(numbers | set(range(50, 90)), numbers & set(range(30)), numbers - set(range(0, 60, 2)), numbers ^ set(range(-10, 10)))
print(set(range(70)) - {3}, set(range(100)) & set(range(50, 60)), {*range(20)} ^ {*range(10, 30)})
print(set(map(float, range(20))), {0.5 * i for i in range(20)}, {(i, i) for i in range(1)}, {-1, -2, 2**61 - 1, 2**61, 2**64, -(2**62)})
copied = set(numbers)
numbers.difference_update(range(20))
print(copied, numbers, set(numbers), frozenset(numbers))
numbers.clear()
numbers.update(range(30))
numbers.intersection_update(range(5, 12))
print(numbers, len(numbers))
big = set(range(5000))
for i in range(0, 5000, 2):
    big.remove(i)
print(len(big), sum(big), list(big)[:5], [big.pop() for _ in range(3)])

# Changes during iteration.
subject = {1, 2, 3}
try:
    for i in subject:
        subject.add(i + 10)
except RuntimeError as error:
    print(error)
iterator = iter({1, 2, 3})
print(iterator.__length_hint__(), next(iterator), iterator.__length_hint__(), iterator.__reduce__(), list(iterator), next(iterator, "end"))


class Element:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return 3

    def __eq__(self, other):
        global action
        if action:
            todo, action = action, None
            todo()
        return isinstance(other, Element) and self.name == other.name

    def __repr__(self):
        return f"Element({self.name})"


action = None
elements = {Element("a"), Element("b")}
print(Element("a") in elements, Element("c") in elements, len(elements), 3 in elements)
action = elements.clear
print(Element("b") in elements, elements)
elements = {Element("a")}
action = lambda: elements.update(range(100))
elements.add(Element("b"))
print(len(elements), Element("a") in elements, Element("b") in elements)


class Sub(set):
    def __init__(self, items=(), name=None):
        super().__init__(items)
        self.name = name


class Frozen(frozenset):
    def __new__(cls, items=(), name=None):
        self = super().__new__(cls, items)
        self.name = name
        return self


sub = Sub([1], name="n")
print(sub, sub.name, type(sub | {2}), type(sub.copy()), sub.__reduce__(), Frozen([1], name="f"), Frozen([1], name="f").name, Frozen(), type(Frozen([1]).union([2])))
recursive = Sub()


class Holder:
    def __repr__(self):
        return f"Holder({held})"


held = {Holder()}
print(held)
print({1}.__reduce__(), frozenset([1]).__reduce__(), set[int], frozenset[str])
