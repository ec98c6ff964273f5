"""Writes the tables in `src/text/unicode/` (`trie.rs`, `special_cases.rs`, `numbers.rs`, `digests.rs`) from CPython's data.

Run with the CPython whose Unicode version the project follows:

    python3.14 crates/object/tools/unicode_tables.py

The tables hold a record number for each code point in a three-level trie, the records, the mappings to several
characters, and the numeric values. The digests are CRC-32 sums over what CPython's `str` methods answer for every code
point; a unit test compares them with what the tables answer.
"""

import unicodedata
import zlib
from fractions import Fraction
from pathlib import Path

import _sre

COUNT = 0x110000
LEAF_BITS = 5
MIDDLE_BITS = 4
WIDTH = 150

FLAGS = [
    "ALPHABETIC", "SPACE", "UPPERCASE", "LOWERCASE", "TITLECASE", "PRINTABLE",
    "XID_START", "XID_CONTINUE", "CASED", "CASE_IGNORABLE", "NUMERIC", "EXTENDED_CASE",
]
CATEGORIES = "Cn Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So".split()


def final_sigma(before):
    return (before + "\u03a3").lower().endswith("\u03c2")


def mappings(c):
    """The full upper, lower, title and folded forms."""
    lower = "\u03c3" if c == "\u03a3" else c.lower()
    return c.upper(), lower, c.title(), c.casefold()


def flags(cp):
    c = chr(cp)
    upper, lower, title, folded = mappings(c)
    # A character before a sigma shows which it is: skipped (ignorable), making the sigma final (cased), or neither.
    ignorable = final_sigma("A" + c) and not final_sigma(c)
    simple = chr(_sre.unicode_tolower(cp))
    return {
        "ALPHABETIC": c.isalpha(),
        "SPACE": c.isspace(),
        "UPPERCASE": c.isupper() and unicodedata.category(c) != "Lt",
        "LOWERCASE": c.islower(),
        "TITLECASE": unicodedata.category(c) == "Lt",
        "PRINTABLE": c.isprintable(),
        "XID_START": c.isidentifier() and c != "_",
        "XID_CONTINUE": ("a" + c).isidentifier(),
        "CASED": (c + "a").title().endswith("a"),
        "CASE_IGNORABLE": ignorable,
        "NUMERIC": c.isnumeric(),
        "EXTENDED_CASE": (
            max(map(len, (upper, lower, title))) > 1 or folded != simple or (cp != 0x3A3 and lower != simple)
        ),
    }


def record(cp):
    c = chr(cp)
    upper, lower, title, folded = mappings(c)
    bits = sum(on << FLAGS.index(name) for name, on in flags(cp).items())
    delta = lambda text: ord(text) - cp if len(text) == 1 else 0
    return (
        CATEGORIES.index(unicodedata.category(c)), bits,
        unicodedata.decimal(c, -1), unicodedata.digit(c, -1),
        delta(upper), _sre.unicode_tolower(cp) - cp, delta(title),
    )


def trie(values, bits):
    """Splits values into blocks of 2**bits; gives the number of each block, and the distinct blocks one after another."""
    blocks, index = {}, []
    for start in range(0, len(values), 1 << bits):
        block = tuple(values[start:start + (1 << bits)])
        index.append(blocks.setdefault(block, len(blocks)))
    return index, [value for block in blocks for value in block]


def array(doc, name, kind, items):
    lines, line = [], "   "
    for item in map(str, items):
        if len(line) + len(item) + 2 > WIDTH:
            lines.append(line)
            line = "   "
        line += f" {item},"
    lines.append(line)
    body = "\n".join(lines)
    return f"/// {doc}\n#[rustfmt::skip]\npub static {name}: [{kind}; {len(items)}] = [\n{body}\n];\n"


def rust_string(text):
    return '"' + "".join(f"\\u{{{ord(c):x}}}" for c in text) + '"'


