"""Frames of zstd with and without a size, and what decompressors keep of their input."""
import bz2
import lzma
import zlib
from compression import zstd

data = b''.join(bytes([i % 251]) * (i % 7) for i in range(120_000))

for level in (-5, 1, 3, 9, 15):
    frame = zstd.compress(data, level)
    print(level, zstd.get_frame_info(frame), zstd.get_frame_size(frame) == len(frame), zstd.decompress(frame) == data)
compressor = zstd.ZstdCompressor()
for pieces in (1, 2, 9):
    size = -(-len(data) // pieces)
    parts = [compressor.compress(data[i:i + size]) for i in range(0, len(data), size)]
    frame = b''.join(parts) + compressor.flush()
    print(pieces, zstd.get_frame_info(frame).decompressed_size, zstd.decompress(frame) == data)
for size in (0, 1, 65_535, 65_536, 65_537, 131_072, 200_000):
    frame = compressor.compress(data[:size], compressor.FLUSH_FRAME)
    print(size, zstd.get_frame_info(frame).decompressed_size, zstd.decompress(frame) == data[:size], compressor.last_mode)
compressor.set_pledged_input_size(len(data))
frame = compressor.compress(data) + compressor.flush()
print(zstd.get_frame_info(frame).decompressed_size)
print(compressor.flush() == zstd.compress(b''), compressor.compress(b'abc') + compressor.flush(compressor.FLUSH_BLOCK) != b'')
print(zstd.decompress(zstd.compress(b'') * 2))

makers = {
    'zlib': (zlib.compress, zlib._ZlibDecompressor),
    'bz2': (bz2.compress, bz2.BZ2Decompressor),
    'xz': (lzma.compress, lzma.LZMADecompressor),
    'zstd': (zstd.compress, zstd.ZstdDecompressor),
}
for name, (compress, decompressor) in makers.items():
    packed = compress(data)
    reader = decompressor()
    first = reader.decompress(packed[:len(packed) // 2], 100)
    print(name, len(first), reader.eof, reader.needs_input, reader.unused_data)
    rest = [first, reader.decompress(packed[len(packed) // 2:] + b'tail')]
    print(b''.join(rest) == data, reader.eof, reader.needs_input, reader.unused_data)
    try:
        reader.decompress(b'')
    except EOFError as error:
        print(error)
    reader = decompressor()
    try:
        reader.decompress(b'no such thing ' * 20)
    except Exception as error:
        print(type(error).__name__, reader.eof, reader.unused_data)
    for attribute in ('eof', 'needs_input', 'unused_data'):
        try:
            setattr(reader, attribute, 1)
        except AttributeError as error:
            print(error)
