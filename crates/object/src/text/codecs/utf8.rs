//! UTF-8, strict: no surrogates, shortest forms only. What is not UTF-8 is reported in maximal subparts, as the Unicode
//! Standard recommends (section 3.9).

use super::utf16::push_units;
use super::{CodecError, Decoder, Encoder, Replacement, ascii_prefix};
use crate::text::unit::{MAX_CODE_POINT, or_all};
use crate::text::view::with_units;
use crate::text::{TextBuf, TextBuilder, TextView, Unit};

/// The codec `utf-8`.
pub struct Utf8;

impl Decoder for Utf8 {
    fn encoding(&self) -> &'static str {
        "utf-8"
    }

    fn decode(&mut self, input: &[u8], from: usize, last: bool, out: &mut TextBuilder) -> Result<usize, CodecError> {
        let prefix = from + ascii_prefix(&input[from..]);
        out.push_ascii(&input[from..prefix]);
        let mut at = prefix;
        loop {
            let (next, stop) = match out.buf_mut() {
                TextBuf::Ascii(units) => decode_units(input, at, 0x7F, units),
                TextBuf::Latin1(units) => decode_units(input, at, 0xFF, units),
                TextBuf::Ucs2(units) => decode_units(input, at, 0xFFFF, units),
                TextBuf::Ucs4(units) => decode_units(input, at, MAX_CODE_POINT, units),
            };
            at = next;
            match stop {
                Stop::End => return Ok(at),
                Stop::Wider(code_point) => out.push(code_point),
                Stop::Incomplete if !last => return Ok(at),
                Stop::Incomplete => {
                    return Err(CodecError::new(at, input.len(), "unexpected end of data"));
                }
                // Half of an encoded surrogate, which `surrogatepass` may want to see whole.
                Stop::Invalid(1) if !last && matches!(input[at..], [0xED, 0xA0..=0xBF]) => return Ok(at),
                Stop::Invalid(1) if !matches!(input[at], 0xC2..=0xF4) => {
                    return Err(CodecError::new(at, at + 1, "invalid start byte"));
                }
                Stop::Invalid(len) => {
                    return Err(CodecError::new(at, at + len, "invalid continuation byte"));
                }
            }
        }
    }
}

/// Why decoding into units of one width stopped.
enum Stop {
    /// At the end of the input.
    End,
    /// Behind a character that does not fit.
    Wider(u32),
    /// Before a sequence that the input cuts off.
    Incomplete,
    /// Before so many bytes that begin no character.
    Invalid(usize),
}

/// Decodes from `at` on, characters up to `limit`; gives the position reached.
fn decode_units<U: Unit>(input: &[u8], at: usize, limit: u32, units: &mut Vec<U>) -> (usize, Stop) {
    /// Characters collected before they are appended.
    const BLOCK: usize = 64;
    let mut block = [U::from(0); BLOCK];
    let mut len = 0;
    let mut rest = &input[at..];
    let stop = loop {
        if len > BLOCK - ASCII_RUN {
            units.extend_from_slice(&block[..len]);
            len = 0;
        }
        match *rest {
            [] => break Stop::End,
            [byte @ 0..0x80, ref tail @ ..] => match rest.split_first_chunk::<ASCII_RUN>() {
                Some((run, tail)) if u64::from_ne_bytes(*run) & 0x8080_8080_8080_8080 == 0 => {
                    block[len..len + ASCII_RUN].copy_from_slice(&run.map(U::from));
                    len += ASCII_RUN;
                    rest = tail;
                }
                _ => {
                    block[len] = U::from(byte);
                    len += 1;
                    rest = tail;
                }
            },
            _ => {
                let (code_point, tail) = match decode_char(rest) {
                    Ok(decoded) => decoded,
                    Err(stop) => break stop,
                };
                rest = tail;
                match U::from_code_point(code_point) {
                    Some(unit) if code_point <= limit => block[len] = unit,
                    _ => break Stop::Wider(code_point),
                }
                len += 1;
            }
        }
    };
    units.extend_from_slice(&block[..len]);
    (input.len() - rest.len(), stop)
}

/// ASCII characters decoded together.
const ASCII_RUN: usize = 8;

/// Decodes the character, not ASCII, that the input begins with; gives the rest too.
#[inline]
fn decode_char(input: &[u8]) -> Result<(u32, &[u8]), Stop> {
    let continues = |byte: u8| byte & 0xC0 == 0x80;
    let bits = |byte: u8| u32::from(byte & 0x3F);
    match *input {
        [a @ 0xC2..0xE0, b, ref tail @ ..] if continues(b) => Ok((u32::from(a & 0x1F) << 6 | bits(b), tail)),
        [a @ 0xE0..0xF0, b, c, ref tail @ ..] if continues(b) && continues(c) => {
            match u32::from(a & 0x0F) << 12 | bits(b) << 6 | bits(c) {
                ..0x800 | 0xD800..0xE000 => Err(invalid_sequence(input)),
                code_point => Ok((code_point, tail)),
            }
        }
        [a @ 0xF0..0xF5, b, c, d, ref tail @ ..] if continues(b) && continues(c) && continues(d) => {
            match u32::from(a & 0x07) << 18 | bits(b) << 12 | bits(c) << 6 | bits(d) {
                code_point @ 0x1_0000..=MAX_CODE_POINT => Ok((code_point, tail)),
                _ => Err(invalid_sequence(input)),
            }
        }
        _ => Err(invalid_sequence(input)),
    }
}

