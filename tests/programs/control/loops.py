for i in range(10):
    if i == 2: continue
    if i == 5: break
    print(i, end=' ')
else:
    print('never')
for i in []: pass
else: print('else')
n = 3
while n:
    n -= 1
else:
    print('while else', n)
def f():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: return i
        finally:
            print('finally', i)
print(f())
print([x for x in range(20) if x % 3 == 0 if x % 2], [(a, b) for a in range(2) for b in 'xy'])
print({k: v for k, v in zip('abc', range(3))}, {x % 3 for x in range(10)})
print(list(zip(range(3), 'ab')), list(enumerate('ab', 1)), list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, '', 'a'])))
print(list(reversed([1, 2, 3])), sum([0.1] * 10), max('abc', key=ord), min([], default='none'))
