"""deque, heapq, bisect, array and OrderedDict when elements' comparisons or iterations change them; bounds and rotations."""
import bisect
import heapq
from array import array
from collections import Counter, OrderedDict, UserDict, UserString, deque, namedtuple


class Meddler:
    def __init__(self, n, action=None):
        self.n, self.action = n, action

    def __eq__(self, other):
        if self.action:
            self.action()
        return self.n == getattr(other, "n", other)

    def __lt__(self, other):
        if self.action:
            self.action()
        return self.n < getattr(other, "n", other)

    def __repr__(self):
        return f"m{self.n}"


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


d = deque([1, 2, 3], maxlen=4)
d += "ab"
d.appendleft(0)
d.rotate(-1)
print(d, d.maxlen, d * 2, d + deque([9]), 2 in d, d.index("a"), d.count(0), list(reversed(d)), d[1], d[-1], d == deque(d), d.copy() is d)
d.insert(1, "in") if len(d) < 4 else print(attempt(lambda: d.insert(1, "x")))
q = deque(range(5))
print(attempt(lambda: [q.append(x) for x in q]), attempt(lambda: q.remove(99)), attempt(lambda: q.index(3, 4)), attempt(lambda: q.pop() and q[99]), attempt(lambda: deque().pop()), attempt(lambda: deque(maxlen=-1)), attempt(lambda: q[1:2]), attempt(lambda: q.rotate("x")), attempt(lambda: hash(q)))
q = deque([Meddler(1), Meddler(2, lambda: q.clear()), Meddler(3)])
print(attempt(lambda: q.index(7)), attempt(lambda: q.remove(3)), len(q))
q = deque([Meddler(1, lambda: q.append(5)), 2])
print(attempt(lambda: q.count(2)), attempt(lambda: 9 in q), attempt(lambda: deque([Meddler(1, lambda: q.rotate(1))]) == deque([1])))
heap = [Meddler(n) for n in (5, 1, 4)]
heapq.heapify(heap)
heap[0].action = heap.clear
print(attempt(lambda: heapq.heappush(heap, Meddler(0))), len(heap))
heap = [3, 1, 2]
heapq.heapify(heap)
print(heapq.heapreplace(heap, 9), heapq.heappushpop(heap, 0), heap, attempt(lambda: heapq.heappop([])), attempt(lambda: heapq.heappush((), 1)), attempt(lambda: heapq.heapify([1, "a"])), heapq.nsmallest(2, heap), heapq.nlargest(9, heap), attempt(lambda: heapq.heappush([1], "x")))
print(heapq.heapify_max(h := [1, 5, 3]) or h, heapq.heappop_max(h), heapq.heappush_max(h, 9) or h, heapq.heapreplace_max(h, 0), h)
s = [1, 3, 3, 5]
print(bisect.bisect(s, 3), bisect.bisect_left(s, 3), bisect.bisect(s, 9, hi=2), bisect.bisect_left("aceg", "d"), bisect.bisect(s, -2, key=lambda v: -v), attempt(lambda: bisect.bisect(s, "x")), attempt(lambda: bisect.bisect(s, 1, -1)), attempt(lambda: bisect.insort((), 1)), bisect.insort(s, 4) or s, bisect.insort(s, 0, key=abs) or s)
a = array("i", [3, 1, 2])
view = memoryview(a)
print(attempt(lambda: a.append(5)), view[0], attempt(lambda: a.extend("x")))
view.release()
a.extend(array("i", [7]))
a.frombytes(b"\1\0\0\0")
print(a, a[::2], a * 2, a.count(1), a.index(2), a.itemsize, attempt(lambda: a.append(2**40)), attempt(lambda: a.append(1.5)), attempt(lambda: array("z")), attempt(lambda: a + array("f")), attempt(lambda: a.frombytes(b"abc")), array("w", "aé").tounicode(), a == array("q", a), a < array("i", [9]))
o = OrderedDict(a=1, b=2, c=3)
o.move_to_end("a")
o.move_to_end("c", last=False)
print(list(o), o.popitem(last=False), o | {"z": 1}, attempt(lambda: o.move_to_end("no")), attempt(lambda: [o.pop(k) for k in o]), list(reversed(o)), o == {"b": 2, "a": 1}, OrderedDict.fromkeys("ab", 0))
c = Counter("abracadabra")
c.subtract("aab")
print(c, c.most_common(2), +Counter(a=-1, b=2), -Counter(a=-1), c - Counter(a=1), c & Counter(a=9), Counter(a=1) <= Counter(a=2), c.total(), c["none"], attempt(lambda: Counter(a="x") + Counter(a=1)), sorted(c.elements()), Counter(a=1) == Counter(a=1, b=0))
N = namedtuple("N", "x y z", defaults=(2, 3), rename=False)
print(N(1), N(1)._asdict(), N._make("abc"), N(1)._replace(z=0), attempt(lambda: N()), attempt(lambda: N(1)._replace(q=1)), attempt(lambda: namedtuple("B", "a a")), namedtuple("R", "a a def 1", rename=True)._fields, attempt(lambda: namedtuple("B", "_x")), N._field_defaults, N.__doc__, N.x.__doc__, attempt(lambda: setattr(N(1), "x", 5)))
print(UserDict(a=1) | {"b": 2}, UserString("abc").upper()[1:], type(UserString("a") + "b").__name__, UserString("5") == "5", int(UserString("5")))
