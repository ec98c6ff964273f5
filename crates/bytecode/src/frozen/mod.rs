//! Code objects as they lie in a binary: a format of our own, from which each code object is read by itself, at the time when
//! it is needed. Its texts and tables are not copied. (Marshal, whose objects refer to those before them, is read as a whole.)
//!
//! | bytes | what |
//! |---|---|
//! | 4 | where the outermost code object begins |
//! | 4 | where the table of texts begins: for each one, where it lies and its length, four bytes each |
//! | … | code objects, inner ones first, texts, tables |
//!
//! Numbers have fixed sizes where this table says so, else seven bits a byte, the lowest first. All are little-endian.

mod read;
mod write;

use std::sync::{Arc, OnceLock};

use crate::code::CodeObject;
use crate::text::Text;

pub use write::freeze;

/// The type bytes of constants.
mod tag {
    pub const NONE: u8 = 0;
    pub const FALSE: u8 = 1;
    pub const TRUE: u8 = 2;
    pub const ELLIPSIS: u8 = 3;
    pub const STOP_ITERATION: u8 = 4;
    /// The sign in the lowest bit.
    pub const INT: u8 = 5;
    /// A byte that is 1 for negative ones, and the magnitude as bytes.
    pub const LONG: u8 = 6;
    pub const FLOAT: u8 = 7;
    pub const COMPLEX: u8 = 8;
    pub const STR: u8 = 9;
    pub const BYTES: u8 = 10;
    pub const TUPLE: u8 = 11;
    pub const FROZEN_SET: u8 = 12;
    pub const SLICE: u8 = 13;
    pub const CODE: u8 = 14;
}

/// A code object in what [`freeze`] made. Reading one that something else made may panic.
#[derive(Clone, Copy, Debug)]
pub struct FrozenCode {
    blob: &'static [u8],
    at: u32,
}

impl FrozenCode {
    /// The outermost code object.
    pub fn outermost(blob: &'static [u8]) -> FrozenCode {
        FrozenCode { blob, at: read::fixed(blob, 0) }
    }

    /// The code object itself. Those within it stay as they are.
    pub fn load(self) -> CodeObject {
        read::Reader::new(self).code()
    }

    /// The name, the qualified name, and the docstring where there is one.
    pub fn names(self) -> (Text, Text, Option<Text>) {
        read::Reader::new(self).names()
    }

    fn is(self, other: FrozenCode) -> bool {
        std::ptr::eq(self.blob, other.blob) && self.at == other.at
    }
}

/// A code object as code objects hold those within them: there, or frozen until it is looked at.
#[derive(Clone, Debug)]
pub struct CodeRef(Repr);

#[derive(Clone, Debug)]
enum Repr {
    Whole(Arc<CodeObject>),
    Frozen(FrozenCode, OnceLock<Arc<CodeObject>>),
}

impl CodeRef {
    /// The code object, read now if it has not been.
    pub fn get(&self) -> &Arc<CodeObject> {
        match &self.0 {
            Repr::Whole(code) => code,
            Repr::Frozen(frozen, read) => read.get_or_init(|| Arc::new(frozen.load())),
        }
    }

    /// The name, the qualified name, and the docstring where there is one, without reading the rest.
    pub fn names(&self) -> (Text, Text, Option<Text>) {
        match &self.0 {
            Repr::Frozen(frozen, read) if read.get().is_none() => frozen.names(),
            _ => {
                let code = self.get();
                (code.name.clone(), code.qualname.clone(), code.docstring().cloned())
            }
        }
    }

    /// Whether both mean the same code object, not only equal ones.
    pub fn is(&self, other: &CodeRef) -> bool {
        match (&self.0, &other.0) {
            (Repr::Whole(a), Repr::Whole(b)) => Arc::ptr_eq(a, b),
            (Repr::Frozen(a, _), Repr::Frozen(b, _)) => a.is(*b),
            _ => false,
        }
    }

    /// What tells this code object from others, as [`CodeRef::is`] does.
    pub(crate) fn identity(&self) -> usize {
        match &self.0 {
            Repr::Whole(code) => Arc::as_ptr(code) as usize,
            Repr::Frozen(frozen, _) => frozen.blob.as_ptr() as usize + frozen.at as usize,
        }
    }
}

impl std::ops::Deref for CodeRef {
    type Target = Arc<CodeObject>;

    fn deref(&self) -> &Arc<CodeObject> {
        self.get()
    }
}

impl From<Arc<CodeObject>> for CodeRef {
    fn from(code: Arc<CodeObject>) -> CodeRef {
        CodeRef(Repr::Whole(code))
    }
}

impl From<FrozenCode> for CodeRef {
    fn from(code: FrozenCode) -> CodeRef {
        CodeRef(Repr::Frozen(code, OnceLock::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Constant;

    fn constants() -> Vec<Constant> {
        let long = "-123456789012345678901234567890".parse().unwrap();
        let text = Text::from_code_points([0x61, 0xDC80]).unwrap();
        vec![
            Constant::str("The docstring."),
            Constant::None,
            Constant::Bool(true),
            Constant::Bool(false),
            Constant::Ellipsis,
            Constant::StopIteration,
            Constant::int(-1),
            Constant::int(i64::MIN),
            Constant::Int(long),
            Constant::Float(-0.0),
            Constant::Complex(1.5, -2.0),
            Constant::str("naïve €"),
            Constant::Str(text),
            Constant::Bytes(Arc::from(&b"\0\xff"[..])),
            Constant::Tuple(Arc::from([Constant::int(1), Constant::Tuple(Arc::from([]))])),
            Constant::FrozenSet(Arc::from([Constant::int(1), Constant::str("x")])),
            Constant::Slice(Arc::new([Constant::None, Constant::int(300), Constant::None])),
        ]
    }

    fn code(name: &str, consts: Vec<Constant>) -> CodeObject {
        CodeObject {
            argcount: 1,
            stacksize: 300,
            flags: crate::flags::CO_HAS_DOCSTRING,
            firstlineno: -1,
            code: [27, 0, 1, 2].into(),
            consts: consts.into(),
            names: ["a", "b"].map(Text::from).into(),
            localsplusnames: ["x".into()].into(),
            localspluskinds: [0x26].into(),
            filename: "<frozen x>".into(),
            name: name.into(),
            qualname: format!("outer.{name}").into(),
            linetable: [0x80, 1].into(),
            exceptiontable: [1, 2, 3].into(),
            ..CodeObject::default()
        }
    }

    #[test]
    fn round_trip() {
        let inner = code("inner", constants());
        let outer = code("outer", vec![Constant::None, Constant::from(inner.clone()), Constant::from(code("other", vec![]))]);
        let blob: &'static [u8] = freeze(&outer).leak();
        let frozen = FrozenCode::outermost(blob);
        let loaded = CodeRef::from(frozen);
        assert_eq!(loaded.names(), ("outer".into(), "outer.outer".into(), None));
        assert!(loaded.same(&outer));
        let Constant::Code(found) = &loaded.consts[1] else { panic!("a code object") };
        assert_eq!(found.names(), ("inner".into(), "outer.inner".into(), Some("The docstring.".into())));
        assert!(found.same(&inner) && found.consts[..] == inner.consts[..]);
        let again = CodeRef::from(FrozenCode::outermost(blob));
        assert!(again.is(&loaded) && again.consts[1] == loaded.consts[1] && again.consts[1] != loaded.consts[2]);
    }
}
