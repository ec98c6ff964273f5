# Compression of more than is done in one step, and to a limit.
import bz2
import hashlib
import lzma
import unicodedata
import zlib

data = b"".join(hashlib.sha256(i.to_bytes(4)).digest() + b"some text " * 3 for i in range(8_000))
zeros = bytes(700_000)
print(len(data))

for raw in data, zeros:
    for level in 0, 1, 6, 9:
        assert zlib.decompress(zlib.compress(raw, level)) == raw
    assert bz2.decompress(bz2.compress(raw)) == raw
    assert lzma.decompress(lzma.compress(raw, preset=0)) == raw
    packer = zlib.compressobj()
    packed = packer.compress(raw) + packer.flush(zlib.Z_SYNC_FLUSH) + packer.compress(raw) + packer.flush()
    unpacker = zlib.decompressobj()
    pieces = [unpacker.decompress(packed, 100_000)]
    while unpacker.unconsumed_tail:
        pieces.append(unpacker.decompress(unpacker.unconsumed_tail, 100_000))
    pieces.append(unpacker.flush())
    assert b"".join(pieces) == raw * 2 and unpacker.eof
    print([len(piece) for piece in pieces if len(piece) == 100_000])
    for make, packed in (bz2.BZ2Decompressor, bz2.compress(raw)), (lzma.LZMADecompressor, lzma.compress(raw, preset=0)):
        unpacker, pieces = make(), []
        rest = packed + b"behind"
        while not unpacker.eof:
            pieces.append(unpacker.decompress(rest, 70_000))
            rest = b""
        assert b"".join(pieces) == raw and unpacker.unused_data == b"behind"
        print(make.__name__, max(map(len, pieces)))

for bad in zlib.compress(data)[:-5], zlib.compress(data)[:100_000] + b"damaged" * 10:
    try:
        zlib.decompress(bad)
    except zlib.error as error:
        print(str(error).partition(":")[0])

for iterations, size in (1, 20), (3, 70), (1000, 33), (10_000, 32), (10_001, 65):
    print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", iterations, size).hex())

long = "\ufdfa\u0344e\u0301" * 20_000
print(*(f"{form} {len(unicodedata.normalize(form, long))}" for form in ("NFC", "NFD", "NFKC", "NFKD")))
