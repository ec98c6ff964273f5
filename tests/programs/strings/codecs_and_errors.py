"""Encodings and error handlers: round trips, partial input, incremental decoders, BOMs, custom handlers, the errors."""
import codecs
import io

text = "aé€😀"
for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "utf-7", "unicode_escape", "raw_unicode_escape"):
    data = text.encode(encoding)
    print(encoding, data, data.decode(encoding) == text)
for encoding in ("ascii", "latin-1", "cp1252", "cp437", "iso8859-15", "koi8-r", "charmap"):
    for handler in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace"):
        try:
            print(encoding, handler, text.encode(encoding, handler))
        except UnicodeEncodeError as error:
            print(encoding, handler, error, error.start, error.end)
bad = b"ab\xff\xc3(\xe2\x82\xf0\x9f\x98 \xed\xa0\x80\xc0\x80"
for handler in ("ignore", "replace", "backslashreplace", "surrogateescape", "surrogatepass", "strict"):
    try:
        print(handler, ascii(bad.decode("utf-8", handler)))
    except UnicodeDecodeError as error:
        print(handler, error)
escaped = b"\xff\xfe x".decode("ascii", "surrogateescape")
print(ascii(escaped), escaped.encode("ascii", "surrogateescape"), escaped.encode("utf-8", "surrogateescape"))
for data in (b"\xff", b"\xc3", b"\xe2\x82", b"\xf0\x9f\x98", b"\x80", b"\xc3\x28", b"\xf8\x88", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"):
    try:
        data.decode()
    except UnicodeDecodeError as error:
        print(error.reason, error.start, error.end)
for data, encoding in ((b"a", "utf-16"), (b"\x00\xd8", "utf-16-le"), (b"\x00\xd8a\x00", "utf-16-le"), (b"abc", "utf-32"), (b"\x00\x00\x11\x00", "utf-32-be"), (b"\\x1", "unicode_escape"), (b"\\N{nope}", "unicode_escape"), (b"\\u12", "unicode_escape"), (b"+AG", "utf-7"), (b"\x81", "cp1252")):
    try:
        print(data.decode(encoding))
    except UnicodeDecodeError as error:
        print(error)


def handler(error):
    print("handling", type(error).__name__, error.object[error.start : error.end], error.reason)
    if isinstance(error, UnicodeDecodeError):
        return "?" * (error.end - error.start), error.end
    return ("[%x]" % ord(error.object[error.start]), error.start + 1)


codecs.register_error("test.custom", handler)
print("aé€".encode("ascii", "test.custom"), b"a\xff\xfe".decode("ascii", "test.custom"), codecs.lookup_error("test.custom") is handler)
codecs.register_error("test.bad", lambda error: 5)
codecs.register_error("test.range", lambda error: ("x", 100))
for name in ("test.bad", "test.range", "not.registered"):
    try:
        "é".encode("ascii", name)
    except (TypeError, IndexError, LookupError) as error:
        print(type(error).__name__, error)
decoder = codecs.getincrementaldecoder("utf-8")()
print([decoder.decode(bytes([byte])) for byte in "é€😀".encode()], decoder.getstate())
decoder = codecs.getincrementaldecoder("utf-8")("replace")
print(ascii(decoder.decode(b"\xe2\x82")), ascii(decoder.decode(b"x", final=True)))
decoder = codecs.getincrementaldecoder("utf-16")()
print([decoder.decode(bytes([byte])) for byte in "é😀".encode("utf-16")])
encoder = codecs.getincrementalencoder("utf-16")()
print(encoder.encode("a"), encoder.encode("b"))
print(codecs.lookup("UTF8").name, codecs.lookup("latin1").name, codecs.lookup("U8").name, codecs.BOM_UTF8, codecs.encode("abc", "rot13"), codecs.decode("nop", "rot13"))
for action in (lambda: codecs.lookup("nope"), lambda: "a".encode("rot13"), lambda: b"a".decode("rot13"), lambda: "a".encode("nope"), lambda: codecs.lookup_error("nope"), lambda: "a".encode("utf\0")):
    try:
        action()
    except (LookupError, ValueError) as error:
        print(type(error).__name__, error)
reader = codecs.getreader("utf-8")(io.BytesIO("é\nb\n".encode()))
print(reader.readline(), reader.read())
print(list(codecs.iterdecode([b"\xc3", b"\xa9x"], "utf-8")), list(codecs.iterencode(["a", "é"], "utf-8")))
print(codecs.escape_decode(b"a\\n\\x41"), codecs.escape_encode(b"a\n'"), codecs.utf_8_decode(b"\xc3\xa9\xe2"), codecs.ascii_encode("a"), codecs.charmap_build("abc") is not None)
print(codecs.charmap_encode("ab", "strict", {97: 120, 98: b"yz"}), codecs.charmap_decode(b"ab", "strict", {97: "x", 98: "yz"}), codecs.charmap_decode(b"\x00", "replace", ""))
