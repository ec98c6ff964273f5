"""bytes, bytearray and memoryview that share memory: exports that block resizing, casts, slices, writing, comparing, releasing."""
import array
import struct


def attempt(action):
    try:
        result = action()
        return bytes(result) if isinstance(result, memoryview) else result
    except Exception as error:
        return f"{type(error).__name__}: {error}"


data = bytearray(b"0123456789")
view = memoryview(data)
half = view[::2]
print(attempt(lambda: data.append(1)), attempt(lambda: data.clear()), attempt(lambda: data.__delitem__(0)), attempt(lambda: data.__iadd__(b"")), attempt(lambda: data.extend(b"")), attempt(lambda: data.__setitem__(slice(0, 2), b"xyz")), attempt(lambda: data.pop()))
data[0:2] = b"ab"
half[1] = ord("Z")
view[-2:] = b"!!"
print(data, bytes(half), half.tolist(), half.strides, half.contiguous, view.contiguous, half.nbytes, len(half), view.readonly, half.obj is data)
view[2:5] = view[3:6]
print(data, attempt(lambda: half.cast("H")), attempt(lambda: view.__setitem__(0, 256)), attempt(lambda: view.__setitem__(0, "a")), attempt(lambda: view.__setitem__(slice(0, 2), b"abc")), attempt(lambda: view[20]), attempt(lambda: view["a"]), attempt(lambda: view[0, 0]), attempt(lambda: memoryview(b"ro").__setitem__(0, 1)), attempt(lambda: view.__delitem__(0)))
half.release()
print(attempt(lambda: half[0]), attempt(lambda: len(half)), repr(half).split(" at ")[0], attempt(lambda: data.append(1)))
view.release()
data.append(1)
print(data)
grid = memoryview(bytearray(range(24))).cast("B", (2, 3, 4))
print(grid.shape, grid.ndim, grid[1, 2, 3], attempt(lambda: grid[1]), attempt(lambda: grid[0, 0]), attempt(lambda: grid[5, 0, 0]), grid.tolist()[1][0], grid.tobytes()[:3], grid == memoryview(bytes(range(24))).cast("B", (2, 3, 4)), attempt(lambda: grid[::2]), grid.c_contiguous, grid.cast("B").shape, attempt(lambda: grid.cast("I")))
for form in ("b", "B", "c", "h", "H", "i", "I", "q", "Q", "f", "d", "?", "n", "P", "@i", "<i", "z", "e"):
    print(form, attempt(lambda: memoryview(bytearray(b"\1\0\0\0\0\0\xf8\x7f" * 2)).cast(form).tolist()), end="; ")
print()
a = array.array("i", [1, -2, 3])
m = memoryview(a)
print(m.format, m.itemsize, m[1], m.tolist(), m == a, m == array.array("q", [1, -2, 3]), m == memoryview(b""), m.hex(), m[::-1].tolist(), attempt(lambda: m.__setitem__(0, 2**40)), attempt(lambda: m.__setitem__(0, 1.5)), attempt(lambda: hash(m)), hash(memoryview(b"ab")) == hash(b"ab"), m.count(1), m.index(3), 3 in m, list(reversed(m)))
m.release()
with memoryview(data) as w:
    inner = memoryview(w)
    sub = w[1:3]
    print(attempt(w.release), attempt(lambda: data.append(2)))
    inner.release()
    sub.release()
print(attempt(lambda: w.tolist()), attempt(lambda: memoryview("text")), attempt(lambda: memoryview(5)), attempt(lambda: memoryview()), attempt(lambda: memoryview(b"a") < memoryview(b"b")), memoryview(b"a") == b"a" == bytearray(b"a"), memoryview(b"abc")[1:] == b"bc", memoryview(b"") == b"")
b = b"abcabc"
print(b.replace(b"b", b""), b.split(b"b"), b.find(97), b.count(b"bc"), 98 in b, attempt(lambda: 300 in b), attempt(lambda: "a" in b), b[1], b[1:2], b * 2, b + bytearray(b"x"), bytearray(b"x") + b, type(b"".join([bytearray(b"q"), memoryview(b"r")])).__name__, b.translate(None, b"a"), b.translate(bytes(range(255, -1, -1)))[:1], b.hex(":"), bytes.fromhex("61 62"), b.rindex(b"c"), b.strip(b"ac"), b.removeprefix(b"abc"))
print([attempt(f) for f in (lambda: bytes(-1), lambda: bytes("a"), lambda: bytes([256]), lambda: bytes(["a"]), lambda: bytes(1, "x"), lambda: bytes(1.5), lambda: bytes({1: 2}), lambda: bytes(range(3)), lambda: bytes("é", "utf-16-le"), lambda: bytearray(3), lambda: b"a" + "b", lambda: b"%s" % "x", lambda: b"a" % 1, lambda: b"a".join(["b"]), lambda: bytes(memoryview(b"abc")[::2]), lambda: int.from_bytes(memoryview(b"\1\2")), lambda: struct.pack_into(">H", data, 0, 0x4142) or data[:3], lambda: struct.pack_into("I", b"abcd", 0, 1), lambda: "x".encode().decode("ascii", "nope"), lambda: bytearray(b"ab").insert(9, 300))])
