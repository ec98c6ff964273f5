//! UTF-16 in either byte order, and the byte order mark.

use super::utf8::{SURROGATES, is_surrogate};
use super::{CodecError, Decoder, Encoder, Replacement};
use crate::text::unit::Width;
use crate::text::view::with_units;
use crate::text::{TextBuilder, TextView, Unit};

/// The order of bytes in a code unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ByteOrder {
    /// The lowest first.
    Little,
    /// The highest first.
    Big,
}

impl ByteOrder {
    /// That of this machine.
    pub const NATIVE: ByteOrder = if cfg!(target_endian = "big") { ByteOrder::Big } else { ByteOrder::Little };

    pub(super) const fn u16(self, bytes: [u8; 2]) -> u16 {
        match self {
            ByteOrder::Little => u16::from_le_bytes(bytes),
            ByteOrder::Big => u16::from_be_bytes(bytes),
        }
    }

    pub(super) const fn bytes(self, unit: u16) -> [u8; 2] {
        match self {
            ByteOrder::Little => unit.to_le_bytes(),
            ByteOrder::Big => unit.to_be_bytes(),
        }
    }

    pub(super) const fn u32(self, bytes: [u8; 4]) -> u32 {
        match self {
            ByteOrder::Little => u32::from_le_bytes(bytes),
            ByteOrder::Big => u32::from_be_bytes(bytes),
        }
    }

    pub(super) const fn bytes32(self, code_point: u32) -> [u8; 4] {
        match self {
            ByteOrder::Little => code_point.to_le_bytes(),
            ByteOrder::Big => code_point.to_be_bytes(),
        }
    }
}

/// The byte order that a mark at the start of the input tells, if there is one; it takes two bytes.
pub fn detect(input: &[u8]) -> Option<ByteOrder> {
    match input {
        [0xFF, 0xFE, ..] => Some(ByteOrder::Little),
        [0xFE, 0xFF, ..] => Some(ByteOrder::Big),
        _ => None,
    }
}

/// The codecs `utf-16-le` and `utf-16-be`. For `utf-16` the caller decides by [`detect`], and writes the mark.
pub struct Utf16 {
    /// The order of bytes.
    pub order: ByteOrder,
    /// Whether exceptions in encoding name the encoding without its byte order.
    pub marked: bool,
}

impl Decoder for Utf16 {
    fn encoding(&self) -> &'static str {
        match self.order {
            ByteOrder::Little => "utf-16-le",
            ByteOrder::Big => "utf-16-be",
        }
    }

    fn decode(&mut self, input: &[u8], from: usize, last: bool, out: &mut TextBuilder) -> Result<usize, CodecError> {
        let order = self.order;
        let unit_at = |at: usize| match input.get(at..at + 2) {
            Some(&[a, b]) => Some(order.u16([a, b])),
            _ => None,
        };
        let mut at = from;
        while let Some(unit) = unit_at(at) {
            if let Some(block) = read_block(order, &input[at..]) {
                out.push_view(TextView::Ucs2(&block));
                at += 2 * BLOCK;
                continue;
            }
            match unit {
                0xD800..0xDC00 => match unit_at(at + 2) {
                    Some(low @ 0xDC00..0xE000) => {
                        out.push(join(unit, low));
                        at += 2;
                    }
                    Some(_) => return Err(CodecError::new(at, at + 2, "illegal UTF-16 surrogate")),
                    None if last => {
                        return Err(CodecError::new(at, input.len(), "unexpected end of data"));
                    }
                    None => return Ok(at),
                },
                0xDC00..0xE000 => return Err(CodecError::new(at, at + 2, "illegal encoding")),
                _ => out.push(unit.into()),
            }
            at += 2;
        }
        if last && at < input.len() {
            return Err(CodecError::new(at, input.len(), "truncated data"));
        }
        Ok(at)
    }
}

/// Units decoded together where there are no surrogates among them.
const BLOCK: usize = 32;

