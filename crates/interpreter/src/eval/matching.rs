//! Pattern matching (PEP 634).

use pvm_object::str::Str;
use pvm_object::tuple::Tuple;
use pvm_object::types::{Type, type_flag};
use pvm_object::{Object, PyResult, Slot, Value, Vm, names};

use super::stack::{drop_top, finish, peek, push};
use crate::frame::Frame;

pub(super) unsafe fn match_mapping(_vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand, which stays.
    unsafe {
        let fits = peek(sp, 1).ty().has_flags(type_flag::MAPPING);
        Ok(push(sp, Value::from_bool(fits)))
    }
}

pub(super) unsafe fn match_sequence(_vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: one operand, which stays.
    unsafe {
        let fits = peek(sp, 1).ty().has_flags(type_flag::SEQUENCE);
        Ok(push(sp, Value::from_bool(fits)))
    }
}

pub(super) unsafe fn match_keys(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, _oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: two operands, which stay: the subject and the keys.
    unsafe {
        let values = values_of(vm, &peek(sp, 2), &peek(sp, 1))?;
        Ok(push(sp, values))
    }
}

/// The values under all keys, or `None` where one is missing.
fn values_of(vm: &mut Vm, subject: &Value, keys: &Value) -> PyResult {
    let Some(keys) = keys.downcast::<Tuple>() else { return Err(vm.system_error(format_args!("MATCH_KEYS without keys"))) };
    if keys.is_empty() {
        return Ok(vm.new_tuple(vec![]).into());
    }
    let get = vm.getattr(subject, &names::get)?;
    let missing: Value = vm.alloc(pvm_object::types::Instance).into();
    let (seen, mut values) = (vm.new_dict(), Vec::with_capacity(keys.len()));
    for key in keys.as_slice() {
        if seen.get(key, vm)?.is_some() {
            let key = vm.repr(key)?;
            return Err(vm.value_error(format_args!("mapping pattern checks duplicate key ({key})")));
        }
        seen.set(key, Value::none(), vm)?;
        let value = vm.call(&get, &[key.clone(), missing.clone()])?;
        if value.is(&missing) {
            return Ok(Value::none());
        }
        values.push(value);
    }
    Ok(vm.try_tuple(values)?.into())
}

pub(super) unsafe fn match_class(vm: &mut Vm, _frame: *mut Frame, sp: *mut Slot, oparg: usize) -> PyResult<*mut Slot> {
    // SAFETY: three operands: the subject, the class, the names of keyword patterns.
    unsafe {
        let attributes = attributes_of(vm, &peek(sp, 3), &peek(sp, 2), oparg, &peek(sp, 1))?;
        let sp = drop_top(vm, sp, 2);
        Ok(finish(vm, sp, 1, attributes))
    }
}

/// The attributes that the patterns of `Class(…)` look at, or `None` where the subject is no instance or lacks one.
fn attributes_of(vm: &mut Vm, subject: &Value, class: &Value, positional: usize, keywords: &Value) -> PyResult {
    let Some(class_object) = class.downcast::<Type>() else {
        return Err(vm.type_error(format_args!("called match pattern must be a class")));
    };
    if !vm.is_instance(subject, class)? {
        return Ok(Value::none());
    }
    let Some(keywords) = keywords.downcast::<Tuple>() else {
        return Err(vm.system_error(format_args!("MATCH_CLASS without names")));
    };
    let mut seen: Vec<Value> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    if positional > 0 && !positional_attributes(vm, subject, class, class_object, positional, &mut seen, &mut values)? {
        return Ok(Value::none());
    }
    for name in keywords.as_slice() {
        match attribute(vm, subject, class_object, name, &mut seen)? {
            Some(value) => values.push(value),
            None => return Ok(Value::none()),
        }
    }
    Ok(vm.try_tuple(values)?.into())
}

fn positional_attributes(
    vm: &mut Vm,
    subject: &Value,
    class: &Value,
    class_object: &Object<Type>,
    positional: usize,
    seen: &mut Vec<Value>,
    values: &mut Vec<Value>,
) -> PyResult<bool> {
    let match_args = vm.find_attr(class, &names::__match_args__)?;
    let mut match_self = false;
    let match_args: Vec<Value> = match &match_args {
        None => {
            match_self = class_object.has_flags(type_flag::MATCH_SELF);
            Vec::new()
        }
        Some(args) => match args.downcast::<Tuple>() {
            Some(args) => args.as_slice().to_vec(),
            None => {
                let (name, kind) = (class_object.name().to_owned(), vm.type_name(args));
                return Err(vm.type_error(format_args!("{name}.__match_args__ must be a tuple (got {kind})")));
            }
        },
    };
    let allowed = if match_self { 1 } else { match_args.len() };
    if allowed < positional {
        let (name, plural) = (class_object.name().to_owned(), if allowed == 1 { "" } else { "s" });
        return Err(vm.type_error(format_args!("{name}() accepts {allowed} positional sub-pattern{plural} ({positional} given)")));
    }
    if match_self {
        values.push(subject.clone());
        return Ok(true);
    }
    for name in &match_args[..positional] {
        if !name.is_instance_of::<Str>() {
            let kind = vm.type_name(name);
            return Err(vm.type_error(format_args!("__match_args__ elements must be strings (got {kind})")));
        }
        match attribute(vm, subject, class_object, name, seen)? {
            Some(value) => values.push(value),
            None => return Ok(false),
        }
    }
    Ok(true)
}

fn attribute(vm: &mut Vm, subject: &Value, class: &Object<Type>, name: &Value, seen: &mut Vec<Value>) -> PyResult<Option<Value>> {
    for known in seen.iter() {
        if vm.eq(known, name)? {
            let (class, name) = (class.name().to_owned(), vm.repr(name)?);
            return Err(vm.type_error(format_args!("{class}() got multiple sub-patterns for attribute {name}")));
        }
    }
    seen.push(name.clone());
    let name = vm.attribute_name(name)?;
    vm.find_attr(subject, &name)
}