/// What is wrong with the sequence that the input begins with: where it leaves what table 3-7 of the Unicode Standard
/// allows.
#[cold]
fn invalid_sequence(input: &[u8]) -> Stop {
    let (second, len) = match input[0] {
        0xC2..=0xDF => (0x80..=0xBF, 2),
        0xE0 => (0xA0..=0xBF, 3),
        0xED => (0x80..=0x9F, 3),
        0xE1..=0xEF => (0x80..=0xBF, 3),
        0xF0 => (0x90..=0xBF, 4),
        0xF1..=0xF3 => (0x80..=0xBF, 4),
        0xF4 => (0x80..=0x8F, 4),
        _ => return Stop::Invalid(1),
    };
    for at in 1..len {
        match input.get(at) {
            None => return Stop::Incomplete,
            Some(byte) if at == 1 && !second.contains(byte) => return Stop::Invalid(1),
            Some(byte) if !(0x80..=0xBF).contains(byte) => return Stop::Invalid(at),
            Some(_) => {}
        }
    }
    // Reached only if nothing is wrong.
    Stop::Invalid(len)
}

impl Encoder for Utf8 {
    fn encoding(&self) -> &'static str {
        "utf-8"
    }

    fn encode(&mut self, text: TextView<'_>, from: usize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        match text {
            TextView::Ascii(units) => {
                out.extend_from_slice(&units[from..]);
                Ok(())
            }
            _ => with_units!(text, units => encode_units(units, from, out)),
        }
    }

    fn push_replacement(&mut self, replacement: &Replacement, out: &mut Vec<u8>) -> bool {
        push_units(self, replacement, 1, out)
    }
}

fn encode_units<U: Unit>(units: &[U], from: usize, out: &mut Vec<u8>) -> Result<(), CodecError> {
    /// Bytes collected before they are appended.
    const BLOCK: usize = 256;
    out.reserve(units.len() - from);
    let mut block = [0u8; BLOCK];
    let mut len = 0;
    let mut at = from;
    while let Some(unit) = units.get(at) {
        if len > BLOCK - ASCII_RUN {
            out.extend_from_slice(&block[..len]);
            len = 0;
        }
        let c = unit.code_point();
        if c < 0x80 {
            // Most ASCII comes in runs; a single space between words of another script does not.
            let run = &units[at..units.len().min(at + ASCII_RUN)];
            let ascii = match run.get(1) {
                Some(next) if next.code_point() >= 0x80 => 1,
                _ if or_all(run) < 0x80 => run.len(),
                _ => run.iter().take_while(|u| u.code_point() < 0x80).count(),
            };
            for (slot, unit) in block[len..len + ASCII_RUN].iter_mut().zip(&run[..ascii]) {
                *slot = unit.code_point() as u8;
            }
            at += ascii;
            len += ascii;
        } else if is_surrogate(c) {
            out.extend_from_slice(&block[..len]);
            let run = units[at..].iter().take_while(|u| is_surrogate(u.code_point())).count();
            return Err(CodecError::new(at, at + run, SURROGATES));
        } else {
            let (bytes, count) = encode_char(c);
            block[len..len + 4].copy_from_slice(&bytes);
            at += 1;
            len += count;
        }
    }
    out.extend_from_slice(&block[..len]);
    Ok(())
}

/// The bytes of a character that is not ASCII, and how many they are.
#[inline]
const fn encode_char(c: u32) -> ([u8; 4], usize) {
    match c {
        0..0x800 => ([0xC0 | (c >> 6) as u8, continuation(c), 0, 0], 2),
        0x800..0x1_0000 => {
            let [a, b, c] = encode_three(c);
            ([a, b, c, 0], 3)
        }
        _ => {
            let lead = 0xF0 | (c >> 18) as u8;
            ([lead, continuation(c >> 12), continuation(c >> 6), continuation(c)], 4)
        }
    }
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

/// The three bytes of a character of the upper basic plane, or of a surrogate encoded like one.
pub(super) const fn encode_three(c: u32) -> [u8; 3] {
    [0xE0 | (c >> 12) as u8, continuation(c >> 6), continuation(c)]
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn decoding() {
        assert_eq!(decode(&mut Utf8, "aé€😀".as_bytes(), true), Ok(("aé€😀".into(), 10)));
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
        assert_eq!(decode(&mut Utf8, b"a\xf0\x9f\x98", false), Ok(("a".into(), 1)));
        assert_eq!(decode(&mut Utf8, b"a\xc3", false), Ok(("a".into(), 1)));
        // Half of a surrogate is refused only once there is no more to come.
        assert_eq!(decode(&mut Utf8, b"a\xed\xa0", false), Ok(("a".into(), 1)));
        assert!(decode(&mut Utf8, b"\xed\xa0", true).is_err());
        assert!(decode(&mut Utf8, b"\xed\xa0\x80", false).is_err());
    }

    #[test]
    fn encoding() {
        assert_eq!(encode(&mut Utf8, "aé€😀"), Ok("aé€😀".as_bytes().to_vec()));
        assert_eq!(encode(&mut Utf8, "é"), Ok(b"\xc3\xa9".to_vec()));
        let mut out = Vec::new();
        let text = TextView::Ucs2(&[0x61, 0xD800, 0xDC00, 0x62]);
        assert_eq!(Utf8.encode(text, 0, &mut out), Err(CodecError::new(1, 3, SURROGATES)));
        assert_eq!(out, b"a");
        assert_eq!(encode_three(0xDC80), *b"\xed\xb2\x80");
    }
}
