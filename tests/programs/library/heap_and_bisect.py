"""heapq and bisect: keys, bounds, merging, the n best, and items that cannot be compared."""
import bisect
import heapq

heap = []
for item in (5, 1, 8, 3, 9, 2):
    heapq.heappush(heap, item)
print(heap, heapq.heappushpop(heap, 0), heapq.heapreplace(heap, 7), [heapq.heappop(heap) for _ in range(len(heap))])
data = [9, 4, 7, 1, 8]
heapq.heapify(data)
print(data, heapq.nlargest(2, data), heapq.nsmallest(3, data), heapq.nlargest(2, ['aaa', 'b', 'cc'], key=len), heapq.nsmallest(0, data))
print(list(heapq.merge([1, 4, 7], [2, 5], [3, 6, 9])), list(heapq.merge('cba', 'fe', reverse=True)), list(heapq.merge(['a', 'bbb'], ['cc'], key=len)))
top = [1, 5, 2]
heapq.heapify_max(top)
print(top, heapq.heappop_max(top), top)
for call in (lambda: heapq.heappop([]), lambda: heapq.heapify((1, 2)), lambda: heapq.heappush([1], 'x'), lambda: heapq.heapreplace([], 1)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)

row = [1, 3, 3, 3, 7]
print(bisect.bisect_left(row, 3), bisect.bisect_right(row, 3), bisect.bisect(row, 0), bisect.bisect(row, 9), bisect.bisect_left(row, 3, 2), bisect.bisect(row, 3, 0, 2))
bisect.insort(row, 4)
bisect.insort_left(row, 3)
print(row)
words = ['a', 'bb', 'cccc']
bisect.insort(words, 'ddd', key=len)
print(words, bisect.bisect_left(words, 3, key=len))


class Grade:
    def __init__(self, score):
        self.score = score

    def __lt__(self, other):
        print('comparing', self.score, other.score)
        return self.score < other.score


grades = [Grade(1), Grade(5), Grade(9)]
print(bisect.bisect_left(grades, Grade(6)))
for call in (lambda: bisect.bisect([1, 2], 'x'), lambda: bisect.bisect([1], 1, -1), lambda: bisect.insort((1,), 2), lambda: bisect.bisect(5, 1)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
