//! ASCII.

use super::{CodecError, Decoder, Encoder, ascii_prefix};
use crate::text::view::with_units;
use crate::text::{TextBuilder, TextView, Unit};

/// The codec `ascii`.
pub struct Ascii;

const REASON: &str = "ordinal not in range(128)";

impl Decoder for Ascii {
    fn encoding(&self) -> &'static str {
        "ascii"
    }

    fn decode(&mut self, input: &[u8], from: usize, _last: bool, out: &mut TextBuilder) -> Result<usize, CodecError> {
        let end = from + ascii_prefix(&input[from..]);
        out.push_ascii(&input[from..end]);
        if end < input.len() { Err(CodecError::new(end, end + 1, REASON)) } else { Ok(end) }
    }
}

impl Encoder for Ascii {
    fn encoding(&self) -> &'static str {
        "ascii"
    }

    fn encode(&mut self, text: TextView<'_>, from: usize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        encode_below(text, from, 0x80, REASON, out)
    }
}

/// Writes characters below `limit`, which is at most 0x100, as bytes. An error spans all neighbours that are not below.
pub(super) fn encode_below(
    text: TextView<'_>,
    from: usize,
    limit: u32,
    reason: &'static str,
    out: &mut Vec<u8>,
) -> Result<(), CodecError> {
    if let TextView::Ascii(units) = text {
        out.extend_from_slice(&units[from..]);
        return Ok(());
    }
    with_units!(text, units => {
        let rest = &units[from..];
        let fits = rest.iter().position(|u| u.code_point() >= limit).unwrap_or(rest.len());
        out.extend(rest[..fits].iter().map(|u| u.code_point() as u8));
        let refused = rest[fits..].iter().take_while(|u| u.code_point() >= limit).count();
        let start = from + fits;
        if refused == 0 { Ok(()) } else { Err(CodecError::new(start, start + refused, reason)) }
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn values_from_cpython() {
        assert_eq!(decode(&mut Ascii, b"abc", true), Ok(("abc".into(), 3)));
        let long = [b'x'; 100];
        assert_eq!(decode_error(&mut Ascii, &[&long[..], b"\x80\x81"].concat()), (100, 101, REASON));
        assert_eq!(encode(&mut Ascii, "abc"), Ok(b"abc".to_vec()));
        assert_eq!(encode(&mut Ascii, "aé€b"), Err(CodecError::new(1, 3, REASON)));
    }
}
