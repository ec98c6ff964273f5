//! The inside of a bytes literal: `codecs.escape_decode` and `escape_encode`.

use super::unicode_escape::InvalidEscape;
use crate::text::bytes::hex::hex_value;
use crate::text::escape::repr_escape;

/// Why bytes with escapes cannot be decoded: a `ValueError`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BytesEscapeError {
    /// A backslash is the last byte.
    Trailing,
    /// `\x` at this position lacks its two digits.
    InvalidHex(usize),
}

impl BytesEscapeError {
    /// The message of the `ValueError`.
    pub fn message(self) -> String {
        match self {
            BytesEscapeError::Trailing => "Trailing \\ in string".to_owned(),
            BytesEscapeError::InvalidHex(position) => {
                format!("invalid \\x escape at position {position}")
            }
        }
    }
}

/// What to do at a broken `\x` escape.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnBrokenHex {
    /// Fail.
    Strict,
    /// Write `?`.
    Replace,
    /// Write nothing.
    Ignore,
}

/// Decodes escapes; gives the bytes, and the first invalid escape, which is kept and to be warned of.
pub fn decode(input: &[u8], on_broken_hex: OnBrokenHex) -> Result<(Vec<u8>, Option<InvalidEscape>), BytesEscapeError> {
    let mut out = Vec::with_capacity(input.len());
    let mut first_invalid = None;
    let mut at = 0;
    while let Some(plain) = memchr::memchr(b'\\', &input[at..]) {
        out.extend_from_slice(&input[at..at + plain]);
        let start = at + plain;
        let letter = *input.get(start + 1).ok_or(BytesEscapeError::Trailing)?;
        at = start + 2;
        match letter {
            b'\n' => {}
            b'\\' | b'\'' | b'"' => out.push(letter),
            b'b' => out.push(0x08),
            b'f' => out.push(0x0C),
            b't' => out.push(0x09),
            b'n' => out.push(0x0A),
            b'r' => out.push(0x0D),
            b'v' => out.push(0x0B),
            b'a' => out.push(0x07),
            b'0'..=b'7' => {
                let digits = input[start + 1..].iter().take(3).take_while(|b| matches!(b, b'0'..=b'7'));
                let value = digits.clone().fold(0u16, |value, b| value << 3 | u16::from(b - b'0'));
                at = start + 1 + digits.count();
                if value > 0o377 {
                    first_invalid.get_or_insert(InvalidEscape::Octal(value));
                }
                out.push(value as u8);
            }
            b'x' => {
                let digit = |at: usize| input.get(at).and_then(|&b| hex_value(b));
                match (digit(at), digit(at + 1)) {
                    (Some(high), Some(low)) => {
                        out.push(high << 4 | low);
                        at += 2;
                    }
                    (first, _) => {
                        match on_broken_hex {
                            OnBrokenHex::Strict => return Err(BytesEscapeError::InvalidHex(start)),
                            OnBrokenHex::Replace => out.push(b'?'),
                            OnBrokenHex::Ignore => {}
                        }
                        at += usize::from(first.is_some());
                    }
                }
            }
            _ => {
                first_invalid.get_or_insert(InvalidEscape::Letter(letter));
                out.extend_from_slice(&[b'\\', letter]);
            }
        }
    }
    out.extend_from_slice(&input[at..]);
    Ok((out, first_invalid))
}

/// Encodes bytes as the inside of a literal between single quotes.
pub fn encode(input: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(input.len());
    for &byte in input {
        match byte {
            b'\\' | b'\'' | 0..0x20 | 0x7F.. => out.extend_from_slice(repr_escape(byte.into()).as_bytes()),
            _ => out.push(byte),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_from_cpython() {
        let strict = |input| decode(input, OnBrokenHex::Strict);
        let (bytes, invalid) = strict(b"a\\n\\x41\\101\\8\\\n\\777\\\\").unwrap();
        assert_eq!(bytes, b"a\nAA\\8\xff\\");
        assert_eq!(invalid, Some(InvalidEscape::Letter(b'8')));
        assert_eq!(strict(b"a\\"), Err(BytesEscapeError::Trailing));
        assert_eq!(strict(b"a\\x4g"), Err(BytesEscapeError::InvalidHex(1)));
        assert_eq!(decode(b"a\\x4gb", OnBrokenHex::Replace).unwrap().0, b"a?gb");
        assert_eq!(decode(b"a\\xgb", OnBrokenHex::Ignore).unwrap().0, b"agb");
        assert_eq!(encode(b"a'\"\\\n\0\xff"), b"a\\'\"\\\\\\n\\x00\\xff");
    }
}
