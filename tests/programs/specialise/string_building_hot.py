"""Strings grown, formatted and compared in hot loops, over ASCII, Latin-1, wide and subclass texts, with aliases kept."""


def grow(parts):
    text = ""
    kept = None
    for i, part in enumerate(parts):
        text += part
        if i == len(parts) // 2:
            kept = text
    return text, kept


for alphabet in ("ab", "aé", "aΩ", "a😀", ["a", "é", "Ω", "😀"]):
    parts = [alphabet[i % len(alphabet)] for i in range(200)]
    text, kept = grow(parts)
    print(len(text), len(kept), text == "".join(parts), kept == text[:101], ascii(text[-3:]), hash(text) == hash("".join(parts)))


class Text(str):
    def __add__(self, other):
        return Text(str(self) + "+" + other)

    def __radd__(self, other):
        return "radd " + other

    def __iadd__(self, other):
        return Text(str(self) + "|" + other)


def add(a, b):
    a += b
    return a


for a, b in (("x", "y"), (Text("x"), "y"), ("x", Text("y")), ("é", "😀"), ("", "y"), ("x", "")):
    for _ in range(50):
        out = add(a, b)
    print(ascii(out), type(out).__name__, end="; ")
print()


def shared(n):
    base = "base"
    alias = base
    table = {base: 1}
    for i in range(n):
        base += str(i)
    return alias, table, len(base)


print(shared(500))


class Holder:
    text = ""


def on_attribute(n):
    holder, items, glob = Holder(), ["", 0], {"t": ""}
    for i in range(n):
        holder.text += "ab"
        items[0] += "c"
        glob["t"] += "d" * (i % 2)
    return len(holder.text), len(items[0]), len(glob["t"]), Holder.text


print(on_attribute(300))


def formats(values):
    return [f"{v}|{v!r}|{v:>5}|{v!s:.2}" for v in values]


for values in ([1, 2], [1.5, "s"], ["é", True], [Text("t"), 2**70]):
    for _ in range(50):
        out = formats(values)
    print(out)
try:
    formats([None])
except TypeError as error:
    print(error)


def index_all(text):
    return [text[i] for i in range(len(text))] == list(text), text[::-1], text[1:3]


for text in ("abc", "aéb", "Ω日本", "a😀b", Text("sub"), ""):
    for _ in range(50):
        out = index_all(text)
    print([ascii(o) for o in out], end=" ")
print()


def compare(a, b):
    return a == b, a is b, a < b, a in b, b.startswith(a), (a + "x") == (b + "x")


for a, b in (("ab", "ab"), ("ab", "a" + "b"), ("a\0", "a\0b"), ("é", "e\u0301"), ("", ""), ("ß", "ss"), ("\ud800", "\ud800")):
    for _ in range(50):
        out = compare(a, "".join(b))
    print(out[0], out[2:], end=" ")
print()
print(len("ab" * 1000 + "é"), ("ab" * 500).count("ba"), ("x" * 2000).replace("xx", "y").count("y"), "".join(reversed("a😀")) == "😀a", max("aéΩ😀", key=ord) == "😀")
