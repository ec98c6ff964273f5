"""memoryview: formats, casts, slices, multiple dimensions, comparison, writing, release and the errors."""
m = memoryview(b"abcdef")
print(m.nbytes, m.itemsize, m.format, m.ndim, m.shape, m.strides, m.readonly, m.contiguous, m.c_contiguous, m.f_contiguous, m.suboffsets, m.obj)
print(m[0], m[-1], bytes(m[1:3]), bytes(m[::-1]), bytes(m[::2]), m.tolist(), len(m), list(m), 97 in m, m.hex(), m.hex(":"), m.tobytes())
print(m == b"abcdef", m == bytearray(b"abcdef"), m == memoryview(b"abcdef"), m[1:] == m[1:], m == "abcdef", m != b"x", hash(m) == hash(b"abcdef"))
ba = bytearray(8)
w = memoryview(ba)
w[0] = 1
w[1:3] = b"xy"
w[-1] = 255
w[4:6] = memoryview(b"pq")
print(ba, w.readonly)
ints = w.cast("i")
print(ints.shape, ints.format, ints.itemsize, ints.tolist())
ints[0] = -2
print(ba, ints[0])
halves = w.cast("H")
halves[1] = 0xFFFF
print(halves.tolist(), w.cast("b").tolist(), [hex(v) for v in w.cast("Q").tolist()])
floats = memoryview(bytearray(16)).cast("d")
floats[0], floats[1] = 1.5, -2
print(floats.tolist(), floats.cast("B")[6:8].tolist())
chars = memoryview(b"ab").cast("c")
print(chars[0], chars.tolist(), memoryview(bytes([1, 0])).cast("?").tolist())
grid = memoryview(bytes(range(12))).cast("B", (3, 4))
print(grid.ndim, grid.shape, grid.strides, grid.tolist(), grid[1, 2], grid[-1, -1], len(grid), grid.nbytes, grid.tobytes("F")[:4], grid.tobytes("C")[:4])
cube = memoryview(bytes(range(8))).cast("B", [2, 2, 2])
print(cube.tolist(), cube[1, 0, 1])
wgrid = memoryview(bytearray(6)).cast("B", (2, 3))
wgrid[1, 1] = 7
print(wgrid.tolist(), memoryview(b"abc").cast("B", [3]).tolist(), memoryview(b"").cast("B").tolist())
print(memoryview(b"abc").toreadonly().readonly, memoryview(bytearray(b"abc")).toreadonly().readonly)
with memoryview(ba) as inside:
    print(inside[0])
try:
    inside[0]
except ValueError as error:
    print(error)
released = memoryview(b"x")
released.release()
released.release()
for action in (lambda: released[0], lambda: len(released), lambda: released.tobytes(), lambda: released.format, lambda: released == b"x", lambda: hash(released), lambda: repr(released).startswith("<released memory at"), lambda: released.__enter__()):
    try:
        print(action())
    except ValueError as error:
        print(error)
for action in (
    lambda: memoryview("text"), lambda: memoryview(5), lambda: memoryview(), lambda: m[6], lambda: m["a"], lambda: m[0, 0], lambda: m.__setitem__(0, 1), lambda: m.__delitem__(0), lambda: w.__setitem__(0, 256), lambda: w.__setitem__(0, "a"), lambda: w.__setitem__(0, b"a"), lambda: w.__setitem__(slice(0, 2), b"abc"), lambda: w.__setitem__(slice(0, 2), "ab"), lambda: w.__setitem__(100, 1), lambda: ints.__setitem__(0, 2**40), lambda: ints.__setitem__(0, 1.5), lambda: ints.__setitem__(slice(0, 1), b"abcd"),
    lambda: m.cast("i"), lambda: m.cast("zz"), lambda: m.cast("5i"), lambda: m.cast("i").cast("h"), lambda: ints.cast("h"), lambda: m[::2].cast("h"), lambda: m.cast("B", (2, 2)), lambda: m.cast("B", (7,)), lambda: m.cast("B", (0, 6)), lambda: m.cast("B", 5), lambda: m.cast("B", (-1,)), lambda: grid[0], lambda: grid[0:1], lambda: grid[3, 0], lambda: grid[0, 0, 0], lambda: grid["a", 0], lambda: hash(w), lambda: hash(memoryview(b"abcd").cast("h")), lambda: m.hex(5), lambda: m.tobytes("X"), lambda: m < m, lambda: m + m, lambda: [x for x in grid], lambda: 5 in grid, lambda: chars.__setitem__(0, 5),
):
    try:
        print(type(action()).__name__)
    except (TypeError, ValueError, IndexError, NotImplementedError, OverflowError) as error:
        print(type(error).__name__, error)
s = memoryview(bytearray(b"0123456789"))[2:8:2]
s[0] = 65
print(s.tolist(), s.strides, s.contiguous, s.tobytes(), s[1:].tolist(), s[::-1].tolist(), s.obj)
print(memoryview(b"abc")[1:1].tolist(), bytes(memoryview(b"abc")[5:]), m.index(99) if hasattr(m, "index") else "", m.count(97) if hasattr(m, "count") else "")


class Exporter:
    def __buffer__(self, flags):
        print("buffer asked", flags & 1)
        return memoryview(b"from python")

    def __release_buffer__(self, view):
        print("released", bytes(view))


x = memoryview(Exporter())
print(bytes(x))
x.release()
print(bytes(Exporter()), b"".join([Exporter()]))
