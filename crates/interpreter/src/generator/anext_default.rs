//! The awaitable of `anext(iterator, default)`.

use pvm_macros::{pyclass, pymethods};
use pvm_object::types::slots::Sent;
use pvm_object::{Args, Object, PyResult, Value, Vm, exceptions, names};

use super::awaitable::iterator_of;

/// An awaitable that gives a default where the one it wraps ends an asynchronous iteration.
#[pyclass(name = "anext_awaitable", final)]
pub struct AnextDefault {
    awaitable: Value,
    default: Value,
}

/// The awaitable of `anext` with a default.
pub(crate) fn new(vm: &mut Vm, awaitable: Value, default: Value) -> PyResult {
    Ok(vm.alloc(AnextDefault { awaitable, default }).into())
}

impl AnextDefault {
    /// A step of what is wrapped; its end becomes the default.
    fn settle(&self, vm: &mut Vm, step: PyResult) -> PyResult {
        match step {
            Err(_) if vm.pending_is(exceptions::STOP_ASYNC_ITERATION.get()) => {
                drop(vm.take_pending());
                Err(vm.stop_iteration_with(self.default.clone()))
            }
            step => step,
        }
    }

    fn call(&self, vm: &mut Vm, method: &Object<pvm_object::str::Str>, args: &[Value]) -> PyResult {
        let iterator = iterator_of(vm, &self.awaitable, 0)?;
        let step = vm.call_method(&iterator, method, args);
        self.settle(vm, step)
    }
}

#[pymethods]
impl AnextDefault {
    fn __await__(this: &Object<Self>) -> Value {
        this.to_value()
    }

    fn __iter__(this: &Object<Self>) -> Value {
        this.to_value()
    }

    fn __next__(&self, vm: &mut Vm) -> PyResult<Option<Value>> {
        let iterator = iterator_of(vm, &self.awaitable, 0)?;
        let step = match pvm_object::types::dunder::send(vm, &iterator, Value::none()) {
            Ok(Sent::Yielded(item)) => Ok(item),
            Ok(Sent::Returned(value)) => Err(vm.stop_iteration_with(value)),
            Err(raised) => Err(raised),
        };
        self.settle(vm, step).map(Some)
    }

    fn send(&self, vm: &mut Vm, value: Value) -> PyResult {
        self.call(vm, &names::send, &[value])
    }

    fn throw(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        self.call(vm, &names::throw, &args.to_values())
    }

    fn close(&self, vm: &mut Vm) -> PyResult {
        self.call(vm, &names::close, &[])
    }
}
