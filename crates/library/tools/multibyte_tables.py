"""Makes `src/multibyte/tables.zst`, the tables of the East Asian encodings, out of what CPython 3.14's codecs do:

    python3.14 multibyte_tables.py tables.zst

All numbers are little-endian. For each encoding of `NAMES`, in this order:

    256 * u16           what single bytes mean
    u8 u8 u8 u8         first and last lead byte, first and last trail byte
    u16 * all pairs     what two bytes mean, row by row
    u8                  whether there are codes of three bytes, the first of them 8F; if so: bounds and meanings of the rest
    u16 (u8 u32*)*      strings that meanings from D800 on number, each with its length
    u32 (u32 u32)*      characters whose code is another than the smallest that means them, and the code, 0 for none

A meaning is a character, or 0: illegal; FFFD: illegal, and both bytes are at fault; FFFE: more bytes are needed.
For gb18030 follow the runs of the codes of four bytes: u32 (u32 u32 u32)*: first and last character, linear code of the first.
"""
import struct
import sys
from compression import zstd

NAMES = ("gb2312 gbk gb18030 big5 cp950 big5hkscs euc_jp euc_jis_2004 euc_jisx0213 shift_jis cp932 shift_jis_2004 "
         "shift_jisx0213 euc_kr cp949 johab").split()


def meaning(data, name, extras):
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        assert error.start == 0
        if error.reason.startswith("incomplete"):
            return 0xFFFE
        assert error.end in (1, 2)
        return 0xFFFD if error.end == 2 else 0
    if len(text) == 1 and ord(text) < 0x10000:
        assert not 0xD800 <= ord(text) < 0xE000 and ord(text) < 0xFFFD
        return ord(text)
    return 0xD800 + extras.setdefault(text, len(extras))


def plane(prefix, name, extras, leads):
    table = {(a, b): meaning(prefix + bytes((a, b)), name, extras) for a in leads for b in range(256)}
    used = [pair for pair, value in table.items() if value]
    rows, columns = sorted({a for a, _ in used}), sorted({b for _, b in used})
    bounds = rows[0], rows[-1], columns[0], columns[-1]
    cells = [table.get((a, b), 0) for a in range(bounds[0], bounds[1] + 1) for b in range(bounds[2], bounds[3] + 1)]
    return bytes(bounds) + struct.pack(f"<{len(cells)}H", *cells), table


def encoded(text, name):
    try:
        return text.encode(name)
    except UnicodeEncodeError:
        return b""


def codec(name):
    extras, texts = {}, {}
    singles = [meaning(bytes([byte]), name, extras) for byte in range(256)]
    out = [struct.pack("<256H", *singles)]
    leads = [byte for byte in range(256) if singles[byte] == 0xFFFE]
    data, pairs = plane(b"", name, extras, leads)
    out.append(data)
    triples = {}
    if name.startswith("euc_j"):
        data, triples = plane(b"\x8f", name, extras, range(256))
        out.append(b"\1" + data)
    else:
        out.append(b"\0")
    assert len(extras) <= 0x800
    out.append(struct.pack("<H", len(extras)))
    for text in extras:
        out.append(struct.pack(f"<B{len(text)}I", len(text), *map(ord, text)))
    numbered = {number + 0xD800: text for text, number in extras.items()}
    codes = [(byte, value) for byte, value in enumerate(singles)]
    codes += [(a << 8 | b, value) for (a, b), value in sorted(pairs.items())]
    codes += [(0x8F << 16 | a << 8 | b, value) for (a, b), value in sorted(triples.items())]
    for code, value in codes:
        if value and value < 0xFFFD or code == 0:
            texts.setdefault(numbered.get(value) or chr(value), code)
    others = []
    for point in range(0x30000):
        if not 0xD800 <= point < 0xE000:
            code = int.from_bytes(encoded(chr(point), name))
            if name == "gb18030" and code > 0xFFFFFF or name == "euc_kr" and code > 0xFFFFFF:
                code = 0
            if code != texts.get(chr(point), 0):
                others.append((point, code))
    for text, code in texts.items():
        assert len(text) == 1 or encoded(text, name) == code.to_bytes((code.bit_length() + 7) // 8), (name, text)
    out.append(struct.pack("<I", len(others)) + b"".join(struct.pack("<II", *other) for other in others))
    if name == "gb18030":
        runs = []
        for point in range(0x10000):
            code = b"" if 0xD800 <= point < 0xE000 else encoded(chr(point), name)
            if len(code) != 4:
                continue
            assert code.decode(name) == chr(point)
            linear = ((code[0] - 0x81) * 10 + code[1] - 0x30) * 1260 + (code[2] - 0x81) * 10 + code[3] - 0x30
            if runs and runs[-1][1] == point - 1 and runs[-1][2] + point - runs[-1][0] == linear:
                runs[-1][1] = point
            else:
                runs.append([point, point, linear])
        out.append(struct.pack("<I", len(runs)) + b"".join(struct.pack("<III", *run) for run in runs))
    print(name, "extras", len(extras), "others", len(others), file=sys.stderr)
    return b"".join(out)


options = {zstd.CompressionParameter.compression_level: 22, zstd.CompressionParameter.window_log: 22}
with open(sys.argv[1], "wb") as file:
    file.write(zstd.compress(b"".join(map(codec, NAMES)), options=options))
