//! [`CodeObject`]: CPython's `PyCodeObject` as plain data, shared between threads by `Arc`.

use std::sync::Arc;

use crate::bytes::Bytes;
use crate::constant::Constant;
use crate::flags::*;
use crate::text::Text;

/// A compiled function body, class body, module or expression. Fields are named as in CPython without `co_`.
#[derive(Clone, Debug, Default)]
pub struct CodeObject {
    /// Positional parameters, positional-only ones included, `*args` not.
    pub argcount: u32,
    /// Positional-only parameters.
    pub posonlyargcount: u32,
    /// Keyword-only parameters.
    pub kwonlyargcount: u32,
    /// Slots the evaluation stack needs.
    pub stacksize: u32,
    /// `CO_*` of [`crate::flags`].
    pub flags: u32,
    /// Instructions: pairs of opcode and operand, inline caches zeroed.
    pub code: Bytes,
    /// Constants.
    pub consts: Arc<[Constant]>,
    /// Names of globals, attributes and modules.
    pub names: Arc<[Text]>,
    /// Names of the locals, cells and free variables, in the order of frame slots.
    pub localsplusnames: Arc<[Text]>,
    /// One byte of `CO_FAST_*` for each of them.
    pub localspluskinds: Bytes,
    /// Where the source came from.
    pub filename: Text,
    /// The function's, class's name, or `<module>`, `<lambda>` ….
    pub name: Text,
    /// The name with the scopes around it.
    pub qualname: Text,
    /// First line of the source.
    pub firstlineno: i32,
    /// Positions of the instructions: see [`crate::locations`].
    pub linetable: Bytes,
    /// Handlers: see [`crate::exceptions`].
    pub exceptiontable: Bytes,
}

impl CodeObject {
    /// Number of slots for locals, cells and free variables.
    pub fn nlocalsplus(&self) -> usize {
        self.localsplusnames.len()
    }

    /// Number of local variables, parameters included.
    pub fn nlocals(&self) -> usize {
        self.localspluskinds.iter().filter(|&&kind| kind & CO_FAST_LOCAL != 0).count()
    }

    /// Number of variables shared with inner functions, parameters among them.
    pub fn ncellvars(&self) -> usize {
        self.localspluskinds.iter().filter(|&&kind| kind & CO_FAST_CELL != 0).count()
    }

    /// Number of variables of outer functions.
    pub fn nfreevars(&self) -> usize {
        self.localspluskinds.iter().filter(|&&kind| kind & CO_FAST_FREE != 0).count()
    }

    /// Number of parameters of every kind; they are the first slots.
    pub fn total_args(&self) -> usize {
        let named = self.argcount as usize + self.kwonlyargcount as usize;
        named + usize::from(self.flags & CO_VARARGS != 0) + usize::from(self.flags & CO_VARKEYWORDS != 0)
    }

    /// Names of the locals (`co_varnames`).
    pub fn varnames(&self) -> impl Iterator<Item = &Text> {
        self.names_of_kind(CO_FAST_LOCAL)
    }

    /// Names of the variables shared with inner functions (`co_cellvars`).
    pub fn cellvars(&self) -> impl Iterator<Item = &Text> {
        self.names_of_kind(CO_FAST_CELL)
    }

    /// Names of the variables of outer functions (`co_freevars`).
    pub fn freevars(&self) -> impl Iterator<Item = &Text> {
        self.names_of_kind(CO_FAST_FREE)
    }

    fn names_of_kind(&self, kind: u8) -> impl Iterator<Item = &Text> {
        let kinds = self.localspluskinds.iter();
        self.localsplusnames.iter().zip(kinds).filter(move |(_, kinds)| *kinds & kind != 0).map(|(name, _)| name)
    }

    /// The docstring, if the code has one.
    pub fn docstring(&self) -> Option<&Text> {
        if self.flags & CO_HAS_DOCSTRING != 0 { self.consts.first()?.as_text() } else { None }
    }

    /// Whether a call makes a generator, coroutine or asynchronous generator.
    pub fn is_generator_like(&self) -> bool {
        self.flags & CO_ANY_GENERATOR != 0
    }

    /// Whether the fields fit together as CPython's `_PyCode_Validate` demands; the error is the text of a `ValueError`.
    pub fn validate(&self) -> Result<(), &'static str> {
        if self.argcount < self.posonlyargcount {
            return Err("code: more positional-only parameters than parameters");
        }
        if self.localsplusnames.len() != self.localspluskinds.len() {
            return Err("code: co_localsplusnames and co_localspluskinds differ in length");
        }
        if !self.code.len().is_multiple_of(2) {
            return Err("code: co_code has half an instruction");
        }
        // the parameters are locals, so their number must fit
        if self.total_args() > self.nlocals() {
            return Err("code: co_varnames is too small");
        }
        Ok(())
    }

    /// This code object and all those within its constants, outer ones first.
    pub fn walk(&self) -> impl Iterator<Item = &CodeObject> {
        let mut pending = vec![self];
        std::iter::from_fn(move || {
            let code = pending.pop()?;
            pending.extend(code.consts.iter().rev().filter_map(Constant::as_code).map(|code| &***code));
            Some(code)
        })
    }

    /// Whether two code objects are the same program: every field is equal, inner code objects too.
    pub fn same(&self, other: &CodeObject) -> bool {
        self.argcount == other.argcount
            && self.posonlyargcount == other.posonlyargcount
            && self.kwonlyargcount == other.kwonlyargcount
            && self.stacksize == other.stacksize
            && self.flags == other.flags
            && self.firstlineno == other.firstlineno
            && self.code == other.code
            && self.names == other.names
            && self.localsplusnames == other.localsplusnames
            && self.localspluskinds == other.localspluskinds
            && self.filename == other.filename
            && self.name == other.name
            && self.qualname == other.qualname
            && self.linetable == other.linetable
            && self.exceptiontable == other.exceptiontable
            && self.consts.len() == other.consts.len()
            && self.consts.iter().zip(other.consts.iter()).all(|(a, b)| match (a, b) {
                (Constant::Code(a), Constant::Code(b)) => a.is(b) || a.same(b),
                _ => a == b,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_names() {
        let code = CodeObject {
            argcount: 1,
            flags: CO_VARARGS,
            localsplusnames: ["a", "args", "x", "c", "f"].map(Text::from).into(),
            localspluskinds: [0x26 | CO_FAST_CELL, 0x2A, 0x20, CO_FAST_CELL, CO_FAST_FREE].into(),
            ..CodeObject::default()
        };
        assert_eq!((code.nlocals(), code.ncellvars(), code.nfreevars(), code.total_args()), (3, 2, 1, 2));
        assert_eq!(code.cellvars().map(Text::to_string).collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(code.varnames().count(), 3);
        assert!(code.freevars().eq([&Text::from("f")]));
    }

    #[test]
    fn shared_between_threads() {
        fn check<T: Send + Sync>() {}
        check::<CodeObject>();
    }
}
