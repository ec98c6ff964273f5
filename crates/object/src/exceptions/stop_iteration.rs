//! `StopIteration` and the value it carries.

use super::fields::{exception_class, object_field};
use super::{BaseException, EXCEPTION, ExceptionFields, base};
use crate::core::cell::HeapCell;
use crate::core::object::Object;
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::tuple::Tuple;
use crate::types::Slots;
use crate::{Heap, Vm};

/// The native half of a `StopIteration`.
#[derive(pvm_macros::Trace)]
#[repr(C)]
pub struct StopIteration {
    base: BaseException,
    value: HeapCell<Option<Value>>,
}

exception_class! {
    /// `StopIteration`.
    pub STOP_ITERATION: StopIteration = "StopIteration", "Signal the end from iterator.__next__()." {
        base: EXCEPTION,
        members: [&[object_field!(StopIteration, value, "value", "generator return value")]],
        slots: Slots::new().with_init(init),
    }
}

/// The class has an `__init__` of its own, which sets the value.
fn init(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    base::init(vm, this, args)
}

impl ExceptionFields for StopIteration {
    fn with(base: BaseException) -> StopIteration {
        StopIteration { base, value: HeapCell::new(None) }
    }

    fn adopt(&self, args: &Object<Tuple>, heap: &mut Heap) {
        let value = args.as_slice().first().cloned().unwrap_or_else(Value::none);
        self.value.set(Some(value), heap);
    }
}

impl Heap {
    /// The value that a `StopIteration` carries.
    pub fn stop_iteration_value(&mut self, stop: &Object<BaseException>) -> Value {
        let value = stop.as_value().downcast::<StopIteration>().and_then(|stop| stop.value.get(self));
        value.unwrap_or_else(Value::none)
    }

    /// Raises `StopIteration(value)`; without an argument where the value is `None` (`_PyGen_SetStopIterationValue`).
    pub fn stop_iteration_with(&mut self, value: Value) -> Raised {
        let args = if value.is_none() { vec![] } else { vec![value] };
        let exception = self.new_exception(&STOP_ITERATION, args);
        self.raise(exception)
    }
}
