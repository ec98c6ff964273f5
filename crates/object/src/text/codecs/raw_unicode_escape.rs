//! `raw_unicode_escape`: Latin-1 with `\u` and `\U` escapes for other characters.

use super::unicode_escape::{Broken, read_hex};
use super::{CodecError, Decoder, Encoder};
use crate::text::escape::Escape;
use crate::text::unit::MAX_CODE_POINT;
use crate::text::{TextBuilder, TextView};

/// The codec `raw_unicode_escape`.
pub struct RawUnicodeEscape;

/// Reads the escape whose letter is at `at`, if it is one.
fn read(input: &[u8], at: usize) -> Result<Option<(u32, usize)>, Broken> {
    let (code_point, next) = match input.get(at) {
        Some(b'u') => read_hex(input, at + 1, 4, "truncated \\uXXXX escape")?,
        Some(b'U') => read_hex(input, at + 1, 8, "truncated \\UXXXXXXXX escape")?,
        _ => return Ok(None),
    };
    if code_point > MAX_CODE_POINT {
        return Err(Broken { at: next, reason: "\\Uxxxxxxxx out of range", incomplete: false });
    }
    Ok(Some((code_point, next)))
}

impl Decoder for RawUnicodeEscape {
    fn encoding(&self) -> &'static str {
        "rawunicodeescape"
    }

    fn decode(&mut self, input: &[u8], from: usize, last: bool, out: &mut TextBuilder) -> Result<usize, CodecError> {
        let mut at = from;
        while let Some(plain) = memchr::memchr(b'\\', &input[at..]) {
            out.push_latin1(&input[at..at + plain]);
            let start = at + plain;
            match read(input, start + 1) {
                Ok(Some((code_point, next))) => {
                    out.push(code_point);
                    at = next;
                }
                Ok(None) if start + 1 == input.len() && !last => return Ok(start),
                Ok(None) => {
                    // The character after a backslash is taken with it: a second backslash starts no escape.
                    at = input.len().min(start + 2);
                    out.push_latin1(&input[start..at]);
                }
                Err(broken) => return broken.result(start, last),
            }
        }
        out.push_latin1(&input[at..]);
        Ok(input.len())
    }
}

impl Encoder for RawUnicodeEscape {
    fn encoding(&self) -> &'static str {
        "rawunicodeescape"
    }

    fn encode(&mut self, text: TextView<'_>, from: usize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        encode(text.slice_from(from), out);
        Ok(())
    }
}

/// Writes `text` as `str.encode('raw_unicode_escape')`; this cannot fail.
pub fn encode(text: TextView<'_>, out: &mut Vec<u8>) {
    out.reserve(text.len());
    for c in text.code_points() {
        match c {
            0..0x100 => out.push(c as u8),
            _ => out.extend_from_slice(Escape::shortest(c).as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn values_from_cpython() {
        let mut codec = RawUnicodeEscape;
        let input = b"a\\n\\u20ac\\\\u20ac\\U0001f600\xe9\\";
        assert_eq!(testing::decode(&mut codec, input, true).unwrap().0, "a\\n€\\\\u20ac😀é\\");
        assert_eq!(testing::decode(&mut codec, b"a\\", false), Ok(("a".to_owned(), 1)));
        assert_eq!(testing::decode(&mut codec, b"a\\u12", false), Ok(("a".to_owned(), 1)));
        assert_eq!(testing::decode_error(&mut codec, b"\\u123x"), (0, 5, "truncated \\uXXXX escape"));
        assert_eq!(testing::decode_error(&mut codec, b"\\U00110000"), (0, 10, "\\Uxxxxxxxx out of range"));
        assert_eq!(testing::encode(&mut codec, "a\\é€😀").unwrap(), b"a\\\xe9\\u20ac\\U0001f600");
    }
}
