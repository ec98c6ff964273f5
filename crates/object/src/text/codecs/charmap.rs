//! `charmap`: one byte a character, by a table. Most of the encodings in `Lib/encodings` are such.

use std::collections::BTreeMap;

use super::{CodecError, Decoder, Encoder};
use crate::text::{TextBuilder, TextView};

const REASON: &str = "character maps to <undefined>";

/// The character in a decoding table that stands for none.
const UNDEFINED: u32 = 0xFFFE;

/// Decoding by a table: the character of byte *n* is the table's *n*th.
pub struct CharmapDecoder<'a> {
    /// The table.
    pub table: TextView<'a>,
}

impl Decoder for CharmapDecoder<'_> {
    fn encoding(&self) -> &'static str {
        "charmap"
    }

    fn decode(&mut self, input: &[u8], from: usize, _last: bool, out: &mut TextBuilder) -> Result<usize, CodecError> {
        for (index, &byte) in input[from..].iter().enumerate() {
            let code_point = match usize::from(byte) {
                byte if byte < self.table.len() => self.table.get(byte),
                _ => UNDEFINED,
            };
            if code_point == UNDEFINED {
                let at = from + index;
                return Err(CodecError::new(at, at + 1, REASON));
            }
            out.push(code_point);
        }
        Ok(input.len())
    }
}

/// The inverse of a decoding table: what `codecs.charmap_build` makes of a table of 256 characters.
#[derive(Clone, Debug)]
pub struct EncodingMap {
    /// For characters below U+0100 the byte, or `NONE`.
    low: [u16; 256],
    high: BTreeMap<u32, u8>,
}

const NONE: u16 = u16::MAX;

impl EncodingMap {
    /// Inverts a table, of which only the first 256 characters count. Of two bytes with one character the later wins.
    pub fn new(table: TextView<'_>) -> EncodingMap {
        let mut map = EncodingMap { low: [NONE; 256], high: BTreeMap::new() };
        for (byte, c) in (0..=0xFF).zip(table.code_points()) {
            match map.low.get_mut(c as usize) {
                Some(slot) => *slot = u16::from(byte),
                None if c == UNDEFINED => {}
                None => {
                    map.high.insert(c, byte);
                }
            }
        }
        map
    }

    /// The byte of a character.
    #[inline]
    pub fn get(&self, code_point: u32) -> Option<u8> {
        match self.low.get(code_point as usize) {
            Some(&byte) => u8::try_from(byte).ok(),
            None => self.high.get(&code_point).copied(),
        }
    }

    /// Number of characters that have a byte.
    pub fn len(&self) -> usize {
        self.high.len() + self.low.iter().filter(|&&byte| byte != NONE).count()
    }

    /// Whether no character has a byte.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Encoding by an inverted table.
pub struct CharmapEncoder<'a> {
    /// The table.
    pub map: &'a EncodingMap,
}

impl Encoder for CharmapEncoder<'_> {
    fn encoding(&self) -> &'static str {
        "charmap"
    }

    fn encode(&mut self, text: TextView<'_>, from: usize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        out.reserve(text.len() - from);
        let rest = text.slice_from(from);
        for (index, c) in rest.code_points().enumerate() {
            let Some(byte) = self.map.get(c) else {
                let refused = rest.slice_from(index).code_points();
                let run = refused.take_while(|&c| self.map.get(c).is_none()).count();
                let at = from + index;
                return Err(CodecError::new(at, at + run, REASON));
            };
            out.push(byte);
        }
        Ok(())
    }

    fn unescapes_singly(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::text::TextBuf;

    #[test]
    fn a_table_and_its_inverse() {
        let table = TextBuf::from("ab\u{fffe}€éa");
        let mut decoder = CharmapDecoder { table: table.view() };
        assert_eq!(decode(&mut decoder, &[1, 3, 4], true), Ok(("b€é".into(), 3)));
        assert_eq!(decode_error(&mut decoder, &[0, 2]), (1, 2, REASON));
        assert_eq!(decode_error(&mut decoder, &[6]), (0, 1, REASON));
        let map = EncodingMap::new(table.view());
        assert_eq!(map.len(), 4);
        let mut encoder = CharmapEncoder { map: &map };
        assert_eq!(encode(&mut encoder, "é€ab"), Ok(vec![4, 3, 5, 1]));
        assert_eq!(encode(&mut encoder, "axyb"), Err(CodecError::new(1, 3, REASON)));
    }
}