def tables():
    records = [record(cp) for cp in range(COUNT)]
    numbers = {}
    leaves = [numbers.setdefault(r, len(numbers)) for r in records]
    middle, leaves = trie(leaves, LEAF_BITS)
    root, middle = trie(middle, MIDDLE_BITS)
    special = [
        (cp, *mappings(chr(cp))) for cp in range(COUNT) if flags(cp)["EXTENDED_CASE"]
    ]
    numeric = [
        (cp, Fraction(unicodedata.numeric(chr(cp))).limit_denominator(1000))
        for cp in range(COUNT)
        if unicodedata.numeric(chr(cp), None) is not None and unicodedata.digit(chr(cp), None) is None
    ]
    for cp, value in numeric:
        assert value.numerator / value.denominator == unicodedata.numeric(chr(cp))
    values = sorted({value for _, value in numeric})
    made = f"of Unicode {unicodedata.unidata_version}, made by `tools/unicode_tables.py`. Do not edit."
    return {
        "trie.rs": [
            f"//! Character data {made}",
            "",
            "use super::records::Record;",
            "",
            "/// The version of the Unicode Character Database.",
            f'pub const UNICODE_VERSION: &str = "{unicodedata.unidata_version}";',
            "/// Code points a leaf of the trie covers, as a power of two.",
            f"pub const LEAF_BITS: u32 = {LEAF_BITS};",
            "/// Leaves a middle block covers, as a power of two.",
            f"pub const MIDDLE_BITS: u32 = {MIDDLE_BITS};",
            "",
            array("Distinct records: category, flags, decimal, digit, and the distances to the simple mappings.",
                  "RECORDS", "Record", ["Record::new" + str(r) for r in numbers]),
            array("Number of the middle block of each stretch of code points.", "ROOT", "u8", root),
            array("Middle blocks: numbers of leaves.", "MIDDLE", "u16", middle),
            array("Leaves: numbers of records.", "LEAVES", "u16", leaves),
        ],
        "special_cases.rs": [
            f"//! Case mappings to several characters {made}",
            "",
            array("Code points whose mappings have several characters, or whose folding is not their lowercase: upper,"
                  " lower, title, folded.", "SPECIAL_CASES", "(u32, [&str; 4])",
                  [f"(0x{cp:x}, [{', '.join(map(rust_string, forms))}])" for cp, *forms in special]),
        ],
        "numbers.rs": [
            f"//! Numeric values other than digits {made}",
            "",
            array("Code points with a numeric value that are no digits.", "NUMERIC_CODE_POINTS", "u32",
                  [f"0x{cp:x}" for cp, _ in numeric]),
            array("For each of them the index of its value.", "NUMERIC_INDICES", "u8",
                  [values.index(value) for _, value in numeric]),
            array("Those values, as numerator and denominator.", "NUMERIC_VALUES", "(i64, u16)",
                  [f"({value.numerator}, {value.denominator})" for value in values]),
        ],
    }


def digests():
    bit = lambda answer: b"\1" if answer else b"\0"
    text = lambda answer: answer.encode("utf-8", "surrogatepass") + b"\xff"
    answers = {
        name: lambda c, name=name: bit(getattr(c, name)())
        for name in ("isalpha", "isalnum", "isdecimal", "isdigit", "isnumeric", "isspace", "isupper", "islower",
                     "istitle", "isprintable", "isidentifier")
    }
    answers["continues_identifier"] = lambda c: bit(("a" + c).isidentifier())
    answers["breaks_line"] = lambda c: bit(len(("a" + c + "b").splitlines()) == 2)
    for name in ("upper", "lower", "title", "capitalize", "swapcase", "casefold"):
        answers[name] = lambda c, name=name: text(getattr(c, name)())
    answers["title_after"] = lambda c: text(("a" + c + "a").title())
    answers["sigma_after"] = lambda c: text(("A" + c + "\u03a3").lower())
    answers["sigma_before"] = lambda c: text(("A\u03a3" + c + "A").lower())
    answers["sigma_next"] = lambda c: text(("A\u03a3" + c).lower())
    answers["simple_lower"] = lambda c: text(chr(_sre.unicode_tolower(ord(c))))
    answers["category"] = lambda c: unicodedata.category(c).encode()
    answers["decimal"] = lambda c: text(str(unicodedata.decimal(c, None)))
    answers["digit"] = lambda c: text(str(unicodedata.digit(c, None)))
    # Whole numbers exactly, fractions in thousandths: both sides write the same digits.
    answers["numeric"] = lambda c: text(str(round(unicodedata.numeric(c, -1) * 1000)))
    answers["repr"] = lambda c: text(repr(c))
    chars = [chr(cp) for cp in range(COUNT)]
    sums = {name: zlib.crc32(b"".join(map(answer, chars))) for name, answer in answers.items()}
    return [
        "//! CRC-32 sums of CPython's answers for every code point, made by `tools/unicode_tables.py`. Do not edit.",
        "",
        "/// What was asked, and the sum of the answers.",
        f"pub const DIGESTS: [(&str, u32); {len(sums)}] = [",
        *(f'    ("{name}", 0x{value:08x}),' for name, value in sums.items()),
        "];",
        "",
    ]


def main():
    target = Path(__file__).resolve().parent.parent / "src" / "text" / "unicode"
    for name, lines in (tables() | {"digests.rs": digests()}).items():
        (target / name).write_text("\n".join(lines))


main()
