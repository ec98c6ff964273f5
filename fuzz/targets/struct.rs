//! `struct`: what was packed unpacks to the same, by every way there is.

#![no_main]

use libfuzzer_sys::fuzz_target;

const SETUP: &str = r#"
import struct
def run(data):
    length, data = data[0], data[1:]
    format, content = data[:length % 24], data[length % 24:]
    try:
        size = struct.calcsize(format)
    except (struct.error, UnicodeError):
        return
    if size > 1 << 16:
        return
    content = (content * (size // max(len(content), 1) + 1) + bytes(size))[:size]
    whole = struct.Struct(format)
    values = struct.unpack(format, content)
    assert whole.size == size and repr(values) == repr(whole.unpack_from(b"\1\2\3" + content, 3))
    if size:
        assert repr([values] * 2) == repr(list(whole.iter_unpack(content * 2)))
    packed = struct.pack(format, *values)
    assert len(packed) == size
    assert repr(struct.unpack(format, packed)) == repr(values), (format, values, packed)
    buffer = bytearray(size + 8)
    whole.pack_into(buffer, 5, *values)
    assert buffer[5:5 + size] == packed and not any(buffer[:5]) and not any(buffer[5 + size:])
    # values that do not fit
    for wrong in (-1 << 64, 1 << 64, 1e300, "text", None, b"", -1, float("nan"), 1 << 31):
        try:
            result = struct.pack(format, *[wrong] * len(values))
        except (struct.error, OverflowError, TypeError):
            continue
        assert len(result) == size
"#;

fuzz_target!(|data: &[u8]| {
    if !data.is_empty() {
        pvm_fuzz::call::<()>(SETUP, (pvm::Bytes(data.to_vec()),));
    }
});
