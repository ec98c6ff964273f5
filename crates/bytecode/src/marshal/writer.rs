//! Writing marshal data: [`Writer`] has a method for each kind of object, and whoever knows the objects drives it.
//!
//! For every object call [`Writer::enter`], then, unless it is one of the singletons, [`Writer::share`]; if that did not
//! write a reference, the method for its kind, and for containers their items in turn; at last [`Writer::leave`].

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::error::WriteError;
use super::float_text::format_g17;
use super::{FLAG_REF, MAX_DEPTH, VERSION, code};

/// The numbers at the head of a code object.
#[derive(Clone, Copy, Debug)]
pub struct CodeNumbers {
    /// Positional parameters.
    pub argcount: u32,
    /// Positional-only parameters.
    pub posonlyargcount: u32,
    /// Keyword-only parameters.
    pub kwonlyargcount: u32,
    /// Depth of the evaluation stack.
    pub stacksize: u32,
    /// `CO_*`.
    pub flags: u32,
}

/// Writes marshal data of one version.
#[derive(Debug)]
pub struct Writer {
    out: Vec<u8>,
    version: u32,
    references: HashMap<usize, u32>,
    flag: u8,
    depth: usize,
}

impl Default for Writer {
    fn default() -> Writer {
        Writer::new(VERSION)
    }
}

impl Writer {
    /// A writer of this version; newer ones than [`VERSION`] are written as that.
    pub fn new(version: u32) -> Writer {
        Writer { out: Vec::new(), version, references: HashMap::new(), flag: 0, depth: 0 }
    }

    /// The version.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The finished data.
    pub fn finish(self) -> Vec<u8> {
        self.out
    }

