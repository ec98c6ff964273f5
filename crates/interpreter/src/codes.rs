//! Code objects on the heap out of those the compiler makes or a file holds.

use std::cell::Cell;
use std::sync::Arc;

use pvm_bytecode::{CodeObject, Constant, Text};
use pvm_object::code::Code;
use pvm_object::code::constants::{Constants, NoConstant};
use pvm_object::str::Str;
use pvm_object::{Object, PyResult, Ref, Value, Vm};

/// The heap's string for a text.
pub fn text(vm: &mut Vm, text: &Text) -> PyResult<Ref<Str>> {
    match text.as_str() {
        Some(text) => Ok(vm.try_str(text)?),
        None => Ok(vm.str_from_code_points(text.code_points())?),
    }
}

/// Names below this length are looked up before room is made for them.
const SHORT: usize = 256;

fn name(vm: &mut Vm, name: &Text) -> PyResult<Ref<Str>> {
    if let Some(name) = name.as_str().filter(|name| name.len() < SHORT && name.is_ascii()) {
        return Ok(vm.intern(name));
    }
    let name = text(vm, name)?;
    Ok(vm.intern_str(&name))
}

/// A code object on the heap, its constants as values.
pub fn from_raw(vm: &mut Vm, raw: Arc<CodeObject>) -> PyResult<Ref<Code>> {
    vm.check_recursion(" in code")?;
    let raw = match crate::interpreter::state(vm).setup.config.code_debug_ranges {
        true => raw,
        false => Arc::new(CodeObject { linetable: raw.linetable_without_columns().into(), ..(*raw).clone() }),
    };
    let consts: Vec<Value> = raw.consts.iter().map(|constant| constant_value(vm, constant)).collect::<PyResult<_>>()?;
    let names: Vec<Ref<Str>> = raw.names.iter().map(|text| name(vm, text)).collect::<PyResult<_>>()?;
    let locals: Vec<Ref<Str>> = raw.localsplusnames.iter().map(|text| name(vm, text)).collect::<PyResult<_>>()?;
    let (code_name, qualname, filename) = (name(vm, &raw.name)?, name(vm, &raw.qualname)?, name(vm, &raw.filename)?);
    Ok(vm.alloc(Code {
        raw,
        consts: consts.into(),
        names: names.into(),
        locals: locals.into(),
        name: code_name,
        qualname,
        filename,
        execution: Cell::new(std::ptr::null_mut()),
        drop_execution: Cell::new(None),
    }))
}

/// The value of a constant. Strings that look like names are interned, as CPython does.
pub fn constant_value(vm: &mut Vm, constant: &Constant) -> PyResult {
    Ok(match constant {
        Constant::None => Value::none(),
        Constant::Bool(value) => Value::from_bool(*value),
        Constant::Ellipsis => Value::ellipsis(),
        Constant::Int(value) => vm.big_int(value.clone()),
        Constant::Float(value) => vm.float(*value),
        Constant::Complex(re, im) => vm.complex(pvm_object::number::complex::Complex { re: *re, im: *im }),
        Constant::Str(value) => {
            if value.is_name_like() {
                name(vm, value)?.into()
            } else {
                text(vm, value)?.into()
            }
        }
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
        Constant::StopIteration => pvm_object::exceptions::STOP_ITERATION.to_value(),
        Constant::Code(code) => from_raw(vm, code.clone())?.into(),
    })
}

/// The constant that a value is; `None` where it is none. Instances of subclasses are none.
pub fn to_constant(vm: &mut Vm, value: &Value) -> PyResult<Option<Constant>> {
    match Constants::new(vm).of(value) {
        Ok(constant) => Ok(Some(constant)),
        Err(NoConstant::Class) => Ok(None),
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
