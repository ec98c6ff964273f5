"""str methods and Unicode: cases, categories, splitting, translation, non-BMP, combining marks, surrogates."""
samples = ["ß", "ŉ", "ǆ", "ﬁ", "İ", "ı", "Σ", "ΑΣ", "ς", "Å", "é", "٣", "²", "½", "Ⅷ", "一", "ª", "_", " ", "\u2003", "\x1c", "\x85", "\u200b", "😀", "𝟘", "𐐀", "a\u0301", "", "Aa", "aA1", "Hello World", "hELLO wORLD's"]
for s in samples:
    flags = "".join(name[2] if getattr(s, name)() else "-" for name in ("isalpha", "isdecimal", "isdigit", "isnumeric", "isalnum", "isspace", "isupper", "islower", "istitle", "isprintable", "isidentifier", "isascii"))
    print(ascii(s), len(s), flags, *(ascii(getattr(s, name)()) for name in ("upper", "lower", "title", "capitalize", "casefold", "swapcase")))
print("a\nb\r\nc\rd\x0be\x0cf\x1cg\x1dh\x1ei\x85j\u2028k\u2029l".splitlines(), "a\n\nb\n".splitlines(True), "".splitlines(), "\n".splitlines())
print("  a  b c ".split(), "  a  b c ".split(" "), " a b c ".split(None, 1), " a b c ".rsplit(None, 1), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), "\u2003a\x1cb".split(), "abc".split("abc"), "".split(), "".split(","))
print("a.b.c".partition("."), "a.b.c".rpartition("."), "abc".partition("x"), "abc".rpartition("x"))
print("xxaxx".strip("x"), "abcba".lstrip("ab"), "abcba".rstrip("ab"), " \t\u2003a\x85 ".strip() == "a", "abc".strip(""), "mississippi".strip("imp"))
print("abc".removeprefix("ab"), "abc".removesuffix("bc"), "abc".removeprefix("x"), "aaa".removeprefix("a"), "".removesuffix(""))
print("a".center(4, "*"), "ab".center(5, "*"), "a".ljust(3, "é"), "a".rjust(3, "😀"), "-5".zfill(5), "+5".zfill(2), "--5".zfill(6), "".zfill(3))
print("a\tb\tc".expandtabs(), "a\tbc\td".expandtabs(4), "\t".expandtabs(0), "ab\n\tc".expandtabs(3), "é\tx".expandtabs(4))
print("abcabc".find("c"), "abcabc".rfind("c"), "abcabc".find("c", 3), "abc".find(""), "abc".find("", 4), "abc".rfind("", 0, 2), "abcabc".count("bc"), "aaaa".count("aa"), "abc".count(""), "abc".index("c", -1), "abc".find("b", -2, -1))
print("aXbXc".replace("X", "--"), "aaa".replace("a", "b", 2), "abc".replace("", "-"), "abc".replace("", "-", 2), "abc".replace("b", ""), "aaa".replace("aa", "b"), "é".replace("é", "😀"), "abc".replace("x", "y", count=1))
print("abc".startswith(("x", "ab")), "abc".endswith("bc", 2), "abc".startswith("", 3), "abc".startswith("", 4), "abc".endswith(()), "abc".startswith("b", 1))
print("abc".translate({97: "A", ord("b"): None, 99: 0x1F600}), "hello".translate(str.maketrans("el", "ip", "o")), str.maketrans({"a": 1, 98: "x"}), "a b".translate(str.maketrans({" ": "__"})))


class Table:
    def __getitem__(self, key):
        if key == 97:
            raise LookupError
        return chr(key + 1)


print("abc".translate(Table()))
for action in (lambda: "a".translate({97: 1.5}), lambda: "a".translate({97: 0x110000}), lambda: str.maketrans("ab", "c"), lambda: str.maketrans({"ab": 1}), lambda: str.maketrans(5), lambda: "a".center(2**70), lambda: "a".split(5), lambda: "a".startswith(5), lambda: "a".startswith((5,)), lambda: "a".find(5), lambda: "abc".strip(5), lambda: "a".join(["b", 5]), lambda: "a".join([b"x"]), lambda: "a" in 5, lambda: 5 in "a", lambda: "a".expandtabs("x"), lambda: "a".encode("utf-8", 5), lambda: "a".ljust(5, ""), lambda: "x" * 2.0):
    try:
        action()
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
emoji = "a😀b"
print(len(emoji), emoji[1], emoji[::-1], emoji.index("b"), emoji.encode(), emoji.encode("utf-16-le"), ascii(emoji), "😀" in emoji, emoji.center(7, "·"))
print("é" == "e\u0301", len("e\u0301"), sorted("bÉaéZ"), max("aé😀"), "Z" < "a" < "é" < "😀", "straße".upper(), "ΣΑΣ".lower(), "İ".lower().encode())
lone = "\ud800x\udfff"
print(ascii(lone), len(lone), lone.encode("utf-8", "surrogatepass"), lone.encode("utf-8", "backslashreplace"), lone.isprintable())
try:
    lone.encode()
except UnicodeEncodeError as error:
    print(error)
print("\ud83d\ude00" == "😀", len("\ud83d\ude00"), repr("\x00\x7f\x80\xa0\xad\u200b\u2028\ue000\U000e0001"), repr("it's"), repr('say "x"'), repr("both ' and \""), repr("\\n\t\r"))
print("abc"[1:], "abc"[-1], "abc"[::-1], "abc"[5:], "abc"[1:1], "abcdef"[::2], "abcdef"[4:1:-1], "ab" * 3, 0 * "ab", -1 * "ab", "a" "b")
print("%s" % "é", "é".__format__(">3"), str(b"x", "ascii"), str(b"\xc3\xa9", "utf-8"), str(5), str(object=7), str(b"x") if False else "", str())
print(str.isidentifier("class"), "名前".isidentifier(), "1a".isidentifier(), "_1".isidentifier(), "a-b".isidentifier(), "ﬁ".isidentifier())
ﬁx = 1
print("fix" in globals(), [k for k in globals() if k.startswith("f")])
