"""str and bytes to each other and from other things: encodings, errors, constructors, __bytes__, __str__, BOMs and round trips."""


class Both:
    def __bytes__(self):
        return b"bytes"

    def __str__(self):
        return "text"

    def __index__(self):
        return 3


print(bytes(Both()), str(Both()), bytes([Both()]), bytearray(Both()), "ab" * Both(), str(b"x"), str(b"x", "ascii"), str(object=b"\xff", errors="replace"), repr(bytes("é", "latin-1")), bytes(3), bytes(), str())
for text in ("é", "日", "😀", "\ud800", "a\0"):
    out = []
    for encoding in ("ascii", "latin-1", "utf-8", "utf-16", "utf-32-be", "utf-7", "cp1252", "unicode_escape", "raw_unicode_escape", "idna", "punycode"):
        try:
            data = text.encode(encoding)
            out.append(f"{encoding}:{data.hex()}:{data.decode(encoding) == text}")
        except (UnicodeError, LookupError) as error:
            out.append(f"{encoding}:{type(error).__name__}")
    print(ascii(text), *out)
for errors in ("ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace", "surrogateescape", "surrogatepass", "strict", "nope"):
    for action in (lambda: "aé\ud800".encode("ascii", errors), lambda: b"a\xff\xc3".decode("utf-8", errors)):
        try:
            print(ascii(action()), end=" ")
        except (UnicodeError, LookupError, TypeError) as error:
            print(type(error).__name__, end=" ")
print()
for data in (b"\xef\xbb\xbfa", b"\xff\xfea\0", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"a\xe6\x97"):
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        try:
            print(ascii(data.decode(encoding)), end=" ")
        except UnicodeError as error:
            print(f"{error.start}-{error.end}:{error.reason}", end=" ")
print()
