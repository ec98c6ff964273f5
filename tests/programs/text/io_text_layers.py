"""Text streams over bytes: newlines, encodings, errors, buffering, seeking, detaching, iterating, and truncating in StringIO and TextIOWrapper."""
import io

raw = io.BytesIO("eins\r\nzwei\nü\rdrei".encode())
for newline in (None, "", "\n", "\r", "\r\n"):
    raw.seek(0)
    text = io.TextIOWrapper(raw, "utf-8", newline=newline)
    print(repr(newline), text.readlines(), text.newlines)
    text.detach()
for newline in (None, "", "\n", "\r\n"):
    out = io.BytesIO()
    w = io.TextIOWrapper(out, "ascii", errors="backslashreplace", newline=newline)
    w.write("a\nbü\r\n")
    w.flush()
    print(repr(newline), out.getvalue(), end=" ")
    w.detach()
print()
s = io.StringIO("one\ntwo\nthree", newline=None)
print(s.readline(), s.tell(), s.read(2), s.readline(1), s.seek(0), list(s), s.read(), s.seek(4), s.write("TWO!"), s.getvalue(), s.truncate(6), s.getvalue(), s.seek(0, 2), s.write("end"), s.getvalue())
w = io.TextIOWrapper(io.BytesIO(), "utf-16")
w.write("aé")
w.seek(0)
print(w.read(1), w.read(), w.encoding, w.errors, w.line_buffering, w.write_through, w.buffer.getvalue()[:2] in (b"\xff\xfe", b"\xfe\xff"))
w.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
w.write("ü\n")
print(w.buffer.getvalue()[-3:], w.encoding)
t = io.TextIOWrapper(io.BytesIO(b"abc\nd\xffe\n"), "ascii", errors="surrogateescape")
print([ascii(x) for x in t])
for bad in (lambda: io.TextIOWrapper(io.BytesIO(b"\xff"), "ascii").read(), lambda: io.StringIO().write(b"x"), lambda: io.BytesIO().write("x"), lambda: io.TextIOWrapper(io.BytesIO(), "nope"), lambda: io.StringIO(newline="x"), lambda: io.StringIO().seek(-1), lambda: io.StringIO().seek(1, 1), lambda: io.StringIO("a").read("x"), lambda: s.close() or s.read(), lambda: io.TextIOWrapper(5), lambda: io.BytesIO("a"), lambda: io.StringIO().detach(), lambda: io.BytesIO(b"a").seek(-5), lambda: io.open("/nonexistent/x"), lambda: open("/dev/null", "rw"), lambda: open("/dev/null", "rb", encoding="x"), lambda: open("/dev/null", "r", 0), lambda: t.detach() and t.read(), lambda: io.StringIO("a").truncate(-1), lambda: io.BytesIO(b"abc").readinto(b"x")):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, str(error)[:90])
b = io.BytesIO(b"line one\nline two")
print(b.readline(), b.read1(3), b.peek(1) if hasattr(b, "peek") else "-", b.tell(), b.seek(0), b.readlines(), b.getbuffer()[:4].tobytes(), b.readinto(bytearray(2)), b.seek(20), b.write(b"!"), b.getvalue()[-5:])
buffered = io.BufferedReader(io.BytesIO(b"0123456789"), 4)
print(buffered.peek(2)[:2], buffered.read(3), buffered.read1(2), buffered.tell(), buffered.seek(-1, 2), buffered.read(), io.BufferedRandom(io.BytesIO(b"abc")).read(2), io.IncrementalNewlineDecoder(None, True).decode("a\r\nb\r"))
