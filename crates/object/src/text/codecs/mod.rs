//! The built-in codecs, one file each, with CPython's model of errors.
//!
//! A decoder or encoder works until the input ends or something is wrong. An error tells what part of the input is at fault
//! and why; whoever handles it supplies a replacement and a position, and the codec goes on from there. The built-in
//! handlers are in [`handlers`]; a handler written in Python runs in the layer above, in the same loop as
//! [`decode_with`] and [`encode_with`] have.
//!
//! - [`utf8`], [`utf16`], [`utf32`], [`utf7`], [`ascii`], [`latin1`], [`charmap`]: character encodings.
//! - [`unicode_escape`], [`raw_unicode_escape`], [`bytes_escape`]: the notations of literals.

pub mod ascii;
pub mod bytes_escape;
pub mod charmap;
pub mod handlers;
pub mod latin1;
pub mod raw_unicode_escape;
pub mod unicode_escape;
pub mod utf16;
pub mod utf32;
pub mod utf7;
pub mod utf8;

use super::{TextBuf, TextBuilder, TextView};

pub use handlers::ErrorHandler;

/// What part of the input cannot be decoded or encoded, and why: the fields of a `UnicodeError`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CodecError {
    /// First byte (decoding) or character (encoding) at fault.
    pub start: usize,
    /// Behind the last one.
    pub end: usize,
    /// The exception's `reason`.
    pub reason: &'static str,
}

impl CodecError {
    const fn new(start: usize, end: usize, reason: &'static str) -> CodecError {
        CodecError { start, end, reason }
    }
}

/// A codec's decoding half.
pub trait Decoder {
    /// The name of the encoding in exceptions.
    fn encoding(&self) -> &'static str;

    /// Decodes `input` from the byte `from` on, into `out`. Gives the number of bytes consumed, all of them if `last`;
    /// otherwise an incomplete sequence at the end is left for the next call. After an error, what came before it is in
    /// `out`.
    fn decode(&mut self, input: &[u8], from: usize, last: bool, out: &mut TextBuilder) -> Result<usize, CodecError>;

    /// As [`Encoder::bounds_positions`].
    fn bounds_positions(&self) -> bool {
        false
    }
}

/// What an error handler puts in the place of characters that cannot be encoded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Replacement {
    /// Text, to be encoded in turn.
    Text(TextBuf),
    /// Bytes, for the output as they are.
    Bytes(Vec<u8>),
}

/// A codec's encoding half.
pub trait Encoder {
    /// The name of the encoding in exceptions.
    fn encoding(&self) -> &'static str;

    /// Encodes `text` from the character `from` on, into `out`. After an error, what came before it is in `out`.
    fn encode(&mut self, text: TextView<'_>, from: usize, out: &mut Vec<u8>) -> Result<(), CodecError>;

    /// Whether surrogates made by `surrogateescape` may stand together with other characters that cannot be encoded: the
    /// error then names only those others.
    fn unescapes_singly(&self) -> bool {
        true
    }

    /// Whether a position from a handler that is no machine word is out of bounds like any other, rather than an overflow.
    fn bounds_positions(&self) -> bool {
        false
    }

    /// Writes what a handler supplied; `false` if this encoding cannot express it, and the original error stands.
    fn push_replacement(&mut self, replacement: &Replacement, out: &mut Vec<u8>) -> bool {
        let kept = out.len();
        let written = match replacement {
            Replacement::Text(text) => self.encode(text.view(), 0, out).is_ok(),
            Replacement::Bytes(bytes) => {
                out.extend_from_slice(bytes);
                true
            }
        };
        if !written {
            out.truncate(kept);
        }
        written
    }
}

/// Decodes as [`Decoder::decode`] does; at an error `handle` appends a replacement and gives the position to go on from.
pub fn decode_with<E>(
    decoder: &mut dyn Decoder,
    input: &[u8],
    last: bool,
    out: &mut TextBuilder,
    mut handle: impl FnMut(CodecError, &mut TextBuilder) -> Result<usize, E>,
) -> Result<usize, E> {
    let mut from = 0;
    loop {
        match decoder.decode(input, from, last, out) {
            Ok(consumed) => return Ok(consumed),
            Err(error) => from = handle(error, out)?,
        }
    }
}

/// Why encoding ended early.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EncodeFailure<E> {
    /// The handler gave up.
    Handler(E),
    /// The handler's replacement cannot be encoded: the error it was called for is to be raised.
    Unencodable(CodecError),
}

/// Encodes a whole text; at an error `handle` gives a replacement and the position to go on from.
pub fn encode_with<E>(
    encoder: &mut dyn Encoder,
    text: TextView<'_>,
    out: &mut Vec<u8>,
    mut handle: impl FnMut(CodecError) -> Result<(Replacement, usize), E>,
) -> Result<(), EncodeFailure<E>> {
    let mut from = 0;
    while let Err(error) = encoder.encode(text, from, out) {
        let (replacement, next) = handle(error).map_err(EncodeFailure::Handler)?;
        if !encoder.push_replacement(&replacement, out) {
            return Err(EncodeFailure::Unencodable(error));
        }
        from = next;
    }
    Ok(())
}

/// Length of the ASCII prefix.
fn ascii_prefix(bytes: &[u8]) -> usize {
    const BLOCK: usize = 32;
    let whole = bytes.chunks_exact(BLOCK).take_while(|block| block.is_ascii()).count() * BLOCK;
    let tail = bytes[whole..].iter().position(|b| !b.is_ascii());
    tail.map_or(bytes.len(), |tail| whole + tail)
}

#[cfg(test)]
pub(crate) mod testing {
    //! Short forms for the codecs' tests.

    use super::*;

    pub fn decode(decoder: &mut dyn Decoder, input: &[u8], last: bool) -> Result<(String, usize), CodecError> {
        let mut out = TextBuilder::new();
        let consumed = decoder.decode(input, 0, last, &mut out)?;
        Ok((out.view().to_str_lossy().into_owned(), consumed))
    }

    pub fn decode_error(decoder: &mut dyn Decoder, input: &[u8]) -> (usize, usize, &'static str) {
        let error = decode(decoder, input, true).unwrap_err();
        (error.start, error.end, error.reason)
    }

    pub fn encode(encoder: &mut dyn Encoder, text: &str) -> Result<Vec<u8>, CodecError> {
        let mut out = Vec::new();
        encoder.encode(TextBuf::from(text).view(), 0, &mut out)?;
        Ok(out)
    }
}
