"""Reading and writing binary formats with struct, memoryview, int.from_bytes, zlib checks: a TLV file, a BMP, a tar header."""
import array
import io
import struct
import zlib
from dataclasses import dataclass


@dataclass
class Header:
    FORMAT = struct.Struct("<4sHHIq?xh")
    magic: bytes
    major: int
    minor: int
    length: int
    stamp: int
    flag: bool
    delta: int

    def pack(self):
        return self.FORMAT.pack(*vars(self).values())

    @classmethod
    def unpack(cls, data):
        return cls(*cls.FORMAT.unpack_from(data))


header = Header(b"PVM\0", 1, 2, 99, -(2**40), True, -5)
data = header.pack()
print(data.hex(" ", 4), Header.FORMAT.size, Header.unpack(data) == header, Header.FORMAT.format)


def write(out, tag, value):
    match value:
        case bool():
            body, kind = bytes([value]), "?"
        case int():
            body, kind = value.to_bytes((value.bit_length() + 8) // 8 or 1, "big", signed=True), "i"
        case float():
            body, kind = struct.pack(">d", value), "f"
        case str():
            body, kind = value.encode(), "s"
        case bytes() | bytearray():
            body, kind = bytes(value), "b"
        case list():
            inner = io.BytesIO()
            for index, item in enumerate(value):
                write(inner, index, item)
            body, kind = inner.getvalue(), "l"
        case None:
            body, kind = b"", "n"
    out.write(struct.pack(">HcI", tag, kind.encode(), len(body)))
    out.write(body)
    out.write(struct.pack(">I", zlib.crc32(body)))


def read(view):
    while view:
        tag, kind, length = struct.unpack_from(">HcI", view)
        body = view[7:7 + length]
        (check,) = struct.unpack_from(">I", view, 7 + length)
        if zlib.crc32(body) != check:
            raise ValueError(f"tag {tag} is damaged")
        view = view[11 + length:]
        yield tag, {"?": lambda b: b == b"\1", "i": lambda b: int.from_bytes(b, "big", signed=True), "f": lambda b: struct.unpack(">d", b)[0],
                    "s": lambda b: str(b, "utf-8"), "b": bytes, "l": lambda b: [v for _, v in read(b)], "n": lambda b: None}[kind.decode()](body)


VALUES = [0, -1, 127, 128, -129, 2**70, -0.0, 1e300, "häß", b"\0\1", [1, [2, "x"], None], True, bytearray(b"ba"), [], ""]
out = io.BytesIO()
for tag, value in enumerate(VALUES):
    write(out, tag, value)
data = out.getvalue()
print(len(data), [v for _, v in read(memoryview(data))] == [bytes(v) if isinstance(v, bytearray) else v for v in VALUES])
damaged = bytearray(data)
damaged[7] ^= 1
for bad in (damaged, data[:-2], data[:5]):
    try:
        list(read(memoryview(bad)))
    except (ValueError, struct.error) as error:
        print(type(error).__name__, error)
width, height = 3, 2
pixels = bytearray(width * height * 3)
view = memoryview(pixels)
view[0:3] = b"\xff\0\0"
view[3::3] = bytes(range(5))
rows = [pixels[y * 9:(y + 1) * 9].ljust(12, b"\0") for y in range(height)]
bmp = struct.pack("<2sIHHIIiiHHIIiiII", b"BM", 54 + 24, 0, 0, 54, 40, width, height, 1, 24, 0, 24, 2835, 2835, 0, 0) + b"".join(reversed(rows))
print(len(bmp), zlib.adler32(bmp), struct.unpack_from("<ii", bmp, 18))
print([*struct.iter_unpack("<Bh", b"\1\2\0\3\4\5")], struct.calcsize("@bhilq"), struct.calcsize("=bhilq"), struct.calcsize(">3s2x?e"))
floats = array.array("f", [1.5, -2.25])
floats.byteswap()
print(floats.tobytes().hex(), memoryview(floats).cast("B").tolist(), struct.unpack(">2f", floats.tobytes()), struct.pack("<e", 65504.0))
for form, args in (("b", (128,)), ("B", (-1,)), ("H", (1.5,)), ("3s", ("abc",)), ("i", ()), ("q", (2**63,)), ("f", (1e40,)), ("e", (1e6,)), ("c", (b"ab",)), ("z", (1,)),
                   ("5", ()), ("<P", (1,)), ("?", ([],)), ("2p", (b"abc",)), ("n", (-1,))):
    try:
        print(form, struct.pack(form, *args))
    except (struct.error, TypeError, OverflowError) as error:
        print(form, type(error).__name__, error)
