//! The encodings by name, and what they have in common: state, faults, and the loops over text and bytes.

use pvm_object::text::codecs::{CodecError, Decoder, Encoder, Replacement};
use pvm_object::text::{TextBuilder, TextView};

use super::iso2022::{self, Config};
use super::tables::{Meaning, Table};
use super::{hz, stateless};

/// What an encoding remembers from one character to the next, as CPython's codecs do.
pub type State = [u8; 8];

/// Why a character or a sequence of bytes cannot be converted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// So many characters or bytes are at fault.
    Illegal(usize),
    /// It depends on what follows.
    Incomplete,
}

/// How an encoding works.
#[derive(Clone, Copy)]
pub enum Method {
    /// By its table alone.
    Table(&'static Table),
    /// `gb18030`, which has all other characters in four bytes.
    Gb18030(&'static Table),
    /// `euc_kr`, which spells syllables that it lacks.
    EucKr(&'static Table),
    /// `hz`
    Hz(&'static Table),
    /// One of the encodings of ISO 2022.
    Iso2022(&'static Config),
}

/// An encoding.
#[derive(Clone, Copy)]
pub struct Encoding {
    /// The name, as exceptions show it.
    pub name: &'static str,
    method: Method,
}

impl Encoding {
    /// The encoding with this name.
    pub fn of(name: &'static str) -> Option<Encoding> {
        let method = match name {
            "hz" => Method::Hz(Table::of("gb2312")?),
            "gb18030" => Method::Gb18030(Table::of(name)?),
            "euc_kr" => Method::EucKr(Table::of(name)?),
            name => match iso2022::config(name) {
                Some(config) => Method::Iso2022(config),
                None => Method::Table(Table::of(name)?),
            },
        };
        Some(Encoding { name, method })
    }

    /// The state of a decoder in the beginning.
    pub fn decoding_start(&self) -> State {
        match self.method {
            Method::Iso2022(_) => iso2022::DECODING,
            _ => State::default(),
        }
    }

    /// The state of an encoder in the beginning.
    pub fn encoding_start(&self) -> State {
        match self.method {
            Method::Iso2022(_) => iso2022::ENCODING,
            _ => State::default(),
        }
    }

    /// Back to the start: what has to be written for that.
    pub fn finish(&self, state: &mut State, out: &mut Vec<u8>) {
        match self.method {
            Method::Hz(_) => hz::finish(state, out),
            Method::Iso2022(_) => iso2022::finish(state, out),
            _ => {}
        }
    }

    /// As `finish`, for the state of a decoder.
    pub fn reset(&self, state: &mut State) {
        match self.method {
            Method::Hz(_) => *state = State::default(),
            Method::Iso2022(_) => iso2022::reset(state),
            _ => {}
        }
    }

    /// Encodes the character `first`, or it and `second` together; `last` says that none follows later. Gives how many
    /// were encoded.
    fn encode(&self, state: &mut State, first: u32, second: Option<u32>, last: bool, out: &mut Vec<u8>) -> Result<usize, Fault> {
        match self.method {
            Method::Table(table) => stateless::encode(table, first, second, last, out),
            Method::Gb18030(table) => stateless::encode_gb18030(table, first, out),
            Method::EucKr(table) => stateless::encode_euc_kr(table, first, out),
            Method::Hz(table) => hz::encode(table, state, first, out),
            Method::Iso2022(config) => iso2022::encode(config, state, first, second, last, out),
        }
    }

    /// Decodes what the input begins with; gives how many bytes that are.
    fn decode(&self, state: &mut State, input: &[u8], out: &mut TextBuilder) -> Result<usize, Fault> {
        match self.method {
            Method::Table(table) => stateless::decode(table, input, out),
            Method::Gb18030(table) => stateless::decode_gb18030(table, input, out),
            Method::EucKr(table) => stateless::decode_euc_kr(table, input, out),
            Method::Hz(table) => hz::decode(table, state, input, out),
            Method::Iso2022(config) => iso2022::decode(config, state, input, out),
        }
    }
}

/// Puts out what `len` bytes mean.
pub fn put(meaning: Meaning<'_>, len: usize, out: &mut TextBuilder) -> Result<usize, Fault> {
    match meaning {
        Meaning::Character(character) => out.push(character),
        Meaning::Text(characters) => characters.iter().for_each(|&character| out.push(character)),
        Meaning::Illegal(count) => return Err(Fault::Illegal(count)),
        Meaning::More => return Err(Fault::Incomplete),
    }
    Ok(len)
}

/// Appends a code, as many bytes as it takes.
pub fn push_code(code: u32, out: &mut Vec<u8>) {
    let bytes = code.to_be_bytes();
    let skipped = bytes.iter().take(3).take_while(|&&byte| byte == 0).count();
    out.extend_from_slice(&bytes[skipped..]);
}

fn error(fault: Fault, at: usize, len: usize) -> CodecError {
    match fault {
        Fault::Illegal(count) => CodecError { start: at, end: (at + count).min(len), reason: "illegal multibyte sequence" },
        Fault::Incomplete => CodecError { start: at, end: len, reason: "incomplete multibyte sequence" },
    }
}

/// The encoding half, with its state.
pub struct MultibyteEncoder {
    /// The encoding.
    pub encoding: Encoding,
    /// The state.
    pub state: State,
    /// Whether no text follows later.
    pub last: bool,
    /// How many characters at the end wait for what follows.
    pub left: usize,
}

impl Encoder for MultibyteEncoder {
    fn encoding(&self) -> &'static str {
        self.encoding.name
    }

    fn bounds_positions(&self) -> bool {
        true
    }

    fn encode(&mut self, text: TextView<'_>, from: usize, out: &mut Vec<u8>) -> Result<(), CodecError> {
        let (mut at, len) = (from, text.len());
        self.left = 0;
        while at < len {
            let second = (at + 1 < len).then(|| text.get(at + 1));
            match self.encoding.encode(&mut self.state, text.get(at), second, self.last, out) {
                Ok(count) => at += count,
                Err(Fault::Incomplete) if !self.last => {
                    self.left = len - at;
                    return Ok(());
                }
                Err(fault) => return Err(error(fault, at, len)),
            }
        }
        Ok(())
    }

    fn push_replacement(&mut self, replacement: &Replacement, out: &mut Vec<u8>) -> bool {
        let text = match replacement {
            Replacement::Text(text) => text,
            Replacement::Bytes(bytes) => {
                out.extend_from_slice(bytes);
                return true;
            }
        };
        let (kept, state, last) = (out.len(), self.state, std::mem::replace(&mut self.last, true));
        let written = self.encode(text.view(), 0, out).is_ok();
        self.last = last;
        if !written {
            out.truncate(kept);
            self.state = state;
        }
        written
    }
}

/// The decoding half, with its state.
pub struct MultibyteDecoder {
    /// The encoding.
    pub encoding: Encoding,
    /// The state.
    pub state: State,
}

impl Decoder for MultibyteDecoder {
    fn encoding(&self) -> &'static str {
        self.encoding.name
    }

    fn bounds_positions(&self) -> bool {
        true
    }

    fn decode(&mut self, input: &[u8], from: usize, last: bool, out: &mut TextBuilder) -> Result<usize, CodecError> {
        let mut at = from;
        while at < input.len() {
            match self.encoding.decode(&mut self.state, &input[at..], out) {
                Ok(count) => at += count,
                Err(Fault::Incomplete) if !last => return Ok(at),
                Err(fault) => return Err(error(fault, at, input.len())),
            }
        }
        Ok(at)
    }
}
