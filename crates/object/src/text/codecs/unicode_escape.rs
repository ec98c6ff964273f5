//! `unicode_escape`: the inside of a string literal in Latin-1.

use super::{CodecError, Decoder, Encoder};
use crate::text::bytes::hex::hex_value;
use crate::text::escape::Escape;
use crate::text::unit::MAX_CODE_POINT;
use crate::text::{TextBuilder, TextView};

/// The first escape that is no valid one: decoding keeps it, and the caller warns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InvalidEscape {
    /// A backslash before this character.
    Letter(u8),
    /// An octal number above `\377`.
    Octal(u16),
}

/// The codec `unicode_escape`.
pub struct UnicodeEscape<'a> {
    /// Finds the character of a name in `\N{name}`.
    pub name_to_char: &'a dyn Fn(&[u8]) -> Option<u32>,
    /// What was met while decoding.
    pub first_invalid: Option<InvalidEscape>,
}

impl<'a> UnicodeEscape<'a> {
    /// The codec, with what knows characters' names.
    pub fn new(name_to_char: &'a dyn Fn(&[u8]) -> Option<u32>) -> Self {
        UnicodeEscape { name_to_char, first_invalid: None }
    }
}

/// What stands in the way of an escape: where reading stopped, why, and whether the input just ended.
pub(super) struct Broken {
    pub at: usize,
    pub reason: &'static str,
    pub incomplete: bool,
}

impl Broken {
    /// The result of decoding that broke in an escape which starts at `start`.
    pub fn result(self, start: usize, last: bool) -> Result<usize, CodecError> {
        if self.incomplete && !last {
            return Ok(start);
        }
        Err(CodecError::new(start, self.at, self.reason))
    }
}

/// Reads `count` hexadecimal digits at `at`.
pub(super) fn read_hex(input: &[u8], at: usize, count: usize, reason: &'static str) -> Result<(u32, usize), Broken> {
    let mut value = 0;
    for at in at..at + count {
        let Some(&byte) = input.get(at) else {
            return Err(Broken { at, reason, incomplete: true });
        };
        let digit = hex_value(byte).ok_or(Broken { at, reason, incomplete: false })?;
        value = value << 4 | u32::from(digit);
    }
    Ok((value, at + count))
}

impl UnicodeEscape<'_> {
    /// Reads the escape whose backslash is before `at`; gives its character, if it stands for one, and the position after.
    fn read(&mut self, input: &[u8], at: usize, out: &mut TextBuilder) -> Result<usize, Broken> {
        let Some(&letter) = input.get(at) else {
            return Err(Broken { at, reason: "\\ at end of string", incomplete: true });
        };
        let next = at + 1;
        let (code_point, next) = match letter {
            b'\n' => return Ok(next),
            b'\\' | b'\'' | b'"' => (letter.into(), next),
            b'b' => (0x08, next),
            b'f' => (0x0C, next),
            b't' => (0x09, next),
            b'n' => (0x0A, next),
            b'r' => (0x0D, next),
            b'v' => (0x0B, next),
            b'a' => (0x07, next),
            b'0'..=b'7' => {
                let digits = input[at..].iter().take(3).take_while(|b| matches!(b, b'0'..=b'7'));
                let (value, count) = digits.fold((0u16, 0), |(value, count), b| (value << 3 | u16::from(b - b'0'), count + 1));
                if value > 0o377 {
                    self.first_invalid.get_or_insert(InvalidEscape::Octal(value));
                }
                (value.into(), at + count)
            }
            b'x' => read_hex(input, next, 2, "truncated \\xXX escape")?,
            b'u' => read_hex(input, next, 4, "truncated \\uXXXX escape")?,
            b'U' => read_hex(input, next, 8, "truncated \\UXXXXXXXX escape")?,
            b'N' => self.read_name(input, next)?,
            _ => {
                self.first_invalid.get_or_insert(InvalidEscape::Letter(letter));
                out.push(b'\\'.into());
                (letter.into(), next)
            }
        };
        if code_point > MAX_CODE_POINT {
            return Err(Broken { at: next, reason: "illegal Unicode character", incomplete: false });
        }
        out.push(code_point);
        Ok(next)
    }

    fn read_name(&self, input: &[u8], at: usize) -> Result<(u32, usize), Broken> {
        let malformed = |at, incomplete| Broken { at, reason: "malformed \\N character escape", incomplete };
        match input.get(at) {
            Some(b'{') => {}
            found => return Err(malformed(at, found.is_none())),
        }
        let start = at + 1;
        let Some(len) = input[start..].iter().position(|&b| b == b'}') else {
            return Err(malformed(input.len(), true));
        };
        if len == 0 {
            return Err(malformed(start, false));
        }
        let at = start + len + 1;
        match (self.name_to_char)(&input[start..start + len]) {
            Some(code_point) => Ok((code_point, at)),
            None => Err(Broken { at, reason: "unknown Unicode character name", incomplete: false }),
        }
    }
}

