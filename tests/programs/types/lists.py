l = [3, 1, 2]
l.append(4); l.extend([5, 6]); l.insert(0, 0)
print(l, l.pop(), l.pop(0), l.index(2), l.count(1), len(l))
l.sort(); print(l); l.sort(reverse=True); print(l); l.reverse(); print(l)
l[1:3] = ['a', 'b', 'c']; print(l); l[::2] = [0] * 3; print(l); del l[1::2]; print(l); l.remove(0); print(l, l.copy() == l, l * 2, [1] + [2])
l.clear(); print(l, not l)
print(sorted('hello', key=lambda c: (-ord(c))), sorted([(1, 'b'), (1, 'a')]), [[]] * 2, [1, [2, [3]]])
x = [1]; x.append(x); print(x)
print([1, 2] < [1, 3], [1, 2] == [1, 2], 2 in [1, 2], [1, 2, 3][-2:], list('abc'), list(range(5))[::-2])
for expression in ('[].pop()', '[1].remove(2)', '[1].index(5)', '[1][1]', '[1]["a"]', '[1] + (2,)', 'sorted([1, "a"])', '[] * 1.5'):
    try:
        print(eval(expression))
    except Exception as error:
        print(type(error).__name__, error)
