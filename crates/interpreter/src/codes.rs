//! Code objects on the heap out of those the compiler makes or a file holds.

use std::sync::Arc;

use pvm_bytecode::frozen::CodeRef;
use pvm_bytecode::{CodeObject, Constant, Text};
use pvm_object::code::Code;
use pvm_object::code::constants::{Constants, NoConstant};
use pvm_object::str::Str;
use pvm_object::types::Type;
use pvm_object::{Object, PyResult, Ref, Value, Vm};

pub use pvm_object::code::values::{constant_value, text};

/// A code object on the heap. Its constants become values when they are needed.
pub fn from_raw(vm: &mut Vm, raw: impl Into<CodeRef>) -> PyResult<Ref<Code>> {
    let raw = raw.into();
    let raw = match crate::interpreter::state(vm).setup.config.code_debug_ranges {
        true => raw,
        false => without_columns(vm, &raw)?,
    };
    Ok(vm.alloc(Code::of(raw)))
}

/// The code, and all within it, with nothing but lines in its location tables.
fn without_columns(vm: &mut Vm, raw: &CodeRef) -> PyResult<CodeRef> {
    vm.check_recursion(" in code")?;
    let mut code = CodeObject { linetable: raw.linetable_without_columns().into(), ..(***raw).clone() };
    let consts: Vec<Constant> = code
        .consts
        .iter()
        .map(|constant| match constant {
            Constant::Code(inner) => Ok(Constant::Code(without_columns(vm, inner)?)),
            other => Ok(other.clone()),
        })
        .collect::<PyResult<_>>()?;
    code.consts = consts.into();
    Ok(Arc::new(code).into())
}

/// The constant that a value is; where it is none, the class that stands in the way. Instances of subclasses are none.
pub fn to_constant(vm: &mut Vm, value: &Value) -> PyResult<Result<Constant, Ref<Type>>> {
    match Constants::new(vm).of(value) {
        Ok(constant) => Ok(Ok(constant)),
        Err(NoConstant::Class(class)) => Ok(Err(class)),
        Err(NoConstant::Depth) => Err(vm.recursion_error(format_args!("maximum recursion depth exceeded in constants"))),
    }
}

/// The text of a string, surrogates and all; `None` where the text has no form for it.
pub fn text_of(string: &Object<Str>) -> Option<Text> {
    match string.as_str() {
        Some(text) => Some(Text::from(text)),
        None => Text::from_code_points(string.view().code_points()),
    }
}
