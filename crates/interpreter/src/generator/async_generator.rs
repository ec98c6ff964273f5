//! Asynchronous generators (PEP 525): the awaitables of their methods.

use pvm_object::trace::{Trace, Visitor};
use pvm_object::types::{NativeLayout, OBJECT_TYPE, PyClass, Slots, Type, TypeDef};
use pvm_object::{PyResult, Static, Value, Vm};

/// The native half of a value that an asynchronous generator yields to its consumer, told from what it passes through from
/// an `await` inside.
pub struct WrappedValue {
    value: Value,
}

// SAFETY: the value is visited once.
unsafe impl Trace for WrappedValue {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.value.trace(visitor);
    }
}

static LAYOUT: NativeLayout = NativeLayout::of::<WrappedValue>();
static DEF: TypeDef =
    TypeDef { name: "async_generator_wrapped_value", module: "builtins", full_name: "async_generator_wrapped_value", doc: None, base: Some(&OBJECT_TYPE), also: None, members: &[], flags: 0 };
/// The class of values yielded by asynchronous generators.
pub static WRAPPED_VALUE_TYPE: Static<Type> = Static::new_class(&DEF, &LAYOUT, Slots::new());

// SAFETY: the static is declared with the layout of `WrappedValue`.
unsafe impl PyClass for WrappedValue {
    const TYPE: &'static Static<Type> = &WRAPPED_VALUE_TYPE;
}

impl WrappedValue {
    /// What was yielded.
    pub fn value(&self) -> &Value {
        &self.value
    }
}

/// Marks a value as yielded to the consumer.
pub(crate) fn wrap(vm: &mut Vm, value: &Value) -> PyResult {
    Ok(vm.alloc(WrappedValue { value: value.clone() }).into())
}
