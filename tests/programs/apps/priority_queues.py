"""Priority queues: heapq with lazy deletion, a pairing heap and a bisect list give the same order."""
import bisect
import heapq
import random
from dataclasses import dataclass, field
from typing import Any


@dataclass(order=True, slots=True)
class Entry:
    priority: int
    count: int
    item: Any = field(compare=False)


class Lazy:
    REMOVED = object()

    def __init__(self):
        self.heap, self.entries, self.count = [], {}, 0

    def push(self, item, priority):
        if item in self.entries:
            self.entries.pop(item).item = self.REMOVED
        entry = self.entries[item] = Entry(priority, self.count, item)
        self.count += 1
        heapq.heappush(self.heap, entry)

    def pop(self):
        while self.heap:
            entry = heapq.heappop(self.heap)
            if entry.item is not self.REMOVED:
                del self.entries[entry.item]
                return entry.item
        raise KeyError("empty")


class Pairing:
    def __init__(self):
        self.root, self.best, self.count = None, {}, 0

    @staticmethod
    def meld(a, b):
        if a is None or b is None:
            return a or b
        if b[0] < a[0]:
            a, b = b, a
        a[1].append(b)
        return a

    def push(self, item, priority):
        key = priority, self.count
        self.count += 1
        self.best[item] = key
        self.root = self.meld(self.root, (key, [], item))

    def pop(self):
        while self.root:
            key, children, item = self.root
            pairs = [self.meld(*children[i:i + 2]) if len(children[i:i + 2]) == 2 else children[i] for i in range(0, len(children), 2)]
            root = None
            for pair in reversed(pairs):
                root = self.meld(root, pair)
            self.root = root
            if self.best.get(item) == key:
                del self.best[item]
                return item
        raise KeyError("empty")


class Sorted:
    def __init__(self):
        self.items, self.count = [], 0

    def push(self, item, priority):
        self.items = [entry for entry in self.items if entry[2] != item]
        bisect.insort(self.items, (priority, self.count, item), key=lambda entry: entry[:2])
        self.count += 1

    def pop(self):
        if not self.items:
            raise KeyError("empty")
        return self.items.pop(0)[2]


random.seed(11)
actions = [(random.choice("pppg"), random.randrange(40), random.randrange(15)) for _ in range(400)]
outs = []
for kind in (Lazy, Pairing, Sorted):
    queue, out = kind(), []
    for action, item, priority in actions:
        try:
            out.append(queue.pop()) if action == "g" else queue.push(item, priority)
        except KeyError as error:
            out.append(str(error))
    while True:
        try:
            out.append(queue.pop())
        except KeyError:
            break
    outs.append(out)
print(outs[0] == outs[1] == outs[2], len(outs[0]))
print(outs[0])
print(Entry(1, 2, "x") < Entry(1, 3, None), Entry(1, 2, "x") == Entry(1, 2, "y"), sorted([Entry(2, 0, 0), Entry(1, 9, {})]))
print(list(heapq.merge([1, 4], [2, 3], [0, 9], reverse=False)), heapq.nlargest(3, outs[0], key=str), heapq.nsmallest(2, "python"))