impl Decoder for UnicodeEscape<'_> {
    fn encoding(&self) -> &'static str {
        "unicodeescape"
    }

    fn decode(&mut self, input: &[u8], from: usize, last: bool, out: &mut TextBuilder) -> Result<usize, CodecError> {
        let mut at = from;
        while let Some(plain) = memchr::memchr(b'\\', &input[at..]) {
            out.push_latin1(&input[at..at + plain]);
            let start = at + plain;
            match self.read(input, start + 1, out) {
                Ok(next) => at = next,
                Err(broken) => return broken.result(start, last),
            }
        }
        out.push_latin1(&input[at..]);
        Ok(input.len())
    }
}

impl Encoder for UnicodeEscape<'_> {
    fn encoding(&self) -> &'static str {
        "unicodeescape"
    }

    fn encode(&mut self, text: TextView<'_>, from: usize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        encode(text.slice_from(from), out);
        Ok(())
    }
}

/// Writes `text` in escapes, as `str.encode('unicode_escape')`; this cannot fail.
pub fn encode(text: TextView<'_>, out: &mut Vec<u8>) {
    out.reserve(text.len());
    for c in text.code_points() {
        let escape = match c {
            0x5C => Escape::short(b'\\'),
            0x20..0x7F => {
                out.push(c as u8);
                continue;
            }
            0x09 => Escape::short(b't'),
            0x0A => Escape::short(b'n'),
            0x0D => Escape::short(b'r'),
            _ => Escape::shortest(c),
        };
        out.extend_from_slice(escape.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    fn digit_one(name: &[u8]) -> Option<u32> {
        (name == b"DIGIT ONE").then_some(0x31)
    }

    #[test]
    fn decoding() {
        let mut codec = UnicodeEscape::new(&digit_one);
        let input = b"a\\n\\x41\\u20ac\\U0001F600\\101\\0\\\n\\N{DIGIT ONE}\xe9\\\\";
        assert_eq!(decode(&mut codec, input, true).unwrap().0, "a\nA€😀A\u{0}1é\\");
        assert_eq!(codec.first_invalid, None);
        assert_eq!(decode(&mut codec, b"\\777\\8\\q", true).unwrap().0, "\u{1ff}\\8\\q");
        assert_eq!(codec.first_invalid, Some(InvalidEscape::Octal(0o777)));
    }

    #[test]
    fn errors() {
        for (input, last, waits) in [
            (&b"\\"[..], (0, 1, "\\ at end of string"), Some(0)),
            (b"a\\u12", (1, 5, "truncated \\uXXXX escape"), Some(1)),
            (b"\\u123x", (0, 5, "truncated \\uXXXX escape"), None),
            (b"\\U00110000", (0, 10, "illegal Unicode character"), None),
            (b"\\x4", (0, 3, "truncated \\xXX escape"), Some(0)),
            (b"\\xg", (0, 2, "truncated \\xXX escape"), None),
            (b"\\N", (0, 2, "malformed \\N character escape"), Some(0)),
            (b"\\N{", (0, 3, "malformed \\N character escape"), Some(0)),
            (b"\\N{}", (0, 3, "malformed \\N character escape"), None),
            (b"\\Nx", (0, 2, "malformed \\N character escape"), None),
            (b"\\N{a}", (0, 5, "unknown Unicode character name"), None),
        ] {
            let mut codec = UnicodeEscape::new(&digit_one);
            assert_eq!(decode_error(&mut codec, input), last, "{input:?}");
            let consumed = decode(&mut codec, input, false).ok().map(|(_, consumed)| consumed);
            assert_eq!(consumed, waits, "{input:?}");
        }
    }

    #[test]
    fn encoding() {
        let mut codec = UnicodeEscape::new(&digit_one);
        let expected = b"a\\n\\x00\\x7f\\xe9\\u20ac\\U0001f600\\\\'";
        assert_eq!(super::super::testing::encode(&mut codec, "a\n\0\u{7f}é€😀\\'").unwrap(), expected);
    }
}
