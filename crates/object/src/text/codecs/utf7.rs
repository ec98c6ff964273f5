//! UTF-7 (RFC 2152): runs of UTF-16 in base 64 between ASCII characters.

use super::utf16::{join, surrogates};
use super::{CodecError, Decoder, Encoder};
use crate::text::{TextBuilder, TextView};

/// The codec `utf-7`. Unlike the other UTFs it lets lone surrogates through.
pub struct Utf7;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const fn base64_value(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(value as u32)
}

/// Whether the encoder writes the character as itself: the sets D and O of the RFC, and whitespace.
fn is_direct(code_point: u32) -> bool {
    match u8::try_from(code_point) {
        Ok(b'\\' | b'~' | b'+') => false,
        Ok(b' '..=b'}' | b'\t' | b'\n' | b'\r') => true,
        _ => false,
    }
}

/// A run in base 64, while it is being decoded.
#[derive(Default)]
struct Run {
    bits: u32,
    buffer: u32,
    high: Option<u16>,
}

impl Run {
    /// Takes six bits more, and writes a character once there are enough.
    fn take(&mut self, value: u32, out: &mut TextBuilder) {
        self.buffer = self.buffer << 6 | value;
        self.bits += 6;
        if self.bits < 16 {
            return;
        }
        self.bits -= 16;
        let unit = (self.buffer >> self.bits) as u16;
        self.buffer &= (1 << self.bits) - 1;
        match (self.high.take(), unit) {
            (Some(high), 0xDC00..0xE000) => return out.push(join(high, unit)),
            (Some(high), _) => out.push(high.into()),
            (None, _) => {}
        }
        match unit {
            0xD800..0xDC00 => self.high = Some(unit),
            _ => out.push(unit.into()),
        }
    }

    /// Why the run must not end here.
    fn fault(&self) -> Option<&'static str> {
        match (self.bits, self.buffer) {
            (6.., _) => Some("partial character in shift sequence"),
            (1.., 1..) => Some("non-zero padding bits in shift sequence"),
            _ => None,
        }
    }
}

impl Decoder for Utf7 {
    fn encoding(&self) -> &'static str {
        "utf7"
    }

    fn decode(&mut self, input: &[u8], from: usize, last: bool, out: &mut TextBuilder) -> Result<usize, CodecError> {
        let mut at = from;
        while let Some(&byte) = input.get(at) {
            let start = at;
            at += 1;
            if byte >= 0x80 {
                return Err(CodecError::new(start, at, "unexpected special character"));
            }
            if byte != b'+' {
                out.push(byte.into());
                continue;
            }
            match input.get(at) {
                Some(b'-') => {
                    at += 1;
                    out.push(b'+'.into());
                    continue;
                }
                Some(&next) if base64_value(next).is_none() => {
                    return Err(CodecError::new(start, at + 1, "ill-formed sequence"));
                }
                _ => {}
            }
            let before = out.len();
            let mut run = Run::default();
            while let Some(value) = input.get(at).and_then(|&b| base64_value(b)) {
                run.take(value, out);
                at += 1;
            }
            match input.get(at) {
                Some(&end) => {
                    if let Some(reason) = run.fault() {
                        return Err(CodecError::new(start, at + 1, reason));
                    }
                    if let Some(high) = run.high.filter(|_| end < 0x80) {
                        out.push(high.into());
                    }
                    at += usize::from(end == b'-');
                }
                None if !last => {
                    out.truncate(before);
                    return Ok(start);
                }
                None if run.high.is_some() || run.fault().is_some() => {
                    return Err(CodecError::new(start, at, "unterminated shift sequence"));
                }
                None => {}
            }
        }
        Ok(at)
    }
}

impl Encoder for Utf7 {
    fn encoding(&self) -> &'static str {
        "utf7"
    }

    fn encode(&mut self, text: TextView<'_>, from: usize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        let mut run: Option<(u32, u32)> = None;
        for c in text.slice_from(from).code_points() {
            if let Some((bits, buffer)) = run {
                if !is_direct(c) {
                    run = Some(push_base64(c, bits, buffer, out));
                    continue;
                }
                push_rest(bits, buffer, out);
                run = None;
                if base64_value(c as u8).is_some() || c == b'-'.into() {
                    out.push(b'-');
                }
                out.push(c as u8);
            } else if c == b'+'.into() {
                out.extend_from_slice(b"+-");
            } else if is_direct(c) {
                out.push(c as u8);
            } else {
                out.push(b'+');
                run = Some(push_base64(c, 0, 0, out));
            }
        }
        if let Some((bits, buffer)) = run {
            push_rest(bits, buffer, out);
            out.push(b'-');
        }
        Ok(())
    }
}

/// Writes a character in base 64 after the bits that are left; gives the bits left then.
fn push_base64(c: u32, mut bits: u32, mut buffer: u32, out: &mut Vec<u8>) -> (u32, u32) {
    let pair;
    let single;
    let units: &[u16] = if c >= 0x1_0000 {
        pair = surrogates(c);
        &pair
    } else {
        single = [c as u16];
        &single
    };
    for &unit in units {
        bits += 16;
        buffer = buffer << 16 | u32::from(unit);
        while bits >= 6 {
            bits -= 6;
            out.push(DIGITS[(buffer >> bits & 63) as usize]);
        }
        buffer &= (1 << bits) - 1;
    }
    (bits, buffer)
}

fn push_rest(bits: u32, buffer: u32, out: &mut Vec<u8>) {
    if bits > 0 {
        out.push(DIGITS[(buffer << (6 - bits) & 63) as usize]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn values_from_cpython() {
        for (text, bytes) in [
            ("Hi Mom -☺-!", &b"Hi Mom -+Jjo--!"[..]),
            ("A≢Α.", b"A+ImIDkQ."),
            ("日本語", b"+ZeVnLIqe-"),
            ("1 + 1", b"1 +- 1"),
            ("a\\~\u{0}\t😀a", b"a+AFwAfgAA\t+2D3eAA-a"),
        ] {
            assert_eq!(encode(&mut Utf7, text).unwrap(), bytes);
            assert_eq!(decode(&mut Utf7, bytes, true), Ok((text.to_owned(), bytes.len())));
        }
    }

    #[test]
    fn errors() {
        for (input, error) in [
            (&b"a\x80"[..], (1, 2, "unexpected special character")),
            (b"+@x", (0, 2, "ill-formed sequence")),
            (b"a+AE-b", (1, 5, "partial character in shift sequence")),
            (b"+AGE/-", (0, 6, "partial character in shift sequence")),
            (b"+AGF!", (0, 5, "non-zero padding bits in shift sequence")),
            (b"a+2AA", (1, 5, "unterminated shift sequence")),
        ] {
            assert_eq!(decode_error(&mut Utf7, input), error, "{input:?}");
        }
        assert_eq!(decode(&mut Utf7, b"a+IKwgr", false), Ok(("a".to_owned(), 1)));
    }
}
