"""Huffman coding with heaps and bit streams, run-length coding, CRC, base encodings, checked by round trips."""
import base64
import binascii
import hashlib
import heapq
import zlib
from collections import Counter
from itertools import count, groupby


def codes(text):
    order = count()
    heap = [(n, next(order), symbol) for symbol, n in sorted(Counter(text).items())]
    heapq.heapify(heap)
    if len(heap) == 1:
        return {heap[0][2]: "0"}
    while len(heap) > 1:
        (a, _, left), (b, _, right) = heapq.heappop(heap), heapq.heappop(heap)
        heapq.heappush(heap, (a + b, next(order), (left, right)))
    out = {}

    def walk(node, prefix):
        if isinstance(node, tuple):
            walk(node[0], prefix + "0")
            walk(node[1], prefix + "1")
        else:
            out[node] = prefix
    walk(heap[0][2], "")
    return out


class BitWriter:
    def __init__(self):
        self.bits, self.length = 0, 0

    def write(self, text):
        for bit in text:
            self.bits = self.bits << 1 | (bit == "1")
            self.length += 1

    def bytes(self):
        pad = -self.length % 8
        return (self.bits << pad).to_bytes((self.length + pad) // 8, "big")


def bits(data, length):
    for i in range(length):
        yield data[i >> 3] >> (7 - (i & 7)) & 1


def decode(data, length, table):
    back, prefix = {code: symbol for symbol, code in table.items()}, ""
    for bit in bits(data, length):
        prefix += "01"[bit]
        if prefix in back:
            yield back[prefix]
            prefix = ""


def crc32(data, table=[]):
    if not table:
        for n in range(256):
            for _ in range(8):
                n = n >> 1 ^ (0xEDB88320 if n & 1 else 0)
            table.append(n)
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ table[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def base58(n):
    out = ""
    while n:
        n, r = divmod(n, 58)
        out = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[r] + out
    return out


for text in ("abracadabra", "mississippi river", "aaaa", "häßlich 😀😀", "".join(chr(97 + i * i % 26) for i in range(300))):
    table = codes(text)
    writer = BitWriter()
    for symbol in text:
        writer.write(table[symbol])
    data = writer.bytes()
    raw = text.encode()
    print(len(raw), len(data), writer.length, "".join(decode(data, writer.length, table)) == text, crc32(raw) == zlib.crc32(raw) == binascii.crc32(raw))
    print("   ", {ascii(s): c for s, c in sorted(table.items(), key=lambda p: (len(p[1]), p[1]))[:4]}, [(k, len([*g])) for k, g in groupby(data)][:2])
raw = bytes(range(0, 256, 7)) + b"\0\0end"
for name in ("b16", "b32", "b64", "b85", "a85", "z85", "b32hex", "urlsafe_b64"):
    encoded = getattr(base64, name + "encode")(raw[:32])
    print(name, len(encoded), encoded[:16], getattr(base64, name + "decode")(encoded) == raw[:32])
print(base58(int.from_bytes(raw[:16])), binascii.hexlify(raw[:6], "-", 2), binascii.b2a_uu(b"abc"), binascii.a2b_qp(b"a=3Db=\n c"), binascii.crc_hqx(raw, 0), zlib.adler32(raw))
for name in ("md5", "sha1", "sha256", "sha3_224", "blake2s", "shake_128"):
    h = hashlib.new(name, raw)
    other = h.copy()
    other.update(b"more")
    print(name, (h.hexdigest(8) if "shake" in name else h.hexdigest())[:16], h.digest_size, h.block_size, (other.hexdigest(4) if "shake" in name else other.hexdigest())[:8])
packed = zlib.compress(raw * 50, 9)
stream = zlib.decompressobj()
print(len(packed) < 200, b"".join(stream.decompress(packed[i:i + 7]) for i in range(0, len(packed), 7)) == raw * 50, stream.eof, zlib.decompress(zlib.compress(b"", 0)))
for bad in (lambda: base64.b64decode("abc"), lambda: base64.b64decode("a!b=", validate=True), lambda: base64.b32decode("a"), lambda: binascii.unhexlify("abc"), lambda: zlib.decompress(packed[:-5]), lambda: zlib.decompress(b"nonsense"), lambda: base64.b85decode("~~~~~"), lambda: hashlib.new("none"), lambda: base64.a85decode(b"\xff")):
    try:
        print(bad())
    except (ValueError, zlib.error) as error:
        print(type(error).__name__, error)
