//! The values that a code object holds, out of its constants.

use std::sync::Arc;

use pvm_bytecode::{CodeObject, Constant, Text};

use super::{Code, Content};
use crate::core::object::Ref;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::number::complex::Complex;
use crate::str::Str;
use crate::{Heap, Vm};

/// The heap's string for a text.
pub fn text(heap: &mut Heap, text: &Text) -> Result<Ref<Str>, crate::heap::OutOfMemory> {
    match text.as_str() {
        Some(text) => heap.try_str(text),
        None => heap.str_from_code_points(text.code_points()),
    }
}

/// The interned string for a name.
pub(super) fn name(heap: &mut Heap, name: &Text) -> Ref<Str> {
    match name.as_str().filter(|name| name.is_ascii()) {
        Some(name) => heap.intern(name),
        None => {
            let name = text(heap, name).expect("names fit into memory");
            heap.intern_str(&name)
        }
    }
}

/// The string for a constant: those that look like names are interned, as CPython does.
pub(super) fn constant_text(heap: &mut Heap, value: &Text) -> Ref<Str> {
    match value.is_name_like() {
        true => name(heap, value),
        false => text(heap, value).expect("a text that fitted into memory as plain data"),
    }
}

/// All values of a code object. They are charged though they may pass the limit of memory: the next safepoint raises.
pub(super) fn content(vm: &mut Vm, raw: &Arc<CodeObject>) -> Content {
    vm.unlimited_vm(|vm| Content {
        consts: raw.consts.iter().map(|constant| part(vm, constant)).collect(),
        names: raw.names.iter().map(|text| name(vm, text)).collect(),
        locals: raw.localsplusnames.iter().map(|text| name(vm, text)).collect(),
        name: name(vm, &raw.name),
        qualname: name(vm, &raw.qualname),
        filename: name(vm, &raw.filename),
        raw: raw.clone(),
    })
}

fn part(vm: &mut Vm, constant: &Constant) -> Value {
    constant_value(vm, constant).unwrap_or_else(|_| panic!("a constant does not fit into memory"))
}

/// The value of a constant.
///
/// # Errors
/// `MemoryError`.
pub fn constant_value(vm: &mut Vm, constant: &Constant) -> PyResult {
    Ok(match constant {
        Constant::None => Value::none(),
        Constant::Bool(value) => Value::from_bool(*value),
        Constant::Ellipsis => Value::ellipsis(),
        Constant::Int(value) => vm.big_int(value.clone()),
        Constant::Float(value) => vm.float(*value),
        Constant::Complex(re, im) => vm.complex(Complex { re: *re, im: *im }),
        Constant::Str(value) if value.is_name_like() => name(vm, value).into(),
        Constant::Str(value) => text(vm, value)?.into(),
        Constant::Bytes(value) => vm.new_bytes(value)?.into(),
        Constant::Tuple(items) => {
            let items: Vec<Value> = items.iter().map(|item| constant_value(vm, item)).collect::<PyResult<_>>()?;
            vm.try_tuple(items)?.into()
        }
        Constant::FrozenSet(items) => {
            let items: Vec<Value> = items.iter().map(|item| constant_value(vm, item)).collect::<PyResult<_>>()?;
            let set = vm.try_tuple(items)?;
            vm.frozenset_of(&set.into())?.into()
        }
        Constant::Slice(parts) => {
            let [start, stop, step] = &**parts;
            let (start, stop, step) = (constant_value(vm, start)?, constant_value(vm, stop)?, constant_value(vm, step)?);
            vm.new_slice(start, stop, step).into()
        }
        Constant::StopIteration => crate::exceptions::STOP_ITERATION.to_value(),
        Constant::Code(code) => vm.alloc(Code::of(code.clone())).into(),
    })
}
