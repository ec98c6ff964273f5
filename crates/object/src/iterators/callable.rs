//! `iter(callable, sentinel)`.

use pvm_macros::{pyclass, pymethods};

use super::{builtin, reduced};
use crate::Vm;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::exceptions;
use crate::tuple::{Tuple, empty};

/// Calls a function again and again, until it returns a value that equals the sentinel.
#[pyclass(name = "callable_iterator", final)]
pub struct CallableIterator {
    /// The function and the sentinel; none at the end.
    source: HeapCell<Option<(Value, Value)>>,
}

impl CallableIterator {
    /// An iterator that calls `callable` until it returns `sentinel`.
    pub fn new(callable: Value, sentinel: Value) -> CallableIterator {
        CallableIterator { source: HeapCell::new(Some((callable, sentinel))) }
    }
}

#[pymethods]
impl CallableIterator {
    fn __iter__(this: &Object<CallableIterator>) -> Value {
        this.to_value()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let Some((callable, sentinel)) = self.source.get(vm) else {
            return Ok(None);
        };
        match vm.call(&callable, &[]) {
            // The call may have used the iterator up.
            Ok(value) => match self.source.borrow(vm).is_some() {
                true if vm.eq(&value, &sentinel)? => {
                    self.source.set(None, vm);
                    Ok(None)
                }
                true => Ok(Some(value)),
                false => Ok(None),
            },
            Err(_) if vm.pending_is(exceptions::STOP_ITERATION.get()) => {
                drop(vm.take_pending());
                self.source.set(None, vm);
                Ok(None)
            }
            Err(raised) => Err(raised),
        }
    }

    /// What pickling needs.
    fn __reduce__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let function = builtin("iter", vm)?;
        let Some((callable, sentinel)) = self.source.get(vm) else {
            return reduced(function, empty().to_value(), None, vm);
        };
        let arguments = vm.try_tuple([callable, sentinel])?;
        Ok(vm.try_tuple([function, arguments.into()])?)
    }
}
