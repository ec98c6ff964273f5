//! UTF-32 in either byte order, and the byte order mark.

use super::utf8::{SURROGATES, is_surrogate};
use super::utf16::{ByteOrder, push_units};
use super::{CodecError, Decoder, Encoder, Replacement};
use crate::text::unit::MAX_CODE_POINT;
use crate::text::view::with_units;
use crate::text::{TextBuilder, TextView, Unit};

/// The byte order that a mark at the start of the input tells, if there is one; it takes four bytes.
pub fn detect(input: &[u8]) -> Option<ByteOrder> {
    match input {
        [0xFF, 0xFE, 0, 0, ..] => Some(ByteOrder::Little),
        [0, 0, 0xFE, 0xFF, ..] => Some(ByteOrder::Big),
        _ => None,
    }
}

/// The codecs `utf-32-le` and `utf-32-be`. For `utf-32` the caller decides by [`detect`], and writes the mark.
pub struct Utf32 {
    /// The order of bytes.
    pub order: ByteOrder,
    /// Whether exceptions in encoding name the encoding without its byte order.
    pub marked: bool,
}

/// Characters decoded together where all are valid.
const BLOCK: usize = 16;

/// The next characters, unless there are too few or one of them is invalid.
#[inline]
fn read_block(order: ByteOrder, input: &[u8]) -> Option<[u32; BLOCK]> {
    let mut block = [0; BLOCK];
    let bytes = input.get(..4 * BLOCK)?;
    for (c, bytes) in block.iter_mut().zip(bytes.chunks_exact(4)) {
        *c = order.u32([bytes[0], bytes[1], bytes[2], bytes[3]]);
    }
    let invalid = |c: u32| c > MAX_CODE_POINT || c & 0xFFFF_F800 == 0xD800;
    let any = block.iter().fold(false, |any, &c| any | invalid(c));
    (!any).then_some(block)
}

impl Decoder for Utf32 {
    fn encoding(&self) -> &'static str {
        match self.order {
            ByteOrder::Little => "utf-32-le",
            ByteOrder::Big => "utf-32-be",
        }
    }

    fn decode(&mut self, input: &[u8], from: usize, last: bool, out: &mut TextBuilder) -> Result<usize, CodecError> {
        let mut at = from;
        while let Some(&[a, b, c, d]) = input.get(at..at + 4) {
            if let Some(block) = read_block(self.order, &input[at..]) {
                out.push_view(TextView::Ucs4(&block));
                at += 4 * BLOCK;
                continue;
            }
            let code_point = self.order.u32([a, b, c, d]);
            if is_surrogate(code_point) {
                let reason = "code point in surrogate code point range(0xd800, 0xe000)";
                return Err(CodecError::new(at, at + 4, reason));
            }
            if code_point > MAX_CODE_POINT {
                return Err(CodecError::new(at, at + 4, "code point not in range(0x110000)"));
            }
            out.push(code_point);
            at += 4;
        }
        if last && at < input.len() {
            return Err(CodecError::new(at, input.len(), "truncated data"));
        }
        Ok(at)
    }
}

impl Encoder for Utf32 {
    fn encoding(&self) -> &'static str {
        if self.marked { "utf-32" } else { Decoder::encoding(self) }
    }

    fn encode(&mut self, text: TextView<'_>, from: usize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        out.reserve(4 * (text.len() - from));
        with_units!(text, units => {
            for (index, unit) in units[from..].iter().enumerate() {
                if is_surrogate(unit.code_point()) {
                    let at = from + index;
                    return Err(CodecError::new(at, at + 1, SURROGATES));
                }
                out.extend_from_slice(&self.order.bytes32(unit.code_point()));
            }
        });
        Ok(())
    }

    fn push_replacement(&mut self, replacement: &Replacement, out: &mut Vec<u8>) -> bool {
        push_units(self, replacement, 4, out)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    const LE: Utf32 = Utf32 { order: ByteOrder::Little, marked: false };
    const BE: Utf32 = Utf32 { order: ByteOrder::Big, marked: true };

    #[test]
    fn round_trip() {
        let bytes = encode(&mut { LE }, "a😀").unwrap();
        assert_eq!(bytes, b"a\0\0\0\x00\xf6\x01\0");
        assert_eq!(decode(&mut { LE }, &bytes, true), Ok(("a😀".into(), 8)));
        assert_eq!(encode(&mut { BE }, "é").unwrap(), b"\0\0\0\xe9");
        assert_eq!(decode(&mut { BE }, b"\0\0\0\xe9", true), Ok(("é".into(), 4)));
    }

    #[test]
    fn errors() {
        let surrogate = "code point in surrogate code point range(0xd800, 0xe000)";
        assert_eq!(decode_error(&mut { LE }, b"\0\xd8\0\0"), (0, 4, surrogate));
        assert_eq!(decode_error(&mut { LE }, b"\0\0\x11\0"), (0, 4, "code point not in range(0x110000)"));
        assert_eq!(decode_error(&mut { LE }, b"a\0\0\0\0"), (4, 5, "truncated data"));
        assert_eq!(decode(&mut { LE }, b"a\0\0\0\0", false), Ok(("a".into(), 4)));
    }
}
