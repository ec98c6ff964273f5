s = {3, 1, 2}
s.add(4); s.discard(9); s.remove(1)
print(s, len(s), 2 in s, s | {9}, s & {2, 3}, s - {2}, s ^ {2, 7}, s <= {2, 3, 4, 5}, s.isdisjoint({8}))
s |= {5}; s -= {2}; print(s, s.copy() == s, frozenset([1, 2]), hash(frozenset([1])) == hash(frozenset([1])))
print({frozenset([1]): 'ok'}, set('hello') == set('olleh'), sorted(set([3, 1, 2])), {1} == frozenset([1]))
print(set(), {1, 2}.union([3], (4,)), {1, 2}.intersection([2]), {1}.issubset([1, 2]), sorted({1, 2}.symmetric_difference([2, 3])))
for expression in ('{[]}', 'set().pop()', '{1}.remove(5)', '{1} | [2]', '{1} < 5', 'frozenset([1]).add(2)'):
    try:
        print(eval(expression))
    except Exception as error:
        print(type(error).__name__, error)