    /// Begins an object; fails when it is nested too deeply.
    pub fn enter(&mut self) -> Result<(), WriteError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(WriteError::TooDeep) } else { Ok(()) }
    }

    /// Ends an object.
    pub fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Says that the next object may come again under the same `identity`. If it was written before, a reference is written
    /// now, and the answer is true. CPython asks this of each object with more than one reference to it.
    pub fn share(&mut self, identity: usize) -> bool {
        if self.version < 3 {
            return false;
        }
        let next = self.references.len() as u32;
        match self.references.entry(identity) {
            Entry::Occupied(index) => {
                let index = *index.get();
                self.out.push(code::REF);
                self.out.extend(index.to_le_bytes());
                true
            }
            Entry::Vacant(place) => {
                place.insert(next);
                self.flag = FLAG_REF;
                false
            }
        }
    }

    fn kind(&mut self, kind: u8) {
        self.out.push(kind | std::mem::take(&mut self.flag));
    }

    fn number(&mut self, number: u32) {
        self.out.extend(number.to_le_bytes());
    }

    fn length(&mut self, length: usize) -> Result<(), WriteError> {
        match i32::try_from(length) {
            Ok(length) => self.number(length as u32),
            Err(_) => return Err(WriteError::Unmarshallable),
        }
        Ok(())
    }

    fn sized(&mut self, kind: u8, length: usize) -> Result<(), WriteError> {
        self.kind(kind);
        self.length(length)
    }

    /// `None`
    pub fn none(&mut self) {
        self.kind(code::NONE);
    }

    /// `True` or `False`
    pub fn bool(&mut self, value: bool) {
        self.kind(if value { code::TRUE } else { code::FALSE });
    }

    /// `Ellipsis`
    pub fn ellipsis(&mut self) {
        self.kind(code::ELLIPSIS);
    }

    /// `StopIteration`
    pub fn stop_iteration(&mut self) {
        self.kind(code::STOP_ITERATION);
    }

    /// An int of at most 64 bits.
    pub fn int(&mut self, value: i64) {
        match i32::try_from(value) {
            Ok(value) => {
                self.kind(code::INT);
                self.number(value as u32);
            }
            Err(_) => self.long(value < 0, &[value.unsigned_abs()]),
        }
    }

    /// An int that 32 bits cannot hold: sign and magnitude, the lowest word first.
    pub fn long(&mut self, negative: bool, words: &[u64]) {
        let bits = match words.iter().rposition(|&word| word != 0) {
            Some(last) => 64 * (last + 1) - words[last].leading_zeros() as usize,
            None => 0,
        };
        let digits = bits.div_ceil(15);
        self.kind(code::LONG);
        let count = digits as i32;
        self.number(if negative { -count } else { count } as u32);
        self.out.reserve(2 * digits);
        for digit in 0..digits {
            let (word, shift) = (15 * digit / 64, 15 * digit % 64);
            let mut value = words[word] >> shift;
            if shift > 49 && word + 1 < words.len() {
                value |= words[word + 1] << (64 - shift);
            }
            self.out.extend(((value & 0x7FFF) as u16).to_le_bytes());
        }
    }

    /// A float.
    pub fn float(&mut self, value: f64) {
        if self.version > 1 {
            self.kind(code::BINARY_FLOAT);
            self.out.extend(value.to_le_bytes());
        } else {
            self.kind(code::FLOAT);
            self.float_text(value);
        }
    }

    /// A complex number.
    pub fn complex(&mut self, real: f64, imag: f64) {
        if self.version > 1 {
            self.kind(code::BINARY_COMPLEX);
            self.out.extend(real.to_le_bytes());
            self.out.extend(imag.to_le_bytes());
        } else {
            self.kind(code::COMPLEX);
            self.float_text(real);
            self.float_text(imag);
        }
    }

    fn float_text(&mut self, value: f64) {
        let text = format_g17(value);
        self.out.push(text.len() as u8);
        self.out.extend(text.as_bytes());
    }

    /// A string in UTF-8, surrogates as three bytes each.
    pub fn str(&mut self, bytes: &[u8], interned: bool) -> Result<(), WriteError> {
        if self.version >= 4 && bytes.is_ascii() {
            if let Ok(length) = u8::try_from(bytes.len()) {
                self.kind(if interned { code::SHORT_ASCII_INTERNED } else { code::SHORT_ASCII });
                self.out.push(length);
            } else {
                self.sized(if interned { code::ASCII_INTERNED } else { code::ASCII }, bytes.len())?;
            }
        } else {
            let interned = interned && self.version >= 3;
            self.sized(if interned { code::INTERNED } else { code::UNICODE }, bytes.len())?;
        }
        self.out.extend(bytes);
        Ok(())
    }

    /// Bytes, or the content of another buffer.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), WriteError> {
        self.sized(code::BYTES, bytes.len())?;
        self.out.extend(bytes);
        Ok(())
    }

    /// The head of a tuple; its items follow.
    pub fn tuple(&mut self, length: usize) -> Result<(), WriteError> {
        match u8::try_from(length) {
            Ok(length) if self.version >= 4 => {
                self.kind(code::SMALL_TUPLE);
                self.out.push(length);
                Ok(())
            }
            _ => self.sized(code::TUPLE, length),
        }
    }

    /// The head of a list; its items follow.
    pub fn list(&mut self, length: usize) -> Result<(), WriteError> {
        self.sized(code::LIST, length)
    }

    /// The head of a set; its members follow, in the order of the data that each gives when written alone.
    pub fn set(&mut self, length: usize, frozen: bool) -> Result<(), WriteError> {
        self.sized(if frozen { code::FROZEN_SET } else { code::SET }, length)
    }

    /// The head of a dict; keys and values follow in turn, then [`Writer::dict_end`].
    pub fn dict(&mut self) {
        self.kind(code::DICT);
    }

    /// The end of a dict.
    pub fn dict_end(&mut self) {
        self.kind(code::NULL);
    }

    /// The head of a slice; start, stop and step follow.
    pub fn slice(&mut self) -> Result<(), WriteError> {
        if self.version < 5 {
            return Err(WriteError::Unmarshallable);
        }
        self.kind(code::SLICE);
        Ok(())
    }

    /// The head of a code object. There follow eight objects (code, constants, names, localsplusnames, localspluskinds, file
    /// name, name, qualified name), [`Writer::code_line`], and two more (line table, exception table).
    pub fn code(&mut self, numbers: CodeNumbers) {
        self.kind(code::CODE);
        let CodeNumbers { argcount, posonlyargcount, kwonlyargcount, stacksize, flags } = numbers;
        for number in [argcount, posonlyargcount, kwonlyargcount, stacksize, flags] {
            self.number(number);
        }
    }

    /// The first line of the code object.
    pub fn code_line(&mut self, firstlineno: i32) {
        self.number(firstlineno as u32);
    }
}
