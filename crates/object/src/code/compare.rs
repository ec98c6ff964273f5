//! When code objects are equal: names, numbers, instructions, constants by type and value; file and stack do not count
//! (`code_richcompare`).

use std::hash::{DefaultHasher, Hash, Hasher};

use super::Code;
use super::constants::Constants;
use crate::Vm;
use crate::core::object::Object;
use crate::core::value::Value;
use crate::errors::PyResult;

impl Object<Code> {
    pub(super) fn hash_code(&self) -> i64 {
        let raw = &self.raw;
        let mut hasher = DefaultHasher::new();
        self.name.hash(&mut hasher);
        self.names.iter().for_each(|name| name.hash(&mut hasher));
        self.locals.iter().for_each(|name| name.hash(&mut hasher));
        (raw.argcount, raw.posonlyargcount, raw.kwonlyargcount, raw.flags, raw.firstlineno).hash(&mut hasher);
        (&raw.code, &raw.linetable, &raw.exceptiontable, self.consts.len()).hash(&mut hasher);
        hasher.finish().cast_signed()
    }

    pub(super) fn equals(&self, other: &Object<Code>, vm: &mut Vm) -> PyResult<bool> {
        if std::ptr::eq(self, other) {
            return Ok(true);
        }
        vm.check_recursion(" in comparison")?;
        let (a, b) = (&self.raw, &other.raw);
        let same_names = |a: &[crate::Ref<crate::str::Str>], b: &[crate::Ref<crate::str::Str>]| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same_text(b))
        };
        let same = self.name.same_text(&other.name)
            && (a.argcount, a.posonlyargcount, a.kwonlyargcount) == (b.argcount, b.posonlyargcount, b.kwonlyargcount)
            && (a.flags, a.firstlineno) == (b.flags, b.firstlineno)
            && a.code == b.code
            && a.linetable == b.linetable
            && a.exceptiontable == b.exceptiontable
            && a.localspluskinds == b.localspluskinds
            && same_names(&self.names, &other.names)
            && same_names(&self.locals, &other.locals)
            && self.consts.len() == other.consts.len();
        if !same {
            return Ok(false);
        }
        for (a, b) in self.consts.iter().zip(&other.consts) {
            if !same_constant(a, b, vm)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether one constant may stand for the other (`_PyCode_ConstantKey`).
fn same_constant(a: &Value, b: &Value, vm: &mut Vm) -> PyResult<bool> {
    if let (Some(a), Some(b)) = (a.downcast::<Code>(), b.downcast::<Code>()) {
        return a.equals(b, vm);
    }
    let mut constants = Constants::new(vm);
    match (constants.of(a).ok(), constants.of(b).ok()) {
        (Some(a), Some(b)) => Ok(a == b),
        (None, None) => Ok(std::ptr::eq(a.ty(), b.ty()) && vm.eq(a, b)?),
        _ => Ok(false),
    }
}
