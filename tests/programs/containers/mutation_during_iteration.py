"""Changing containers while they are iterated: errors of dicts and sets, behaviour of lists, views, deques and iterators."""
import collections


def attempt(name, action):
    try:
        print(name, action())
    except (RuntimeError, TypeError, IndexError, ValueError) as error:
        print(name, type(error).__name__, error)


def dict_grow():
    d = {1: 1, 2: 2}
    for k in d:
        d[k + 10] = 1


def dict_shrink():
    d = {1: 1, 2: 2}
    for k in d:
        del d[k]


def dict_same_size():
    d = dict.fromkeys(range(5))
    out = []
    for k in d:
        del d[k]
        d[k + 100] = 1
        out.append(k)
        if len(out) > 20:
            break
    return out


def dict_values_change():
    d = {1: 1, 2: 2}
    for k in d:
        d[k] = k * 10
    return d


def dict_items_grow():
    d = {1: 1}
    for k, v in d.items():
        d[k + 1] = v


def dict_clear():
    d = {1: 1, 2: 2}
    for k in d:
        d.clear()
    return "ended"


def dict_end():
    d = {1: 1}
    it = iter(d)
    next(it)
    d[2] = 2
    try:
        next(it)
    except RuntimeError as error:
        print(error)
    return list(it)


def dict_exhausted():
    d = {1: 1}
    it = iter(d)
    list(it)
    d[2] = 2
    return list(it), it.__length_hint__()


def dict_reversed():
    d = {1: 1, 2: 2}
    for k in reversed(d):
        d[k + 5] = 1


def set_grow():
    s = {1, 2}
    for x in s:
        s.add(x + 10)


def set_remove():
    s = {1, 2, 3}
    for x in s:
        s.discard(x)


def set_update_same():
    s = {1, 2}
    for x in s:
        s |= {1, 2}
    return s


def list_grow():
    items = [1, 2]
    for x in items:
        if len(items) < 6:
            items.append(x * 10)
    return items


def list_remove():
    items = list(range(8))
    for x in items:
        items.remove(x)
    return items


def list_insert():
    items = [1]
    out = []
    for x in items:
        out.append(x)
        if len(out) < 5:
            items.insert(0, len(out) * 100)
    return out


def list_clear():
    items = [1, 2, 3]
    out = []
    for x in items:
        out.append(x)
        items.clear()
    return out


def list_exhausted():
    items = [1]
    it = iter(items)
    list(it)
    items.append(2)
    return list(it)


def list_reversed():
    items = [1, 2, 3]
    out = []
    for x in reversed(items):
        out.append(x)
        if len(items) > 1:
            items.pop()
    return out


def list_sort_changes():
    items = [3, 1, 2]

    def key(x):
        items.append(x)
        return x

    items.sort(key=key)


def list_sort_seen_empty():
    items = [3, 1, 2]
    seen = []
    items.sort(key=lambda x: seen.append(len(items)) or x)
    return seen, items


def list_eq_changes():
    class Clears:
        def __eq__(self, other):
            items.clear()
            return False

    items = [Clears(), Clears(), 5]
    return 5 in items, items


def list_extend_self():
    items = [1, 2]
    items.extend(items)
    items += items
    items[1:2] = items
    return items


def list_extend_iterator():
    items = [1, 2]
    items.extend(x * 2 for x in items if len(items) < 10)
    return items


def list_index_changes():
    class Pops:
        def __eq__(self, other):
            items.pop()
            return False

    items = [Pops() for _ in range(6)]
    try:
        return items.index(5)
    except ValueError as error:
        return len(items), str(error)


def list_repr_changes():
    class Grows:
        def __repr__(self):
            if len(items) < 4:
                items.append(len(items))
            return "G"

    items = [Grows()]
    return repr(items)


def dict_eq_changes():
    class Key:
        def __init__(self, n):
            self.n = n

        def __hash__(self):
            return 1

        def __eq__(self, other):
            d.clear()
            return False

    d = {}
    d[Key(1)] = 1
    d[Key(2)] = 2
    return len(d)


def dict_update_self():
    d = {1: 1}
    d.update(d)
    d |= d
    return d


def dict_update_from_changing():
    class Changing:
        def keys(self):
            yield 1
            target[99] = 1
            yield 2

        def __getitem__(self, key):
            return key

    target = {}
    target.update(Changing())
    return target


def dict_repr_changes():
    class Adds:
        def __repr__(self):
            d[len(d)] = 1
            return "A"

    d = {"a": Adds()}
    return len(repr(d)) > 0


def dict_fromkeys_changing():
    d = {1: 1, 2: 2}
    return dict.fromkeys((d.pop(k) or k for k in list(d)))


def deque_changes():
    d = collections.deque([1, 2, 3])
    for x in d:
        d.append(x)


def deque_remove_changes():
    d = collections.deque([1, 2, 3])
    for x in d:
        d.remove(x)


def ordered_changes():
    d = collections.OrderedDict(a=1, b=2)
    for k in d:
        d.move_to_end(k)


def ordered_deletes():
    d = collections.OrderedDict(a=1, b=2)
    for k in d:
        del d[k]


def set_eq_changes():
    class K:
        def __hash__(self):
            return 7

        def __eq__(self, other):
            s.clear()
            return False

    s = {K()}
    s.add(K())
    return len(s)


def bytearray_grows():
    b = bytearray(b"ab")
    out = []
    for x in b:
        out.append(x)
        if len(b) < 5:
            b.append(x + 1)
    return out, b


def zip_shared():
    it = iter(range(5))
    return list(zip(it, it)), next(it, "exhausted")


def enumerate_grows():
    items = ["a"]
    for i, x in enumerate(items):
        if i < 3:
            items.append(x + str(i))
    return items


def slice_assign_self():
    items = [1, 2, 3]
    items[::2] = items[::2][::-1]
    items[1:1] = items
    return items


for function in [value for name, value in list(globals().items()) if callable(value) and name not in ("attempt",) and not isinstance(value, type)]:
    attempt(function.__name__, function)
