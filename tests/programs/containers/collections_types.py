"""collections: deque, Counter, OrderedDict, defaultdict, namedtuple, ChainMap, UserDict and their corners."""
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, UserString, defaultdict, deque, namedtuple


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, error)


d = deque([1, 2, 3], maxlen=4)
print(d, d.append(4), d.append(5), d, d.appendleft(0), d, d.pop(), d.popleft(), d.extend("ab"), d.extendleft("xy"), d, d.rotate(1), d, d.rotate(-2), d, d.maxlen, d[0], d[-1], len(d), "x" in d, d.count("a"), d.reverse(), d, d.copy(), d == deque(d), d.index("x"))
d = deque(range(6))
d[2] = "two"
del d[0]
d.insert(1, "ins")
d.remove(5)
print(d, d + deque([9]), d * 2, deque("ab") < deque("b"), deque([1]) == [1], list(reversed(d)), deque(maxlen=0), deque([1, 2, 3], 2), deque("abc", maxlen=None), bool(deque()), d.clear(), d)
attempt(lambda: deque().pop(), lambda: deque().popleft(), lambda: deque(maxlen=-1), lambda: deque(maxlen="a"), lambda: deque(5), lambda: deque([1])[5], lambda: deque([1])[0:1], lambda: deque([1]).remove(2), lambda: deque([1]).index(2), lambda: deque([1], 1).insert(0, 2), lambda: deque() + [1], lambda: hash(deque()), lambda: deque([1]).rotate("a"), lambda: setattr(deque(), "maxlen", 1), lambda: deque([1, 2]).__reduce__()[1:3])
loop = deque([1])
loop.append(loop)
print(loop)
c = Counter("mississippi")
print(c, c.most_common(2), c["zz"], sorted(c.elements()), c.total(), c + Counter("mis"), c - Counter("miss"), c & Counter("mixx"), c | Counter("zz"), Counter(a=1) == Counter(a=1, b=0), Counter(a=1) <= Counter(a=2), -Counter(a=-1, b=2), +Counter(a=-1, b=2), c.update("mm"), c.subtract("s"), c, Counter({"a": 1}, b=2), Counter(), dict(c) == c, "zz" in c, list(c), c.copy() == c)
attempt(lambda: Counter(5), lambda: Counter("a", "b"), lambda: Counter.fromkeys("a"), lambda: Counter(a="x") + Counter(a=1), lambda: Counter([[]]))
o = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
o.move_to_end("a")
o.move_to_end("c", last=False)
print(o, o.popitem(), o.popitem(last=False), o, list(reversed(OrderedDict(x=1, y=2))), OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == dict(b=2, a=1), OrderedDict(a=1) | {"b": 2}, {"a": 1} | OrderedDict(b=2), OrderedDict.fromkeys("ba"), o.setdefault("z", 5), o.pop("b"), o.pop("nope", None), o.copy(), o.keys(), o.items(), o.values())
attempt(lambda: OrderedDict().popitem(), lambda: OrderedDict().move_to_end("a"), lambda: OrderedDict(a=1).pop("b"), lambda: OrderedDict([1]))
dd = defaultdict(list, {"z": [0]})
dd["a"].append(1)
print(dd, dd.get("q"), "q" in dd, dd.default_factory, dd | {"b": 2}, dd.copy(), defaultdict(int, a=1), defaultdict(None), defaultdict(lambda: 5)["x"])
attempt(lambda: defaultdict(None)["a"], lambda: defaultdict(5), lambda: defaultdict(), lambda: defaultdict(lambda: 1 / 0)["x"], lambda: defaultdict(int).__missing__("k"))
P = namedtuple("P", "x y", defaults=[5])
p = P(1)
print(p, p.x, p[1], p._asdict(), p._replace(x=9), P._fields, P._field_defaults, P._make([7, 8]), p == (1, 5), P(y=1, x=2), p + (3,), hash(p) == hash((1, 5)), P.__doc__, P.x.__doc__, [*p], P.__new__.__defaults__, p.__getnewargs__(), P.__match_args__, isinstance(p, tuple), p.__replace__(y=2))
attempt(lambda: P(), lambda: P(1, 2, 3), lambda: P(1, z=2), lambda: p._replace(q=1), lambda: setattr(p, "x", 1), lambda: namedtuple("X", "a a"), lambda: namedtuple("X", "class"), lambda: namedtuple("X", "_a"), lambda: namedtuple("1X", "a"), lambda: namedtuple("X", "a b", rename=True)._fields, lambda: namedtuple("X", "def 1x _y z z", rename=True)._fields, lambda: namedtuple("X", "a", defaults=[1, 2]), lambda: P._make([1, 2, 3]), lambda: p.missing, lambda: namedtuple("X", ["a", 5]))


class Point(namedtuple("Base", "x y")):
    __slots__ = ()

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)


print(Point(1, 2) + Point(3, 4), Point(1, 2)._replace(x=5))
cm = ChainMap({"a": 1}, {"a": 2, "b": 3})
cm["c"] = 9
print(cm, cm["a"], cm["b"], dict(cm), list(cm), len(cm), cm.maps, cm.parents, cm.new_child({"a": 0})["a"], "b" in cm, cm.get("zz"), cm | {"d": 1}, bool(ChainMap()), cm.pop("a"), cm["a"])
attempt(lambda: cm["zz"], lambda: cm.pop("b"), lambda: cm.__delitem__("b"), lambda: ChainMap().popitem())


class Upper(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.upper(), value)

    def __missing__(self, key):
        return f"<{key}>"


u = Upper(a=1)
u.update(b=2)
print(u, u["zz"], "A" in u, u.data, u | {"c": 3}, u.copy(), u.get("nope"), u.setdefault("d", 4))
ul = UserList([3, 1])
ul.append(2)
ul.sort()
print(ul, ul + [4], ul[1:], type(ul[1:]).__name__, ul == [1, 2, 3], UserString("abc").upper(), type(UserString("a") + "b").__name__, "b" in UserString("abc"), UserString("%s") % 1, hash(UserString("a")) == hash("a"))
