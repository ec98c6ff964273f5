"""Writes `tables.rs` and `decompositions.txt` in `src/unicodedata/` from CPython's data.

Run with the CPython whose Unicode version the project follows:

    python3.14 crates/library/tools/unicodedata_tables.py

The tables hold, for the present version and for 3.2.0, the properties of runs of code points, and the decompositions. What the
versions share otherwise comes from crates or from `pvm_object::text::unicode`.
"""

import unicodedata
from pathlib import Path

COUNT = 0x110000
WIDTH = 140
CATEGORIES = "Cn Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So".split()
OLD = unicodedata.ucd_3_2_0


def block(name, kind, doc, items):
    lines = [f"/// {doc}", "#[rustfmt::skip]", f"pub static {name}: [{kind}; {len(items)}] = ["]
    line = "   "
    for item in items:
        if len(line) + len(item) + 2 > WIDTH:
            lines.append(line)
            line = "   "
        line += f" {item},"
    return lines + [line, "];", ""]


def runs(database, records, bidi, widths):
    """The first code point of each run of the same properties, and the number of their record."""
    result, last = [], None
    for cp in range(COUNT):
        c = chr(cp)
        properties = (
            CATEGORIES.index(database.category(c)),
            bidi.setdefault(database.bidirectional(c), len(bidi)),
            widths.setdefault(database.east_asian_width(c), len(widths)),
            database.mirrored(c),
        )
        if properties != last:
            result.append(f"({cp:#x}, {records.setdefault(properties, len(records))})")
            last = properties
    return result


def decompositions():
    """The decompositions but those of Hangul syllables, which are computed: a character and its decomposition a line."""
    result = []
    for cp in range(COUNT):
        text = unicodedata.decomposition(chr(cp))
        if text and not 0xAC00 <= cp <= 0xD7A3:
            result.append((cp, text))
    return result


def old_decompositions(entries):
    """Where 3.2.0 decomposes other than the present version, though the character was assigned."""
    odd = []
    for cp, _ in entries:
        c = chr(cp)
        if OLD.category(c) != "Cn" and OLD.decomposition(c) != unicodedata.decomposition(c):
            odd.append(cp)
    assert not odd, odd


def corrections():
    """Characters whose canonical decomposition was another one in 3.2.0 (NormalizationCorrections)."""
    result = []
    for cp in range(COUNT):
        c = chr(cp)
        if OLD.category(c) == "Cn" or not unicodedata.decomposition(c):
            continue
        old, new = OLD.normalize("NFD", c), unicodedata.normalize("NFD", c)
        if old != new and len(old) == 1 and old != c:
            result.append(f"({cp:#x}, {ord(old):#x})")
    return result


def numbers():
    """Code points whose decimal or numeric value was another one in 3.2.0: -1 for none."""
    result = []
    for cp in range(COUNT):
        c = chr(cp)
        if OLD.category(c) == "Cn":
            continue
        old = (OLD.decimal(c, -1), OLD.digit(c, -1), OLD.numeric(c, -1.0))
        new = (unicodedata.decimal(c, -1), unicodedata.digit(c, -1), unicodedata.numeric(c, -1.0))
        if old != new:
            assert old[1] == new[1], hex(cp)
            result.append(f"({cp:#x}, {old[0]}, {float(old[2])!r})")
    return result


def main():
    records, bidi, widths = {}, {}, {}
    new, old = runs(unicodedata, records, bidi, widths), runs(OLD, records, bidi, widths)
    entries = decompositions()
    old_decompositions(entries)
    strings = lambda names: [f'"{name}"' for name in names]
    lines = [
        f"//! Character data of Unicode {unicodedata.unidata_version} and {OLD.unidata_version}, made by",
        "//! `tools/unicodedata_tables.py`. Do not edit.", "",
    ]
    lines += block("BIDIRECTIONAL", "&str", "Bidirectional classes.", strings(bidi))
    lines += block("WIDTHS", "&str", "East Asian widths.", strings(widths))
    lines += block("RECORDS", "(u8, u8, u8, bool)", "Category, bidirectional class, width and whether mirrored: what runs share.",
                   [f"({a}, {b}, {c}, {'true' if d else 'false'})" for a, b, c, d in records])
    lines += block("RUNS", "(u32, u16)", "The first code points of runs, and the numbers of their records.", new)
    lines += block("RUNS_3_2_0", "(u32, u16)", "The same in Unicode 3.2.0.", old)
    lines += block("CORRECTIONS_3_2_0", "(u32, u32)", "Characters that had another canonical decomposition in Unicode 3.2.0.",
                   corrections())
    lines += block("NUMBERS_3_2_0", "(u32, i8, f64)", "Characters that had another decimal or numeric value in Unicode 3.2.0; -1 for none.",
                   numbers())
    target = Path(__file__).resolve().parent.parent / "src" / "unicodedata"
    (target / "tables.rs").write_text("\n".join(lines))
    (target / "decompositions.txt").write_text("".join(f"{cp:06X} {text}\n" for cp, text in entries))


main()
