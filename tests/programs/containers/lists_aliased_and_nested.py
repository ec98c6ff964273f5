"""Lists that share parts: aliases, multiplication, slices assigned to themselves, default arguments, class attributes, in-place methods' None."""
a = b = [1, 2]
b.append(3)
c = a[:]
c.append(4)
print(a, b, c, a is b, a == c)
grid = [[0] * 3] * 2
grid[0][0] = 1
right = [[0] * 3 for _ in range(2)]
right[0][0] = 1
print(grid, right)


def default(x, acc=[]):
    acc.append(x)
    return acc


print(default(1), default(2) is default(3), default.__defaults__)


class C:
    shared = []

    def __init__(self):
        self.own = []

    def add(self, x):
        self.shared.append(x)
        self.own += [x]
        self.shared += [x]
        return self


p, q = C().add(1), C().add(2)
print(p.own, q.own, C.shared, "shared" in vars(p), p.shared is q.shared)
x = [1, 2, 3]
x[:] = [x, *x]
print(x[1:], x[0] is x)
y = [3, 1, 2]
print(y.sort(), y.reverse(), y.append(0), y.extend([]), y.insert(0, 9), y.clear(), y, sorted(y) is y)
z = [1, 2, 3, 4]
for i, v in enumerate(z):
    if v % 2:
        del z[i]
print(z, [z.pop() for _ in range(len(z))], z)
w = list(range(5))
w[1:3], w[-1:] = w[-2:], [w[0]]
print(w, w * 2 == w + w, [*w] is w, w.copy() == w, w.index(3), w.count(0))
s = [[1], [2]]
t, u = s[:], [*s]
t[0].append("seen everywhere")
print(s, u[0] is s[0], sum(s, []), s)
v = [1, [2, [3, [4]]]]
flat = lambda items: [y for x in items for y in (flat(x) if isinstance(x, list) else [x])]
print(flat(v), v[1][1][1][0], str(v), v == [1, [2, [3, [4]]]], v > [1, [2, [3, [3, 9]]]])
m = [0] * 3
m[0], m[1], m[2] = m[1], m[2], 5
m[m[2] - 5], m = "first", m
print(m, [m, m][0] is m, (m, m)[1] is m, len([m] * 3), [] == [[]], [[]] * 0)
