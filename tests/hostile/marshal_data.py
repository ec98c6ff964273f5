# Damaged marshal data: what `loads` says must be what CPython says. Where many inputs lead to many answers, their number and a sum
# of them are shown.
import io
import marshal
import struct


def outcome(data):
    try:
        value = marshal.loads(data)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "code" if type(value) is type(outcome.__code__) else repr(value)[:60]


def summary(label, inputs):
    answers = {}
    for data in inputs:
        answer = outcome(data)
        answers[answer] = answers.get(answer, 0) + 1
    print(label)
    for answer in sorted(answers):
        print("  ", answers[answer], answer)


source = '''
"doc"
import sys as system
def f(a, /, b=2, *args, c: int, **kw):
    x = [i for i in range(a)]
    try:
        return x[b] + c
    except* IndexError as e:
        print(f"{e!r:>{b}}", t"{e}")
    finally:
        print("done")
class C[T]:
    x: T = (1, 2.5, 1j, "é", b"x", 10**30, -1, 1 << 40, None, ..., frozenset({1}), 1e300)
    def m(self): return super().m(__class__)
async def g():
    async with a as b: yield [await c async for c in b]
x = "\\ud800", "a" * 300, x in {1, 2, 3}, x[1:2], "\\U0001F600"
'''
# without the positions, that compilers may differ in
whole = marshal.dumps(compile(source, "hostile.py", "exec"))
values = marshal.dumps([1, -1, 1 << 31, 1 << 70, 1.5, 2j, "a", "é", "\ud800", b"b", (), (1,), [2], {3: 4}, {5}, frozenset({6}), True, None, ...])
summary("code cut off", (whole[:length] for length in range(len(whole))))
summary("values cut off", (values[:length] for length in range(len(values))))
summary("values in version 0 cut off", (marshal.dumps([1.5, 2j, "a", b"c"], 0)[:length] for length in range(60)))
summary("a type byte alone", (bytes([byte]) for byte in range(256)))
summary("a type byte and zeros", (bytes([byte]) + bytes(40) for byte in range(256) if byte & 127 != ord("c")))
summary("a type byte and ones", (bytes([byte]) + b"\xff" * 40 for byte in range(256)))
summary("a type byte and a large size", (bytes([byte]) + b"\xff\xff\xff\0" for byte in range(256)))
for kind in b"([<>ltuasAZz{:":
    kind = bytes([kind])
    print(kind)
    for size in 1, 2, 0x7FFF, 0x8000, 0xFFFFFF, -1, -2, -0x80000000:
        print("  ", size, outcome(kind + struct.pack("<i", size) + b"N" * 4))
for data in b"r\0\0\0\0", b"r\xff\xff\xff\xff", b"[\1\0\0\0r\0\0\0\0", b"(\2\0\0\0\xeei\0\0\0\0", b"\xdb\1\0\0\0r\0\0\0\0", b"\xdb\1\0\0\0r\1\0\0\0":
    print(data, outcome(data))
for data in b"{0", b"{N0", b"{NN0", b"{[\0\0\0\0N0", b"<\1\0\0\0[\0\0\0\0", b">\1\0\0\0{0", b"\xfb0", b"\xfbNr\0\0\0\x000", b"{NN":
    print(data, outcome(data))
for data in b"f\3abc", b"f\0", b"f\0031.5", b"f\3 1 ", b"f\0031_0", b"f\4\0001.5", b"f\3nan", b"f\2\xc3\xa9", b"f\1\xff", b"x\0011\0012", b"x\0011\1a":
    print(data, outcome(data))
for data in b"u\1\0\0\0\xff", b"u\3\0\0\0a\xe2\x82", b"u\3\0\0\0\xed\xa0\x80", b"t\2\0\0\0\xc0\x80", b"a\1\0\0\0\xe9", b"Z\1\xe9", b"u\4\0\0\0\xf5\x80\x80\x80":
    print(data, outcome(data))
for digits in (0,), (1,), (0x7FFF,), (0x8000,), (1, 0), (0, 1), (0xFFFF, 1), (5, 0x7FFF, 0x7FFF, 0x7FFF, 0x7FFF, 1):
    for sign in 1, -1:
        print(digits, sign, outcome(b"l" + struct.pack("<i", sign * len(digits)) + struct.pack(f"<{len(digits)}H", *digits)))
for depth in 10, 1000, 1990, 2001, 10000, 1000000:
    print(depth, outcome(b")\1" * depth + b"N")[:30], outcome(b"[\1\0\0\0" * depth + b"N")[:30], outcome(b":NN" * depth + b"N")[:30])
for data in b"(\1\0\0\0", b"c", b"c" + bytes(20), b"c" + bytes(4) + whole[5:9]:
    print(data[:20], outcome(data))
try:
    marshal.loads(whole, allow_code=False)
except ValueError as error:
    print(error)
for data in "text", None, 5, memoryview(b"N"), bytearray(b"T"), memoryview(b"N-N-")[::2]:
    try:
        print(marshal.loads(data))
    except Exception as error:
        print(type(error).__name__, error)
for data in b"s\xff\xff\xff\x7f", b"s\xff\xff\xff\x7fabc", b"u\xff\xff\xff\x7f", b"l\xff\xff\xff\x3f", b"(\xff\xff\xff\0NN", b"z\xffabc", b"", b"i\1\0", b"f\x05abc", b"[\2\0\0\0NNmore":
    file = io.BytesIO(data)
    try:
        print("from a file", data, marshal.load(file), file.tell())
    except Exception as error:
        print("from a file", data, type(error).__name__, error)
large = b"x" * 3000000
print(marshal.load(io.BytesIO(marshal.dumps([large, "end"])))[0] == large)
# A code object that holds what no constant can be, and ends too early: what is met first is what is told.
head = bytes(20) + b"s\0\0\0\0"
for data in b"\xe3" + head + b"[\0\0\0\0", b"c" + head + b"[\1\0\0\0[\0\0\0\0", b"c" + head + b"{N", b"c" + head + b"<\1\0\0\0", b"c" + head + b")\1":
    for read in marshal.loads, lambda data: marshal.load(io.BytesIO(data)):
        try:
            print("code cut off", read(data))
        except Exception as error:
            print("code cut off", type(error).__name__, error)
