# Streams: what they do at their edges and with what is done to them in between.
import functools
import io
import pickle
import struct


def attempt(function, *args):
    try:
        print(repr(function(*args)))
    except Exception as error:
        print(type(error).__name__, error)


# Attributes that cannot be deleted.
file = io.FileIO('/dev/null')
for owner, names in [(file, ['_blksize', '_finalizing', 'mode']), (io.BufferedReader(file), ['_finalizing', 'raw']),
                     (io.TextIOWrapper(io.BytesIO()), ['_CHUNK_SIZE', '_finalizing', 'encoding']),
                     (pickle.Pickler(io.BytesIO()), ['bin', 'fast', 'dispatch_table', 'memo']), (functools.cmp_to_key(max)(1), ['obj'])]:
    for name in names:
        print(name, end=' ')
        attempt(delattr, owner, name)
pickler = pickle.Pickler(io.BytesIO())
pickler.dispatch_table = {}
del pickler.dispatch_table
print(hasattr(pickler, 'dispatch_table'))


class Replacing(str):
    def replace(self, *args):
        return self.answer


def write(answer, action=None):
    text = Replacing('a\n')
    stream = io.TextIOWrapper(io.BytesIO(), newline='\r\n')
    text.answer = answer
    if action:
        Replacing.replace = lambda self, *args: (action(stream), answer)[1]
    try:
        stream.write(text)
        stream.flush()
        return stream.buffer.getvalue()
    finally:
        Replacing.replace = lambda self, *args: self.answer


attempt(write, 'b!')
attempt(write, None)
attempt(write, 'c', lambda stream: stream.close())
attempt(write, 'c', lambda stream: stream.detach())
attempt(write, 'c', lambda stream: stream.__init__(io.BufferedReader(io.BytesIO())))

text = io.TextIOWrapper(io.BytesIO())
for options in ({'encoding': 42}, {'errors': 42}, {'encoding': '\udcfe'}, {'newline': 'x'}):
    try:
        text.reconfigure(**options)
    except Exception as error:
        print(type(error).__name__, error)


class Telling(io.RawIOBase):
    """A device that always tells 0."""
    def readable(self): return True
    def seekable(self): return True
    def tell(self): return 0
    def seek(self, *args): return 0
    def readinto(self, buffer):
        buffer[:2] = b'12'
        return 2


device = io.BufferedReader(Telling())
print(device.read(1), device.tell(), device.seek(0, 1), device.seek(1))

pair = io.BufferedRandom(io.BytesIO(b'abcdef'), 3)
pair.write(b'1')
print(pair.read1(1), pair.tell(), pair.raw.getvalue())
reader = io.BufferedReader(io.BytesIO(b'hello world\n'))
reader.seek(-6, 2)
print(reader.read(5), reader.readinto(bytearray()), reader.seek(-6, 1))

print(struct.calcsize(b'!d'), struct.calcsize('!d'), struct.Struct(b'i').format)
import codecs
for call in (lambda: codecs.lookup('utf-8\0'), lambda: codecs.encode('a', 'utf-8', 'x\0'), lambda: codecs.decode(b'a', 'utf-8\0'),
             lambda: codecs.lookup_error('x\0'), lambda: codecs.utf_8_decode(b'\xff', 'x\0')):
    attempt(call)
