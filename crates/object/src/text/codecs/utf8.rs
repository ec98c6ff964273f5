//! UTF-8, strict: no surrogates, shortest forms only. What is not UTF-8 is reported in maximal subparts, as the Unicode
//! Standard recommends (section 3.9).

use super::{CodecError, Decoder, Encoder};
use crate::text::view::with_units;
use crate::text::{TextBuilder, TextView, Unit};

/// The codec `utf-8`.
pub struct Utf8;

impl Decoder for Utf8 {
    fn encoding(&self) -> &'static str {
        "utf-8"
    }

    fn decode(
        &mut self,
        input: &[u8],
        from: usize,
        last: bool,
        out: &mut TextBuilder,
    ) -> Result<usize, CodecError> {
        let rest = &input[from..];
        let error = match std::str::from_utf8(rest) {
            Ok(text) => {
                out.push_str(text);
                return Ok(input.len());
            }
            Err(error) => error,
        };
        let (valid, invalid) = rest.split_at(error.valid_up_to());
        out.push_str(std::str::from_utf8(valid).unwrap_or_default());
        let start = from + valid.len();
        match error.error_len() {
            None if !last => Ok(start),
            None => Err(CodecError::new(
                start,
                input.len(),
                "unexpected end of data",
            )),
            Some(len) => {
                let reason = match invalid[0] {
                    0xC2..=0xF4 => "invalid continuation byte",
                    _ => "invalid start byte",
                };
                Err(CodecError::new(start, start + len, reason))
            }
        }
    }
}

impl Encoder for Utf8 {
    fn encoding(&self) -> &'static str {
        "utf-8"
    }

    fn encode(
        &mut self,
        text: TextView<'_>,
        from: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), CodecError> {
        match text {
            TextView::Ascii(units) => {
                out.extend_from_slice(&units[from..]);
                Ok(())
            }
            _ => with_units!(text, units => encode_units(units, from, out)),
        }
    }
}

fn encode_units<U: Unit>(units: &[U], from: usize, out: &mut Vec<u8>) -> Result<(), CodecError> {
    let rest = &units[from..];
    out.reserve(rest.len() + rest.len() / 2);
    for (index, unit) in rest.iter().enumerate() {
        let c = unit.code_point();
        match c {
            0..0x80 => out.push(c as u8),
            0x80..0x800 => out.extend_from_slice(&[0xC0 | (c >> 6) as u8, continuation(c)]),
            0xD800..0xE000 => {
                let surrogates = rest[index..].iter();
                let run = surrogates
                    .take_while(|u| is_surrogate(u.code_point()))
                    .count();
                let start = from + index;
                return Err(CodecError::new(start, start + run, SURROGATES));
            }
            0x800..0x1_0000 => {
                out.extend_from_slice(&[
                    0xE0 | (c >> 12) as u8,
                    continuation(c >> 6),
                    continuation(c),
                ]);
            }
            _ => out.extend_from_slice(&[
                0xF0 | (c >> 18) as u8,
                continuation(c >> 12),
                continuation(c >> 6),
                continuation(c),
            ]),
        }
    }
    Ok(())
}

#[inline]
const fn continuation(bits: u32) -> u8 {
    0x80 | (bits & 0x3F) as u8
}

/// The reason why the UTF encodings refuse a character.
pub(super) const SURROGATES: &str = "surrogates not allowed";

/// Whether the code point is a surrogate.
#[inline]
pub(super) const fn is_surrogate(code_point: u32) -> bool {
    matches!(code_point, 0xD800..0xE000)
}

/// The three bytes of a surrogate encoded like other characters.
pub(super) const fn encode_surrogate(surrogate: u32) -> [u8; 3] {
    [
        0xE0 | (surrogate >> 12) as u8,
        continuation(surrogate >> 6),
        continuation(surrogate),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn decoding() {
        assert_eq!(
            decode(&mut Utf8, "aé€😀".as_bytes(), true),
            Ok(("aé€😀".into(), 10))
        );
        for (input, error) in [
            (&b"a\x80"[..], (1, 2, "invalid start byte")),
            (b"\xc1\xbf", (0, 1, "invalid start byte")),
            (b"\xff", (0, 1, "invalid start byte")),
            (b"\xc3(", (0, 1, "invalid continuation byte")),
            (b"\xe2\x82(", (0, 2, "invalid continuation byte")),
            (b"\xe0\x80\x80", (0, 1, "invalid continuation byte")),
            (b"\xed\xa0\x80", (0, 1, "invalid continuation byte")),
            (b"\xf0\x9f\x98(", (0, 3, "invalid continuation byte")),
            (b"\xf4\x90\x80\x80", (0, 1, "invalid continuation byte")),
            (b"ab\xe2\x82", (2, 4, "unexpected end of data")),
            (b"\xf5\x80", (0, 1, "invalid start byte")),
        ] {
            assert_eq!(decode_error(&mut Utf8, input), error, "{input:x?}");
        }
    }

    #[test]
    fn incomplete_sequences_wait() {
        assert_eq!(
            decode(&mut Utf8, b"a\xf0\x9f\x98", false),
            Ok(("a".into(), 1))
        );
        assert_eq!(decode(&mut Utf8, b"a\xc3", false), Ok(("a".into(), 1)));
        assert!(decode(&mut Utf8, b"\xed\xa0", false).is_err());
    }

    #[test]
    fn encoding() {
        assert_eq!(encode(&mut Utf8, "aé€😀"), Ok("aé€😀".as_bytes().to_vec()));
        assert_eq!(encode(&mut Utf8, "é"), Ok(b"\xc3\xa9".to_vec()));
        let mut out = Vec::new();
        let text = TextView::Ucs2(&[0x61, 0xD800, 0xDC00, 0x62]);
        assert_eq!(
            Utf8.encode(text, 0, &mut out),
            Err(CodecError::new(1, 3, SURROGATES))
        );
        assert_eq!(out, b"a");
        assert_eq!(encode_surrogate(0xDC80), *b"\xed\xb2\x80");
    }
}
