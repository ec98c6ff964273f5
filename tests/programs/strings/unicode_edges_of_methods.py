"""Case, classification, splitting, translation and comparison of text beyond ASCII: ligatures, combining, digits, surrogates."""
import unicodedata

TEXTS = ["ß", "ﬁx", "İi", "ıI", "ΣΑΣ ας", "ǅ", "é", "e\u0301", "½²③", "٣٤", "Ⅷ", "日本語", "\u00a0x\u2003y\u2028z", "😀👍🏽", "\ud800", "a\0b", "ŉ", "ªº", "_x1", "x·y", "١a", "\u200b", "ǆ ǅ Ǆ", "ﬅ"]
METHODS = ["upper", "lower", "title", "capitalize", "swapcase", "casefold", "isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isidentifier", "isupper", "islower", "istitle", "isspace", "isprintable", "isascii"]
for text in TEXTS:
    out = []
    for method in METHODS:
        result = getattr(text, method)()
        out.append(ascii(result) if isinstance(result, str) else "01"[result])
    print(ascii(text), len(text), *out)
    print("   ", [ascii(p) for p in text.split()], [ascii(p) for p in text.splitlines()], ascii(text[::-1]), [ascii(unicodedata.normalize(f, text)) if "\ud800" not in text else "" for f in ("NFC", "NFKD")])
print([c for c in range(0x3000) if chr(c).isspace()], sum(chr(c).isdigit() for c in range(0x11000)), sum(chr(c).isupper() for c in range(0x11000)), sum(not chr(c).isprintable() for c in range(0x3000)))
print([len(chr(c).upper()) for c in (0xDF, 0x149, 0xFB03, 0x1F80, 0x130)], sum(chr(c).upper().lower() != chr(c).lower() for c in range(0x600)), sum(chr(c).casefold() != chr(c).lower() for c in range(0x3000)))
for text in ("٣", "²", "½", "Ⅷ", "三", "a"):
    out = []
    for function in (int, float, unicodedata.digit, unicodedata.numeric, unicodedata.decimal):
        try:
            out.append(function(text))
        except ValueError as error:
            out.append(str(error).split(":")[0])
    print(ascii(text), unicodedata.category(text), unicodedata.name(text), out)
table = str.maketrans({"a": "é", "b": None, ord("c"): "long text", "d": 0x1F600, "😀": "x"})
print(ascii("abcd😀z".translate(table)), ascii("abc".translate(str.maketrans("ab", "xy", "c"))), ascii("abc".translate([None] * 98 + ["bee"])), "é".translate({233: "e"}))
for bad in (lambda: "a".translate({97: 1.5}), lambda: "a".translate({97: -1}), lambda: str.maketrans("a"), lambda: str.maketrans({"ab": 1}), lambda: str.maketrans("ab", "c"), lambda: str.maketrans({1.5: "x"}), lambda: "a".translate({97: 0x110000}), lambda: chr(-1), lambda: chr(0x110000), lambda: ord(""), lambda: ord("ab"), lambda: ord(b"ab"), lambda: ord(5),
            lambda: "\ud800".encode(), lambda: b"\xff".decode(), lambda: "é".encode("ascii"), lambda: "a".encode("nope"), lambda: unicodedata.name("\0"), lambda: unicodedata.lookup("NO SUCH"), lambda: "x".center(5, "ab"), lambda: "a".join(5), lambda: "a".join([1]), lambda: "a".split(""), lambda: "a".replace("a"), lambda: "a".count(), lambda: "a".startswith(1), lambda: "a".startswith(("a", 1)) or "b".startswith(("a", 1))):
    try:
        print(ascii(bad()))
    except Exception as error:
        print(type(error).__name__, error)
print("ß" == "ss", "é" == "e\u0301", "Z" < "a" < "é" < "日" < "😀", "\uffff" < "😀", sorted(["é", "e\u0301", "f", "E", "z", "ﬁ"]) == ["E", "e\u0301", "f", "z", "é", "ﬁ"], "ß".casefold() == "SS".casefold(), max("a😀é"), "😀" in "a😀", "a😀b".index("b"), "a😀b".find("😀", 2), "😀" * 2 == "😀😀", "aé日😀".encode("utf-16-le").hex(), len("👍🏽"))
print([*"e\u0301"], "éa".title(), "they're bill's".title(), "ǆ".title().isupper(), "x".isidentifier(), "ª".isidentifier(), "\u2118".isidentifier(), "𝐚".isidentifier(), "９".isidentifier(), "a９".isidentifier(), ascii("ﬁ".encode("unicode_escape")), ascii(repr("\u200b\xa0\u3000😀\ue000\x7f\x80")))