/// The next units, unless there are too few or a surrogate is one of them.
#[inline]
fn read_block(order: ByteOrder, input: &[u8]) -> Option<[u16; BLOCK]> {
    let mut block = [0; BLOCK];
    let bytes = input.get(..2 * BLOCK)?;
    for (unit, bytes) in block.iter_mut().zip(bytes.chunks_exact(2)) {
        *unit = order.u16([bytes[0], bytes[1]]);
    }
    let surrogate = block.iter().fold(false, |any, unit| any | (unit & 0xF800 == 0xD800));
    (!surrogate).then_some(block)
}

/// The code point of a pair of surrogates.
#[inline]
pub(super) const fn join(high: u16, low: u16) -> u32 {
    0x1_0000 + ((high as u32 & 0x3FF) << 10) + (low as u32 & 0x3FF)
}

/// The surrogates of a code point above U+FFFF.
#[inline]
pub(super) const fn surrogates(code_point: u32) -> [u16; 2] {
    let offset = code_point - 0x1_0000;
    [0xD800 | (offset >> 10) as u16, 0xDC00 | (offset & 0x3FF) as u16]
}

impl Encoder for Utf16 {
    fn encoding(&self) -> &'static str {
        if self.marked { "utf-16" } else { Decoder::encoding(self) }
    }

    fn encode(&mut self, text: TextView<'_>, from: usize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        let order = self.order;
        out.reserve(2 * (text.len() - from));
        with_units!(text, units => {
            for (index, unit) in units[from..].iter().enumerate() {
                match unit.code_point() {
                    c if is_surrogate(c) => {
                        let at = from + index;
                        return Err(CodecError::new(at, at + 1, SURROGATES));
                    }
                    c @ 0..0x1_0000 => out.extend_from_slice(&order.bytes(c as u16)),
                    c => surrogates(c).iter().for_each(|&s| out.extend_from_slice(&order.bytes(s))),
                }
            }
        });
        Ok(())
    }

    fn push_replacement(&mut self, replacement: &Replacement, out: &mut Vec<u8>) -> bool {
        push_units(self, replacement, 2, out)
    }
}

/// Writes a replacement in an encoding of fixed units: ASCII text, or whole units.
pub(super) fn push_units(encoder: &mut dyn Encoder, replacement: &Replacement, unit: usize, out: &mut Vec<u8>) -> bool {
    match replacement {
        Replacement::Text(text) => text.view().width() == Width::Ascii && encoder.encode(text.view(), 0, out).is_ok(),
        Replacement::Bytes(bytes) => {
            let whole = bytes.len() % unit == 0;
            if whole {
                out.extend_from_slice(bytes);
            }
            whole
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    const LE: Utf16 = Utf16 { order: ByteOrder::Little, marked: false };
    const BE: Utf16 = Utf16 { order: ByteOrder::Big, marked: false };

    #[test]
    fn round_trip() {
        let text = "aé€😀";
        let bytes = encode(&mut { LE }, text).unwrap();
        assert_eq!(bytes, b"a\0\xe9\0\xac\x20\x3d\xd8\x00\xde");
        assert_eq!(decode(&mut { LE }, &bytes, true), Ok((text.into(), 10)));
        let bytes = encode(&mut { BE }, text).unwrap();
        assert_eq!(bytes, b"\0a\0\xe9\x20\xac\xd8\x3d\xde\x00");
        assert_eq!(decode(&mut { BE }, &bytes, true), Ok((text.into(), 10)));
        assert_eq!(detect(b"\xff\xfea"), Some(ByteOrder::Little));
        assert_eq!(detect(b"\xfe"), None);
    }

    #[test]
    fn errors() {
        for (input, last, error) in [
            (&b"a\0b"[..], (2, 3, "truncated data"), Ok(("a".to_owned(), 2))),
            (b"\0\xd8", (0, 2, "unexpected end of data"), Ok((String::new(), 0))),
            (b"\0\xd8a", (0, 3, "unexpected end of data"), Ok((String::new(), 0))),
            (b"\0\xd8a\0", (0, 2, "illegal UTF-16 surrogate"), Err(0)),
            (b"\0\xdc", (0, 2, "illegal encoding"), Err(0)),
        ] {
            assert_eq!(decode_error(&mut { LE }, input), last);
            assert_eq!(decode(&mut { LE }, input, false).map_err(|e| e.start), error);
        }
    }
}
