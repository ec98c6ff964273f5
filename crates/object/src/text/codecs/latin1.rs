//! Latin-1: the bytes are the first 256 code points.

use super::ascii::encode_below;
use super::{CodecError, Decoder, Encoder};
use crate::text::{TextBuilder, TextView};

/// The codec `latin-1`.
pub struct Latin1;

impl Decoder for Latin1 {
    fn encoding(&self) -> &'static str {
        "latin-1"
    }

    fn decode(&mut self, input: &[u8], from: usize, _last: bool, out: &mut TextBuilder) -> Result<usize, CodecError> {
        out.push_latin1(&input[from..]);
        Ok(input.len())
    }
}

impl Encoder for Latin1 {
    fn encoding(&self) -> &'static str {
        "latin-1"
    }

    fn encode(&mut self, text: TextView<'_>, from: usize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        if let TextView::Latin1(units) = text {
            out.extend_from_slice(&units[from..]);
            return Ok(());
        }
        encode_below(text, from, 0x100, "ordinal not in range(256)", out)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn values_from_cpython() {
        assert_eq!(decode(&mut Latin1, b"a\xe9\xff", true), Ok(("aéÿ".into(), 3)));
        assert_eq!(encode(&mut Latin1, "aé"), Ok(b"a\xe9".to_vec()));
        let error = CodecError::new(2, 3, "ordinal not in range(256)");
        assert_eq!(encode(&mut Latin1, "aé€é"), Err(error));
    }
}
