//! `__dict__` and `__weakref__` of instances, as properties of the first class that has them.

use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::PyResult;
use crate::native::GetSetDef;
use crate::types::{OBJECT_TYPE, Type, instance};
use crate::{Vm, names};

/// `__dict__`.
pub(crate) static DICT: GetSetDef = DICT_OF_INSTANCES;

const DICT_OF_INSTANCES: GetSetDef = GetSetDef {
    name: "__dict__",
    doc: Some("dictionary for instance variables"),
    get: |vm, this| {
        let native = native_descriptor(vm, this);
        match native.as_ref().and_then(|descriptor| Some((descriptor, descriptor.ty().slots().descr_get()?))) {
            Some((descriptor, get)) => get(vm, descriptor, Some(this), Some(&this.ty().as_value())),
            None => get_dict(vm, this),
        }
    },
    set: Some(|vm, this, value| {
        let native = native_descriptor(vm, this);
        match native.as_ref().and_then(|descriptor| Some((descriptor, descriptor.ty().slots().descr_set()?))) {
            Some((descriptor, set)) => set(vm, descriptor, this, value),
            None => set_dict(vm, this, value),
        }
    }),
    is_member: false,
};

/// The property of the native class that gave an instance its `__dict__`, where one did: a class made at run time may come
/// before it in the order and yet has no say (`get_builtin_base_with_dict`).
fn native_descriptor(vm: &Vm, this: &Value) -> Option<Value> {
    if std::ptr::eq(this.ty().native(), OBJECT_TYPE.get()) {
        return None;
    }
    let mut order = this.ty().mro(vm).as_slice().iter().filter_map(|class| class.downcast::<Type>());
    order.find_map(|class| match class.is_heap_type() {
        true => None,
        false => class.dict(vm).get_str(&names::__dict__, vm),
    })
}

/// `__dict__` of a static class.
pub(crate) static STATIC_DICT: GetSetDef = GetSetDef {
    doc: None,
    get: get_dict,
    set: Some(|vm, this, value| match value {
        Some(_) => set_dict(vm, this, value),
        None => Err(vm.type_error(format_args!("cannot delete __dict__"))),
    }),
    ..DICT_OF_INSTANCES
};

/// `__weakref__`.
pub(crate) static WEAKREF: GetSetDef = GetSetDef {
    name: "__weakref__",
    doc: Some("list of weak references to the object"),
    get: get_weakref,
    set: None,
    is_member: false,
};

/// The `__dict__` of a value.
pub fn get_dict(vm: &mut Vm, this: &Value) -> PyResult {
    let dict = match this.header() {
        Some(header) => instance::dict(vm, header)?,
        None => None,
    };
    match dict {
        Some(dict) => Ok(dict.into()),
        None => {
            let kind = vm.type_name(this);
            Err(vm.attribute_error(format_args!("'{kind}' object has no attribute '__dict__'")))
        }
    }
}

/// Replaces the `__dict__` of a value; deleting it leaves an empty one.
pub fn set_dict(vm: &mut Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let dict = match value {
        None => vm.new_dict(),
        Some(value) => match value.downcast::<Dict>() {
            Some(dict) => dict.to_ref(),
            None => {
                let kind = vm.type_name(value);
                return Err(vm.type_error(format_args!("__dict__ must be set to a dictionary, not a '{kind}'")));
            }
        },
    };
    if let Some(header) = this.header() {
        instance::set_dict(vm, header, dict);
    }
    Ok(())
}

fn get_weakref(vm: &mut Vm, this: &Value) -> PyResult {
    Ok(vm.weak_references(this).into_iter().next().map_or_else(Value::none, Value::from))
}
