"""struct, heapq, bisect, statistics, graphlib, contextvars and queue: small data modules with their errors."""
import bisect
import contextvars
import graphlib
import heapq
import queue
import re
import statistics
import struct


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, re.sub(" at 0x[0-9a-f]+", "", str(error)))


for fmt, values in [("<bBhHiIqQ", (-1, 255, -2, 65535, -3, 4294967295, -4, 2**64 - 1)), (">fd", (1.5, -2.25)), ("<e", (0.1,)), ("=?c", (True, b"x")), ("4s", (b"abcdef",)), ("10p", (b"abc",)), ("<3x2h", (1, 2)), ("@bi", (1, 2)), ("=bi", (1, 2)), ("!HH", (1, 2)), ("0s", (b"",)), ("2b 3h", (1, 2, 3, 4, 5)), ("<l", (-5,)), ("bxxi0q", (1, 2)), ("n", (-1,)), ("N", (1,)), ("<F", (1 + 2j,)) if False else ("<d", (float("inf"),))]:
    packed = struct.pack(fmt, *values)
    print(fmt, struct.calcsize(fmt), packed, struct.unpack(fmt, packed))
s = struct.Struct("<ih")
buffer = bytearray(12)
s.pack_into(buffer, 2, 7, 8)
print(s.format, s.size, buffer, s.unpack_from(buffer, 2), list(struct.iter_unpack("<h", b"\x01\0\x02\0")), s.unpack(memoryview(s.pack(1, 2))), list(s.iter_unpack(s.pack(1, 2) * 2)), repr(s))
attempt(lambda: struct.pack("b", 128), lambda: struct.pack("B", -1), lambda: struct.pack("h", "x"), lambda: struct.pack("i", 1.5), lambda: struct.pack("zz", 1), lambda: struct.pack("i"), lambda: struct.pack("i", 1, 2), lambda: struct.unpack("i", b"abc"), lambda: struct.unpack_from("i", b"abcd", 1), lambda: struct.unpack_from("i", b"abcd", -5), lambda: struct.pack("c", "x"), lambda: struct.pack("c", b"xy"), lambda: struct.pack("s", "x"), lambda: struct.pack("f", 1e40), lambda: struct.pack("e", 1e6), lambda: struct.pack("?", []), lambda: struct.calcsize("99999999999999999999i"), lambda: struct.pack_into("i", bytearray(2), 0, 1), lambda: struct.pack_into("i", b"abcd", 0, 1), lambda: list(struct.iter_unpack("h", b"abc")), lambda: list(struct.iter_unpack("", b"")), lambda: struct.unpack(5, b""), lambda: struct.pack("q", 2**63), lambda: struct.pack("<P", 1), lambda: struct.Struct("5"), lambda: struct.pack("d", "x"))
heap = [5, 1, 8, 3, 9, 2]
heapq.heapify(heap)
print(heap, heapq.heappop(heap), heapq.heappush(heap, 0), heap, heapq.heappushpop(heap, 4), heapq.heapreplace(heap, 7), heap, heapq.nlargest(2, heap), heapq.nsmallest(2, heap, key=lambda x: -x), list(heapq.merge([1, 4], [2, 3], [0])), list(heapq.merge("ca", "db", reverse=True)), list(heapq.merge(["aa", "b"], ["c"], key=len)), [heapq.heappop(heap) for _ in range(len(heap))])
maxheap = [3, 1, 2]
heapq.heapify_max(maxheap)
print(maxheap, heapq.heappop_max(maxheap), heapq.heappush_max(maxheap, 5), maxheap, heapq.heapreplace_max(maxheap, 0), heapq.heappushpop_max(maxheap, 9))
attempt(lambda: heapq.heappop([]), lambda: heapq.heapreplace([], 1), lambda: heapq.heappushpop([], 1), lambda: heapq.heapify(5), lambda: heapq.heappush([1], "a"), lambda: heapq.heapify([1, "a"]), lambda: heapq.nlargest(0, [1]), lambda: heapq.nlargest("x", [1]))
xs = [1, 3, 3, 5]
print(bisect.bisect(xs, 3), bisect.bisect_left(xs, 3), bisect.bisect_right(xs, 9), bisect.bisect_left(xs, 0), bisect.bisect(xs, 3, 0, 2), bisect.bisect_left(["a", "bb", "ccc"], 2, key=len), bisect.insort(xs, 4), xs, bisect.insort_left(xs, 3), xs, bisect.insort(xs, -2, key=abs), xs)
attempt(lambda: bisect.bisect([1], "a"), lambda: bisect.bisect([1], 1, -1), lambda: bisect.bisect(5, 1), lambda: bisect.insort((1,), 2), lambda: bisect.bisect([1, 2], 1, lo=0, hi=99))
print(statistics.mean([1, 2, 3, 4]), statistics.median([1, 3, 2]), statistics.median([1, 2, 3, 4]), statistics.mode("aabbb"), statistics.multimode("aabb"), statistics.stdev([1, 2, 4]), statistics.pvariance([1, 2, 4]), statistics.fmean([1, 2], [3, 1]), statistics.geometric_mean([1, 4]), statistics.harmonic_mean([1, 4]), statistics.quantiles(range(10), n=4), statistics.correlation([1, 2, 3], [2, 4, 7]), statistics.linear_regression([1, 2, 3], [2, 4, 6]), statistics.NormalDist(5, 2).cdf(6), statistics.median_low([1, 2]), statistics.median_grouped([1, 2, 2, 3]))
attempt(lambda: statistics.mean([]), lambda: statistics.stdev([1]), lambda: statistics.mode([]), lambda: statistics.harmonic_mean([-1]), lambda: statistics.NormalDist(0, -1))
ts = graphlib.TopologicalSorter({"d": {"b", "c"}, "b": {"a"}, "c": {"a"}})
print(list(ts.static_order())[0], list(graphlib.TopologicalSorter({1: [2], 2: [3]}).static_order()))
attempt(lambda: list(graphlib.TopologicalSorter({1: [2], 2: [1]}).static_order()))
var = contextvars.ContextVar("var", default="d")
token = var.set("one")
context = contextvars.copy_context()
print(var.get(), context[var], context.run(lambda: (var.set("inside"), var.get())[1]), var.get(), context[var], token.old_value is contextvars.Token.MISSING, var.reset(token), var.get(), var in context, len(context), context.get(contextvars.ContextVar("other"), "none"), [v.name for v in context])
with contextvars.ContextVar("w", default=0).set(5) as token:
    print(token.var.get())
print(token.var.get())
attempt(lambda: var.reset(token), lambda: contextvars.ContextVar("x").get(), lambda: contextvars.ContextVar(5), lambda: context.run(context.run, print), lambda: contextvars.ContextVar("x").get("fallback"), lambda: contextvars.Token())
q = queue.Queue(2)
q.put(1), q.put(2)
print(q.full(), q.qsize(), q.get(), q.get(), q.empty())
attempt(lambda: q.get_nowait(), lambda: q.get(timeout=0.001), lambda: [q.put(i, block=False) for i in range(3)], lambda: q.task_done(), lambda: queue.Queue().task_done())
pq = queue.PriorityQueue()
[pq.put(x) for x in (3, 1, 2)]
lq = queue.LifoQueue()
[lq.put(x) for x in "abc"]
sq = queue.SimpleQueue()
sq.put(1)
print([pq.get() for _ in range(3)], [lq.get() for _ in range(3)], sq.get(), sq.empty())
sh = queue.Queue()
sh.put(1)
sh.shutdown()
attempt(lambda: sh.put(2), lambda: sh.get(), lambda: sh.get())
