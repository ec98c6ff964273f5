//! `AttributeError` with the object and the name it is about.

use std::fmt;

use pvm_macros::pymethods;

use super::fields::{attributes, exception_class, keywords, object_field};
use super::{BaseException, EXCEPTION, ExceptionFields, base};
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::{PyResult, Raised};
use crate::str::Str;
use crate::types::Slots;
use crate::{Heap, Vm, names};

/// The native half of an `AttributeError`.
#[derive(pvm_macros::Trace)]
#[repr(C)]
pub struct AttributeError {
    base: BaseException,
    name: HeapCell<Option<Value>>,
    obj: HeapCell<Option<Value>>,
}

exception_class! {
    /// `AttributeError`.
    pub ATTRIBUTE_ERROR: AttributeError = "AttributeError", "Attribute not found." {
        base: EXCEPTION,
        members: [
            AttributeError::PY_MEMBERS,
            &[
                object_field!(AttributeError, name, "name", "attribute name"),
                object_field!(AttributeError, obj, "obj", "object")
            ]
        ],
        slots: Slots::new().with_init(init),
    }
}

impl ExceptionFields for AttributeError {
    fn with(base: BaseException) -> AttributeError {
        AttributeError { base, name: HeapCell::new(None), obj: HeapCell::new(None) }
    }
}

fn init(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    base::set_args(vm, this, args)?;
    let [name, obj] = keywords(vm, "AttributeError", args, ["name", "obj"])?;
    let this = this.downcast::<AttributeError>().expect("the slot belongs to attribute errors");
    this.name.set(name, vm);
    this.obj.set(obj, vm);
    Ok(())
}

#[pymethods]
impl AttributeError {
    // The object is left out: it can rarely be pickled.
    #[text_signature = "($self, /)"]
    #[name = "__getstate__"]
    fn getstate(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Dict>> {
        let state = match attributes(vm, &this.to_value())? {
            Some(dict) => dict.copy(vm)?,
            None => vm.new_dict(),
        };
        if let Some(name) = this.name.get(vm) {
            state.set_str(&names::name, name, vm)?;
        }
        let args = this.base.args(vm);
        state.set_str(&names::args, args.into(), vm)?;
        Ok(state)
    }

    #[text_signature = "($self, /)"]
    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let state = AttributeError::getstate(this, vm)?;
        let (class, args) = (this.ty().to_value(), this.base.args(vm));
        Ok(vm.new_tuple(vec![class, args.into(), state.into()]).into())
    }
}

impl AttributeError {
    /// `name`.
    pub fn name(&self, heap: &Heap) -> Option<Value> {
        self.name.get(heap)
    }

    /// `obj`.
    pub fn obj(&self, heap: &Heap) -> Option<Value> {
        self.obj.get(heap)
    }

    /// Tells suggestions what was looked for and where, where neither is known yet (`_PyObject_SetAttributeErrorContext`).
    pub fn set_place(&self, object: &Value, name: &Object<Str>, heap: &mut Heap) {
        if self.name.borrow(heap).is_none() && self.obj.borrow(heap).is_none() {
            self.name.set(Some(name.to_value()), heap);
            self.obj.set(Some(object.clone()), heap);
        }
    }
}

impl Heap {
    /// Raises an `AttributeError` that tells suggestions where to look.
    #[cold]
    pub fn attribute_error_on(&mut self, object: &Value, name: &Object<Str>, message: fmt::Arguments<'_>) -> Raised {
        let message = self.new_str(&message.to_string());
        let exception = self.new_exception(&ATTRIBUTE_ERROR, vec![message.into()]);
        if let Some(error) = exception.as_value().downcast::<AttributeError>() {
            error.set_place(object, name, self);
        }
        self.raise(exception)
    }
}
