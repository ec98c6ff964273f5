"""Answers questions about text, one a line, as CPython does; `text_oracle.rs` asks them.

A question is a method and its arguments, separated by tabs: `s:` text in hexadecimal code points separated by commas,
`b:` bytes in hexadecimal, `i:` an int.
"""

import codecs
import sys
import warnings


def read(argument):
    kind, _, value = argument.partition(":")
    if kind == "s":
        return "".join(chr(int(c, 16)) for c in value.split(",") if c)
    return bytes.fromhex(value) if kind == "b" else int(value)


def show(answer):
    if isinstance(answer, str):
        return "s:" + ",".join(f"{ord(c):x}" for c in answer)
    if isinstance(answer, (bytes, bytearray)):
        return "b:" + answer.hex()
    if isinstance(answer, (list, tuple)):
        return "[" + " ".join(map(show, answer)) + "]"
    return f"i:{int(answer)}"


def decode(encoding, errors, data, last):
    """What an incremental decoder gives for the first piece of input: text and bytes consumed."""
    if encoding in ("ascii", "latin-1"):
        return data.decode(encoding, errors), len(data)
    if encoding == "cp1253":
        return codecs.charmap_decode(data, errors, __import__("encodings.cp1253").cp1253.decoding_table)
    function = getattr(codecs, encoding.replace("-", "_") + "_decode")
    return function(data, errors, bool(last))


def answer(method, arguments):
    try:
        if method == "decode":
            return show(decode(*arguments))
        if method in ("repr", "ascii"):
            return show(getattr(__import__("builtins"), method)(*arguments))
        return show(getattr(arguments[0], method)(*arguments[1:]))
    except UnicodeError as e:
        return f"{type(e).__name__} {e.encoding} {e.start} {e.end} {e.reason}"
    except TypeError:
        return "TypeError"


warnings.simplefilter("ignore")
for line in sys.stdin:
    method, *arguments = line.rstrip("\n").split("\t")
    print(answer(method, [read(argument) for argument in arguments]))
