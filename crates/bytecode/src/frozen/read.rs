//! [`Reader`]: reads one code object of a frozen module.

use std::sync::Arc;

use dashu_int::{IBig, Sign, UBig};

use super::{CodeRef, FrozenCode, tag};
use crate::bytes::Bytes;
use crate::code::CodeObject;
use crate::constant::Constant;
use crate::flags::CO_HAS_DOCSTRING;
use crate::text::Text;

/// The number of four bytes at a place.
pub(super) fn fixed(blob: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(*blob[at..].first_chunk().expect("a frozen module is whole"))
}

/// Reads the parts of a code object in their order.
pub(super) struct Reader {
    blob: &'static [u8],
    at: usize,
    /// Where the table of texts begins.
    table: usize,
}

impl Reader {
    pub(super) fn new(code: FrozenCode) -> Reader {
        Reader { blob: code.blob, at: code.at as usize, table: fixed(code.blob, 4) as usize }
    }

    pub(super) fn code(mut self) -> CodeObject {
        let [argcount, posonlyargcount, kwonlyargcount, stacksize, flags] = std::array::from_fn(|_| self.unsigned() as u32);
        let firstlineno = self.signed() as i32;
        let [name, qualname, filename] = std::array::from_fn(|_| self.text());
        let [code, localspluskinds, linetable, exceptiontable] = std::array::from_fn(|_| Bytes::from_static(self.bytes()));
        CodeObject {
            argcount,
            posonlyargcount,
            kwonlyargcount,
            stacksize,
            flags,
            code,
            consts: self.constants(),
            names: self.texts(),
            localsplusnames: self.texts(),
            localspluskinds,
            filename,
            name,
            qualname,
            firstlineno,
            linetable,
            exceptiontable,
        }
    }

    pub(super) fn names(mut self) -> (Text, Text, Option<Text>) {
        let flags = std::array::from_fn::<_, 5, _>(|_| self.unsigned())[4] as u32;
        self.signed();
        let [name, qualname, _] = std::array::from_fn(|_| self.text());
        if flags & CO_HAS_DOCSTRING == 0 {
            return (name, qualname, None);
        }
        for _ in 0..4 {
            self.bytes();
        }
        let doc = if self.unsigned() > 0 && self.byte() == tag::STR { Some(self.text()) } else { None };
        (name, qualname, doc)
    }

    #[inline]
    fn byte(&mut self) -> u8 {
        self.at += 1;
        self.blob[self.at - 1]
    }

    #[inline]
    fn unsigned(&mut self) -> u64 {
        let mut value = 0;
        let mut shift = 0;
        loop {
            let byte = self.byte();
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return value;
            }
            shift += 7;
        }
    }

    fn signed(&mut self) -> i64 {
        let value = self.unsigned();
        (value >> 1) as i64 ^ -((value & 1) as i64)
    }

    fn float(&mut self) -> f64 {
        self.at += 8;
        f64::from_le_bytes(*self.blob[self.at - 8..].first_chunk().expect("a frozen module is whole"))
    }

    fn text(&mut self) -> Text {
        let place = self.table + 8 * self.unsigned() as usize;
        let (at, length) = (fixed(self.blob, place) as usize, fixed(self.blob, place + 4) as usize);
        Text::from_static(&self.blob[at..at + length]).expect("a frozen module's texts are texts")
    }

    fn texts(&mut self) -> Arc<[Text]> {
        (0..self.unsigned()).map(|_| self.text()).collect()
    }

    fn bytes(&mut self) -> &'static [u8] {
        let (at, length) = (self.unsigned() as usize, self.unsigned() as usize);
        &self.blob[at..at + length]
    }

    fn constants(&mut self) -> Arc<[Constant]> {
        (0..self.unsigned()).map(|_| self.constant()).collect()
    }

    fn constant(&mut self) -> Constant {
        match self.byte() {
            tag::NONE => Constant::None,
            tag::FALSE => Constant::Bool(false),
            tag::TRUE => Constant::Bool(true),
            tag::ELLIPSIS => Constant::Ellipsis,
            tag::STOP_ITERATION => Constant::StopIteration,
            tag::INT => Constant::Int(IBig::from(self.signed())),
            tag::LONG => {
                let sign = if self.byte() == 1 { Sign::Negative } else { Sign::Positive };
                Constant::Int(IBig::from_parts(sign, UBig::from_le_bytes(self.bytes())))
            }
            tag::FLOAT => Constant::Float(self.float()),
            tag::COMPLEX => Constant::Complex(self.float(), self.float()),
            tag::STR => Constant::Str(self.text()),
            tag::BYTES => Constant::Bytes(Arc::from(self.bytes())),
            tag::TUPLE => Constant::Tuple(self.constants()),
            tag::FROZEN_SET => Constant::FrozenSet(self.constants()),
            tag::SLICE => Constant::Slice(Arc::new(std::array::from_fn(|_| self.constant()))),
            tag::CODE => {
                let code = FrozenCode { blob: self.blob, at: self.unsigned() as u32 };
                Constant::Code(CodeRef::from(code))
            }
            tag => unreachable!("no constant of a frozen module begins with {tag}"),
        }
    }
}
