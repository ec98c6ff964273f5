//! [`freeze`]: writes a code object and all within it.

use std::collections::HashMap;

use super::tag;
use crate::code::CodeObject;
use crate::constant::Constant;
use crate::text::Text;

/// The code object and those within it, to be read by [`super::FrozenCode`].
pub fn freeze(code: &CodeObject) -> Vec<u8> {
    let mut writer = Writer { body: vec![0; 8], ..Writer::default() };
    let root = writer.code(code);
    let table = writer.body.len() as u32;
    for &(offset, length) in &writer.texts {
        writer.body.extend(offset.to_le_bytes());
        writer.body.extend(length.to_le_bytes());
    }
    writer.body[..4].copy_from_slice(&root.to_le_bytes());
    writer.body[4..8].copy_from_slice(&table.to_le_bytes());
    writer.body
}

#[derive(Default)]
struct Writer {
    body: Vec<u8>,
    /// Where each text lies, and its length.
    texts: Vec<(u32, u32)>,
    numbers: HashMap<Text, u32>,
    tables: HashMap<Vec<u8>, u32>,
}

impl Writer {
    /// Writes a code object behind those within it; gives its place.
    fn code(&mut self, code: &CodeObject) -> u32 {
        let mut record = Vec::new();
        for number in [code.argcount, code.posonlyargcount, code.kwonlyargcount, code.stacksize, code.flags] {
            unsigned(&mut record, number.into());
        }
        signed(&mut record, code.firstlineno.into());
        for text in [&code.name, &code.qualname, &code.filename] {
            self.text(&mut record, text);
        }
        for table in [&code.code, &code.localspluskinds, &code.linetable, &code.exceptiontable] {
            self.bytes(&mut record, table);
        }
        self.constants(&mut record, &code.consts);
        for names in [&code.names, &code.localsplusnames] {
            unsigned(&mut record, names.len() as u64);
            for name in names.iter() {
                self.text(&mut record, name);
            }
        }
        let at = self.body.len() as u32;
        self.body.extend(record);
        at
    }

    fn text(&mut self, record: &mut Vec<u8>, text: &Text) {
        let number = match self.numbers.get(text) {
            Some(&number) => number,
            None => {
                let number = self.texts.len() as u32;
                self.texts.push((self.body.len() as u32, text.as_bytes().len() as u32));
                self.body.extend(text.as_bytes());
                self.numbers.insert(text.clone(), number);
                number
            }
        };
        unsigned(record, number.into());
    }

    fn bytes(&mut self, record: &mut Vec<u8>, bytes: &[u8]) {
        let at = match self.tables.get(bytes) {
            Some(&at) => at,
            None => {
                let at = self.body.len() as u32;
                self.body.extend(bytes);
                self.tables.insert(bytes.to_vec(), at);
                at
            }
        };
        unsigned(record, at.into());
        unsigned(record, bytes.len() as u64);
    }

    fn constants(&mut self, record: &mut Vec<u8>, items: &[Constant]) {
        unsigned(record, items.len() as u64);
        items.iter().for_each(|item| self.constant(record, item));
    }

    fn constant(&mut self, record: &mut Vec<u8>, constant: &Constant) {
        match constant {
            Constant::None => record.push(tag::NONE),
            Constant::Bool(false) => record.push(tag::FALSE),
            Constant::Bool(true) => record.push(tag::TRUE),
            Constant::Ellipsis => record.push(tag::ELLIPSIS),
            Constant::StopIteration => record.push(tag::STOP_ITERATION),
            Constant::Int(value) => match i64::try_from(value) {
                Ok(value) => {
                    record.push(tag::INT);
                    signed(record, value);
                }
                Err(_) => {
                    let (sign, magnitude) = value.clone().into_parts();
                    record.extend([tag::LONG, u8::from(sign == dashu_int::Sign::Negative)]);
                    self.bytes(record, &magnitude.to_le_bytes());
                }
            },
            Constant::Float(value) => {
                record.push(tag::FLOAT);
                record.extend(value.to_le_bytes());
            }
            Constant::Complex(real, imag) => {
                record.push(tag::COMPLEX);
                record.extend(real.to_le_bytes());
                record.extend(imag.to_le_bytes());
            }
            Constant::Str(text) => {
                record.push(tag::STR);
                self.text(record, text);
            }
            Constant::Bytes(bytes) => {
                record.push(tag::BYTES);
                self.bytes(record, bytes);
            }
            Constant::Tuple(items) => {
                record.push(tag::TUPLE);
                self.constants(record, items);
            }
            Constant::FrozenSet(items) => {
                record.push(tag::FROZEN_SET);
                self.constants(record, items);
            }
            Constant::Slice(parts) => {
                record.push(tag::SLICE);
                parts.iter().for_each(|part| self.constant(record, part));
            }
            Constant::Code(code) => {
                let at = self.code(code);
                record.push(tag::CODE);
                unsigned(record, at.into());
            }
        }
    }
}

fn unsigned(record: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        record.push(value as u8 | 0x80);
        value >>= 7;
    }
    record.push(value as u8);
}

fn signed(record: &mut Vec<u8>, value: i64) {
    unsigned(record, (value << 1 ^ value >> 63) as u64);
}
