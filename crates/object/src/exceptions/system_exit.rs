//! `SystemExit` and its code.

use super::fields::{exception_class, object_field};
use super::{BASE_EXCEPTION, BaseException, ExceptionFields, base};
use crate::core::cell::HeapCell;
use crate::core::object::Object;
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::tuple::Tuple;
use crate::types::Slots;
use crate::{Heap, Vm};

/// The native half of a `SystemExit`.
#[derive(pvm_macros::Trace)]
#[repr(C)]
pub struct SystemExit {
    base: BaseException,
    code: HeapCell<Option<Value>>,
}

exception_class! {
    /// `SystemExit`.
    pub SYSTEM_EXIT: SystemExit = "SystemExit", "Request to exit from the interpreter." {
        base: BASE_EXCEPTION,
        members: [&[object_field!(SystemExit, code, "code", "exception code")]],
        slots: Slots::new().with_init(init),
    }
}

/// The class has an `__init__` of its own, which sets the code.
fn init(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    base::init(vm, this, args)
}

impl ExceptionFields for SystemExit {
    fn with(base: BaseException) -> SystemExit {
        SystemExit { base, code: HeapCell::new(None) }
    }

    fn adopt(&self, args: &Object<Tuple>, heap: &mut Heap) {
        let code = match args.as_slice() {
            [] => return,
            [only] => only.clone(),
            _ => args.to_value(),
        };
        self.code.set(Some(code), heap);
    }
}

impl SystemExit {
    /// `code`.
    pub fn code(&self, heap: &Heap) -> Option<Value> {
        self.code.get(heap)
    }
}
