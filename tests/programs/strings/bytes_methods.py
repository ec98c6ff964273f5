"""bytes and bytearray: methods, slices, in-place changes, conversions, hex, translation, joins, and the errors."""
b = b"hello world"
ba = bytearray(b)
for name, *args in [("upper",), ("title",), ("capitalize",), ("swapcase",), ("split",), ("split", b"o"), ("rsplit", b"o", 1), ("partition", b" "), ("rpartition", b"o"), ("replace", b"l", b"L"), ("replace", b"l", b"", 1), ("find", b"o"), ("rfind", b"o"), ("find", 111), ("count", b"l"), ("count", 108), ("index", b"w"), ("startswith", b"he"), ("endswith", (b"x", b"ld")), ("strip", b"hd"), ("center", 15, b"*"), ("ljust", 13), ("zfill", 13), ("hex",), ("hex", "-"), ("hex", ":", 2), ("hex", "_", -4), ("isalpha",), ("islower",), ("isspace",), ("istitle",), ("isdigit",), ("isascii",), ("expandtabs",), ("splitlines",), ("removeprefix", b"he"), ("removesuffix", b"ld"), ("translate", None, b"lo"), ("decode",), ("join", [b"a", bytearray(b"b"), memoryview(b"c")])]:
    one, two = getattr(b, name)(*args), getattr(ba, name)(*args)
    print(name, one, one == two, type(two).__name__)
print(b[0], b[-1], b[1:4], b[::-1], b[::3], list(b"ab"), b * 2 == b + b, 104 in b, b"llo" in b, b"" in b, b < b"i", b == ba, b"a" + bytearray(b"b"), bytearray(b"a") + b"b")
print(bytes(3), bytes([1, 2]), bytes("é", "latin-1"), bytes("é", "utf-8"), bytes(b"x"), bytes(range(3)), bytes.fromhex("00 fF 7f"), bytes(memoryview(b"mv")), bytes(bytearray(b"ba")))
print(repr(b"\x00\t\n\r'\"\\\x7f\x80\xff"), repr(b"it's"), repr(bytearray(b"x")), str(b"s"), b"%d" % 5, ascii(b"\xff"))
ba = bytearray(b"abcdef")
ba[0] = 65
ba[1:3] = b"XYZ"
ba[-1:] = []
del ba[0]
ba += b"!"
ba *= 2
print(ba)
ba[::2] = bytes(len(ba[::2]))
print(ba)
ba.append(1), ba.extend([2, 3]), ba.extend(b"q"), ba.insert(0, 9), ba.reverse(), ba.remove(0)
print(ba, ba.pop(), ba.pop(0), len(ba))
del ba[::2]
print(ba, ba.copy(), bool(ba))
ba.clear()
print(ba, bool(ba))
ba[:] = range(5)
print(ba)


class Iterable:
    def __iter__(self):
        return iter([1, 2])


class Bytes:
    def __bytes__(self):
        return b"from __bytes__"


class BadBytes:
    def __bytes__(self):
        return "text"


class Index:
    def __index__(self):
        return 3


print(bytes(Iterable()), bytes(Bytes()), bytes(Index()), bytes([Index()]), bytearray(Index()))
for action in (
    lambda: bytes([256]), lambda: bytes([-1]), lambda: bytes(["a"]), lambda: bytes("a"), lambda: bytes(-1), lambda: bytes(1.5), lambda: bytes(BadBytes()), lambda: bytes(5, "ascii"), lambda: bytes(b"x", "ascii"), lambda: bytes("é", "ascii"),
    lambda: bytes.fromhex("0"), lambda: bytes.fromhex("zz"), lambda: bytes.fromhex(5), lambda: bytes.fromhex("0é"), lambda: b"a" + "b", lambda: "a" + b"b", lambda: b"a".join(["x"]), lambda: b"a".join(b"xy"), lambda: b"a"["x"], lambda: b"a"[5], lambda: b"abc".find("a"), lambda: b"abc".find(256), lambda: b"a".split(""), lambda: b"a".split(b""), lambda: b"abc".replace("a", b"b"), lambda: b"abc".startswith("a"), lambda: b"a".center(5, b"xx"), lambda: b"a".translate(b"short"), lambda: b"a".hex(5), lambda: b"a".hex("ab"), lambda: b"a".hex("é"), lambda: 256 in b"a", lambda: "a" in b"a", lambda: b"a" < "a", lambda: hash(bytearray()),
    lambda: bytearray(b"a").__setitem__(0, 256), lambda: bytearray(b"a").__setitem__(0, "b"), lambda: bytearray(b"a").__setitem__(5, 1), lambda: bytearray(b"a").__setitem__(slice(None), "ab"), lambda: bytearray(b"abc").__setitem__(slice(None, None, 2), b"abc"), lambda: bytearray().pop(), lambda: bytearray(b"a").remove(5), lambda: bytearray().append("a"), lambda: bytearray().append(300), lambda: bytearray().extend(5), lambda: bytearray().extend("ab"), lambda: bytearray().extend([256]), lambda: b"x".decode("nope"), lambda: b"\xff".decode(), lambda: b"a".maketrans(b"a", b"bc"), lambda: bytearray().insert("a", 1), lambda: bytes(b"a", errors="strict"), lambda: b"a".__mul__("x"), lambda: setattr(b"", "x", 1),
):
    try:
        print(repr(action()))
    except (TypeError, ValueError, IndexError, LookupError, AttributeError) as error:
        print(type(error).__name__, error)
view = memoryview(ba)
try:
    ba.append(5)
except BufferError as error:
    print(error)
view.release()
ba.append(5)
print(ba, bytes.maketrans(b"ab", b"xy")[97:99], b"aabb".translate(bytes.maketrans(b"ab", b"xy"), b"b"))
print(b"a,b".split(b",") == [b"a", b"b"], b"\xc3\xa9".decode("utf-8"), b"\xff\xfea\x00".decode("utf-16"), bytearray(b"x").decode("ascii"), b"abc".isalnum(), hash(b"a") == hash(b"a"), {b"k": 1}[b"k"])
