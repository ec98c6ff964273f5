"""Splitting and joining text at every edge: separators at ends, empty parts, limits, lines of every kind, round trips."""
for text in ("a,b,,c", ",", "", ",,a", "a", " a  b ", "\ta\nb\r\nc\x0bd\x1ee\u2028f", "aXbXXc", "aaa"):
    print(repr(text), text.split(","), text.split(), text.split(None, 1), text.rsplit(",", 1), text.rsplit(None, 1), text.partition(","), text.rpartition(","), text.splitlines(), text.splitlines(True), text.split("X", 2), text.split("aa"))
    assert ",".join(text.split(",")) == text and "".join(text.splitlines(True)) == text
    before, sep, after = text.partition(",")
    assert before + sep + after == text
for data in (b"a,b,,c", b"", b" a \n b\r", b"\x0b\x0ca"):
    print(data, data.split(b","), data.split(), data.splitlines(), data.rsplit(b",", 1), data.partition(b","), bytearray(data).split(None, 1))
print("a-b-c".split("-", 0), "a-b-c".split("-", -1), "a-b-c".split(maxsplit=1, sep="-"), "  x ".split(" "), "x".split("xyz"), "ab".split("ab"), "a".join("xyz"), "".join([]), ", ".join({"k": 1, "j": 2}), "-".join(str(i) for i in range(3)), "é".join(["a", "b"]), "😀".join("ab"))
print("Hello World Foo".swapcase().split("o"), "a\n".splitlines(), "\n".splitlines(), "a\n\nb".splitlines(), "".splitlines(), "a\r\n".splitlines(True), "path/to/file.txt".rpartition("/")[2].partition("."), "k=v=w".split("=", 1), "1,2;3".replace(";", ",").split(","), "a  b".split(" "), "   ".split(), "   ".split(" "))
print("prefix-name".removeprefix("prefix-"), "name.txt".removesuffix(".txt"), "aaa".removeprefix("aa"), "x".removeprefix("xyz"), "".removesuffix(""), "  a ".strip(), "xxaxx".strip("x"), "abcba".strip("ab"), "\u3000a\u00a0".strip(), "a\0".strip("\0"), "aXbX".rstrip("X"), "äöä".lstrip("ä"))
print("tab\tx".expandtabs(4), "a\tb\n\tc".expandtabs(), "ab".center(5, "*"), "ab".center(6, "*"), "ab".ljust(4) + "|", "ab".rjust(4, "é"), "-5".zfill(4), "+".zfill(3), "a".zfill(0), "abc".find("c", -1), "abc".rfind(""), "abc".index("b", 1, 2), "aaa".count("aa"), "".count(""), "abc".count(""), "abc".replace("", "-"), "aaa".replace("a", "b", 2), "".replace("", "x"), "a".replace("a", "aa"))
