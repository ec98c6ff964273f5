"""io: StringIO, BytesIO, text layers, buffers, seeking, newlines, encodings, files in a temporary directory, errors."""
import io
import os
import tempfile


def attempt(*actions):
    for action in actions:
        try:
            print(repr(action()))
        except Exception as error:
            print(type(error).__name__, str(error).replace(root, "ROOT"))


root = tempfile.mkdtemp()
path = os.path.join(root, "file.txt")
s = io.StringIO("line one\nline two\r\nthree")
print(s.read(4), s.tell(), s.readline(), s.readlines(), s.read(), s.seek(0), list(s), s.seek(5), s.write("ONE"), s.getvalue(), s.truncate(8), s.getvalue(), s.seek(20), s.write("x"), repr(s.getvalue()), s.closed, s.newlines, s.encoding, s.readable(), s.seekable(), s.isatty(), s.line_buffering)
for newline in (None, "", "\n", "\r", "\r\n"):
    t = io.StringIO("a\nb\r\nc\rd", newline=newline)
    print(repr(newline), repr(t.read()), t.newlines, end=" | ")
    t.write("\n")
    print(repr(t.getvalue()))
b = io.BytesIO(b"hello world")
print(b.read(5), b.read1(2), b.peek(2) if hasattr(b, "peek") else "", b.readinto(buf := bytearray(3)), buf, b.tell(), b.seek(-3, 2), b.read(), b.seek(0), b.write(b"J"), b.getvalue(), b.getbuffer()[1], b.seek(15), b.write(b"!"), b.getvalue(), b.truncate(3), b.getvalue(), b.readline(), b.writelines([b"x", b"y"]), b.getvalue())
view = b.getbuffer()
attempt(lambda: b.write(b"z" * 100), lambda: b.close())
view.release()
with open(path, "w", encoding="utf-8", newline="") as f:
    print(f.write("é1\n"), f.writelines(["b2\r\n", "c3"]), f.tell(), f.name == path, f.mode, f.encoding, f.closed, f.fileno() > 2)
print(f.closed, open(path, "rb").read())
with open(path, encoding="utf-8") as f:
    print(f.readline(), f.tell(), f.read(2), f.newlines, next(f), f.read(), f.seek(0), f.readlines(3), [line for line in f], f.read())
with open(path, "r+b") as f:
    print(f.read(2), f.seek(0, 1), f.write(b"XY"), f.seek(0), f.read(), f.truncate(4), f.seek(0), f.readall() if hasattr(f, "readall") else f.read(), f.peek(1), type(f).__name__, f.raw.__class__.__name__, f.raw.mode)
with open(path, "a") as f:
    print(f.tell() > 0, f.write("appended"), f.seek(0), f.write("!"))
with open(path, "rb", buffering=0) as f:
    print(type(f).__name__, f.read(3), f.readinto(buf), f.readall(), f.read())
attempt(lambda: open(path, "x"), lambda: open(root + "/none/x", "w"), lambda: open(path, "rw"), lambda: open(path, "b"), lambda: open(path, "rbt"), lambda: open(path, "rb", encoding="utf-8"), lambda: open(path, buffering=0), lambda: open(path, newline="x"), lambda: open(path, "r").write("x"), lambda: open(path, "w").read(), lambda: open(path, "rb").write(b"x"), lambda: open(-1), lambda: open(None), lambda: open(path, errors="nope").read() and "lazily checked", lambda: open(path, encoding="nope"), lambda: open(path, "U"), lambda: open(99999), lambda: open(path, "").read())
open(path, "wb").write(b"ab\xff\xfecd\n")
for errors in ("strict", "replace", "ignore", "surrogateescape", "backslashreplace"):
    try:
        print(errors, ascii(open(path, encoding="utf-8", errors=errors).read()))
    except UnicodeDecodeError as error:
        print(error)
closed = open(path)
closed.close()
closed.close()
attempt(lambda: closed.read(), lambda: closed.write("x"), lambda: next(closed), lambda: closed.seek(0), lambda: closed.__enter__(), lambda: closed.fileno(), lambda: s.read(-5) is not None, lambda: io.StringIO(5), lambda: io.StringIO().write(b"x"), lambda: io.BytesIO("x"), lambda: io.BytesIO().write("x"), lambda: io.StringIO().seek(-1), lambda: io.StringIO().seek(1, 1), lambda: io.StringIO().seek(1, 2), lambda: io.BytesIO().seek(-1), lambda: io.BytesIO().seek(0, 9), lambda: io.StringIO(newline="x"), lambda: io.StringIO("a").read("x"), lambda: io.BytesIO(b"a").read(1.5), lambda: io.StringIO().fileno(), lambda: io.TextIOWrapper(5), lambda: io.BufferedReader(5), lambda: io.StringIO().truncate(-1), lambda: print("x", file=closed))
raw = io.BytesIO()
text = io.TextIOWrapper(raw, encoding="utf-16", newline="\r\n", write_through=True)
text.write("a\nb")
text.flush()
print(raw.getvalue(), text.detach() is raw, raw.closed)
text = io.TextIOWrapper(io.BytesIO(b"a\r\nb\rc\n"), newline=None)
print(text.readlines(), text.newlines)
text = io.TextIOWrapper(io.BytesIO("éa\nb".encode("latin-1")), encoding="latin-1")
print(text.read(1), text.tell(), text.reconfigure(errors="replace") if False else "", text.readline(), text.buffer.tell(), text)


class Raw(io.RawIOBase):
    def __init__(self, data):
        self.data, self.log = data, []

    def readable(self):
        return True

    def readinto(self, target):
        chunk, self.data = self.data[: min(3, len(target))], self.data[3:]
        self.log.append(len(chunk))
        target[: len(chunk)] = chunk
        return len(chunk)

    def writable(self):
        return True

    def write(self, data):
        self.log.append(bytes(data))
        return len(data)


raw = Raw(b"abcdefgh\nij")
reader = io.BufferedReader(raw, 4)
print(reader.read(2), reader.peek(), reader.readline(), reader.read(), raw.log, reader.read())
writer = io.BufferedWriter(raw := Raw(b""), 4)
print(writer.write(b"ab"), raw.log, writer.write(b"cdefg"), writer.flush(), raw.log, io.TextIOWrapper(io.BufferedReader(Raw(b"x\ny\n"))).readlines(), Raw(b"abcd").read(2), Raw(b"abcdefg").readall(), Raw(b"l1\nl2").readlines())
pair = io.BufferedRWPair(io.BytesIO(b"in"), out := io.BytesIO())
pair.write(b"out"), pair.flush()
print(pair.read(), out.getvalue(), isinstance(raw, io.IOBase), issubclass(io.StringIO, io.TextIOBase), io.DEFAULT_BUFFER_SIZE > 0, io.SEEK_END)
dec = io.IncrementalNewlineDecoder(None, True)
print(repr(dec.decode("a\r")), repr(dec.decode("\nb\n")), dec.newlines)
print(1, 2, sep="-", end="!\n", file=(f := io.StringIO())), print(repr(f.getvalue()))
import shutil

shutil.rmtree(root)
