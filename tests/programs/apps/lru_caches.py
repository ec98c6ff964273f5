"""Three LRU caches (OrderedDict, linked list, functools) held against each other on one sequence of requests."""
import functools
import random
from collections import OrderedDict


class ByOrderedDict:
    def __init__(self, size):
        self.size, self.items, self.hits = size, OrderedDict(), 0

    def get(self, key, make):
        if key in self.items:
            self.hits += 1
            self.items.move_to_end(key)
            return self.items[key]
        value = self.items[key] = make(key)
        if len(self.items) > self.size:
            self.items.popitem(last=False)
        return value

    def order(self):
        return list(self.items)


class Node:
    __slots__ = ("key", "value", "before", "after")


class ByLinks:
    def __init__(self, size):
        self.size, self.nodes, self.hits = size, {}, 0
        self.root = root = Node()
        root.before = root.after = root

    def unlink(self, node):
        node.before.after, node.after.before = node.after, node.before

    def to_front(self, node):
        root = self.root
        node.before, node.after = root, root.after
        root.after.before = root.after = node

    def get(self, key, make):
        node = self.nodes.get(key)
        if node:
            self.hits += 1
            self.unlink(node)
        else:
            node = Node()
            node.key, node.value = key, make(key)
            self.nodes[key] = node
        self.to_front(node)
        if len(self.nodes) > self.size:
            last = self.root.before
            self.unlink(last)
            del self.nodes[last.key]
        return node.value

    def order(self):
        out, node = [], self.root.before
        while node is not self.root:
            out.append(node.key)
            node = node.before
        return out


def square(key):
    made.append(key)
    return key * key


made = []
random.seed(5)
requests = [int(random.triangular(0, 30, 10)) for _ in range(600)]
caches = [ByOrderedDict(12), ByLinks(12)]
cached = functools.lru_cache(maxsize=12)(square)
counts = []
for cache in caches:
    print(sum(cache.get(key, square) for key in requests), cache.hits, cache.order())
    counts.append(len(made))
    made.clear()
print(sum(map(cached, requests)), cached.cache_info(), counts, len(made))
print(caches[0].order() == caches[1].order())
cached.cache_clear()
print(cached.cache_info(), cached.cache_parameters(), cached.__wrapped__ is square)


@functools.lru_cache(typed=True)
def typed(*args, **kwargs):
    return args, tuple(kwargs.items())


typed(1), typed(1.0), typed(True), typed(1), typed(a=1, b=2), typed(b=2, a=1), typed(1, a=1)
print(typed.cache_info())
try:
    typed([])
except TypeError as error:
    print(error)
