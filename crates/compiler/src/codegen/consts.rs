//! The constants of one code object.

use std::collections::HashMap;

use pvm_bytecode::Constant;
use pvm_bytecode::frozen::CodeRef;

/// Constants in order of first use, without repetition.
#[derive(Default)]
pub(super) struct ConstTable {
    values: Vec<Constant>,
    index: HashMap<Constant, u32>,
    /// Code objects are the same when their contents are: a `finally` suite is compiled several times.
    codes: Vec<(CodeRef, u32)>,
}

impl ConstTable {
    /// The index of `value`, which is added if it is new.
    pub fn add(&mut self, value: Constant) -> u32 {
        let next = self.values.len() as u32;
        if let Constant::Code(code) = &value {
            if let Some((_, at)) = self.codes.iter().find(|(known, _)| known.same(code)) {
                return *at;
            }
            self.codes.push((code.clone(), next));
        } else {
            if let Some(at) = self.index.get(&value) {
                return *at;
            }
            self.index.insert(value.clone(), next);
        }
        self.values.push(value);
        next
    }

    /// The constants in order.
    pub fn into_values(self) -> Vec<Constant> {
        self.values
    }
}
