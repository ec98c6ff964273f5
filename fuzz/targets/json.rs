//! JSON: the native half and the one in Python agree on texts and on what is written.

#![no_main]

use libfuzzer_sys::fuzz_target;

const SETUP: &str = r#"
import json
from json import decoder, encoder, scanner

native = json.JSONDecoder()
plain = json.JSONDecoder()
plain.parse_string = decoder.py_scanstring
plain.scan_once = scanner.py_make_scanner(plain)
lax = json.JSONDecoder(strict=False)
plain_lax = json.JSONDecoder(strict=False)
plain_lax.parse_string = decoder.py_scanstring
plain_lax.scan_once = scanner.py_make_scanner(plain_lax)

def outcome(decode, text):
    try:
        return repr(decode(text))
    except (ValueError, RecursionError) as error:
        # the two word one of the errors differently, in CPython too
        place = (error.msg[:15], error.pos if "escape" not in error.msg else None) if isinstance(error, json.JSONDecodeError) else None
        return type(error).__name__, place

def encoded(value, fast, **options):
    saved = encoder.c_make_encoder, encoder.encode_basestring_ascii, encoder.encode_basestring
    if not fast:
        encoder.c_make_encoder = None
        encoder.encode_basestring_ascii, encoder.encode_basestring = encoder.py_encode_basestring_ascii, encoder.py_encode_basestring
    try:
        return json.JSONEncoder(**options).encode(value)
    except (ValueError, RecursionError) as error:
        return type(error).__name__
    finally:
        encoder.c_make_encoder, encoder.encode_basestring_ascii, encoder.encode_basestring = saved

def run(data):
    text = data.decode("utf-8", "surrogateescape")
    for fast, slow in (native, plain), (lax, plain_lax):
        first, second = outcome(fast.decode, text), outcome(slow.decode, text)
        if "RecursionError" not in (first[0], second[0]):
            assert first == second, (text, first, second)
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        pass
    try:
        value = native.decode(text)
    except (ValueError, RecursionError):
        return
    for options in {}, {"ensure_ascii": False}, {"indent": 1, "sort_keys": True}, {"allow_nan": False, "separators": (",", ":")}:
        first, second = encoded(value, True, **options), encoded(value, False, **options)
        if "RecursionError" not in (first, second):
            assert first == second, (text, options, first, second)
    if encoded(value, True) != "RecursionError" and not any(0xD800 <= ord(point) < 0xE000 for point in text) and "\\u" not in text:
        again = native.decode(encoded(value, True))
        assert repr(again) == repr(value), (text, again)
"#;

fuzz_target!(|data: &[u8]| {
    pvm_fuzz::call::<()>(SETUP, (pvm::Bytes(data.to_vec()),));
});
