//! `NameError` and the name it is about.

use std::fmt;

use super::fields::{exception_class, keywords, object_field};
use super::{BaseException, EXCEPTION, ExceptionFields, UNBOUND_LOCAL_ERROR, base};
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Static};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::str::Str;
use crate::types::{Slots, Type};
use crate::{Heap, Vm};

/// The native half of a `NameError`.
#[derive(pvm_macros::Trace)]
#[repr(C)]
pub struct NameError {
    base: BaseException,
    name: HeapCell<Option<Value>>,
}

exception_class! {
    /// `NameError`.
    pub NAME_ERROR: NameError = "NameError", "Name not found globally." {
        base: EXCEPTION,
        members: [&[object_field!(NameError, name, "name", "name")]],
        slots: Slots::new().with_init(init),
    }
}

impl ExceptionFields for NameError {
    fn with(base: BaseException) -> NameError {
        NameError { base, name: HeapCell::new(None) }
    }
}

impl NameError {
    /// `name`.
    pub fn name(&self, heap: &Heap) -> Option<Value> {
        self.name.get(heap)
    }
}

fn init(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    base::set_args(vm, this, args)?;
    let [name] = keywords(vm, "NameError", args, ["name"])?;
    let this = this.downcast::<NameError>().expect("the slot belongs to name errors");
    this.name.set(name, vm);
    Ok(())
}

impl Heap {
    fn raise_name_error(&mut self, class: &'static Static<Type>, name: &Object<Str>, message: fmt::Arguments<'_>) -> Raised {
        let message = self.new_str(&message.to_string());
        let exception = self.new_exception(class, vec![message.into()]);
        if let Some(error) = exception.as_value().downcast::<NameError>() {
            error.name.set(Some(name.to_value()), self);
        }
        self.raise(exception)
    }

    /// Raises a `NameError` that tells suggestions which name is meant.
    #[cold]
    pub fn name_error_on(&mut self, name: &Object<Str>, message: fmt::Arguments<'_>) -> Raised {
        self.raise_name_error(&NAME_ERROR, name, message)
    }

    /// Raises `NameError: name 'x' is not defined`.
    #[cold]
    pub fn undefined_name(&mut self, name: &Object<Str>) -> Raised {
        let text = name.to_string();
        self.name_error_on(name, format_args!("name '{text}' is not defined"))
    }

    /// Raises an `UnboundLocalError`, which has no `name`, as CPython's has none.
    #[cold]
    pub fn unbound_local_error(&mut self, message: fmt::Arguments<'_>) -> Raised {
        self.raise_message(&UNBOUND_LOCAL_ERROR, message)
    }
}
