//! Safepoints: serving what other threads, signals and the collector ask of running code.

use pvm_object::heap::request;
use pvm_object::{PyResult, Vm};

/// Serves the requests that wait.
#[cold]
#[inline(never)]
pub fn serve(vm: &mut Vm) -> PyResult<()> {
    let requests = vm.heap_state().requests();
    if requests & request::SWITCH != 0 {
        vm.heap_state().clear_requests(request::SWITCH);
        vm.make_way();
    }
    if requests & request::COLLECT != 0 {
        vm.collect_if_due();
    }
    if requests & request::MEMORY != 0 {
        vm.heap_state().clear_requests(request::MEMORY);
        return Err(vm.memory_error());
    }
    if requests & request::SIGNAL != 0 {
        vm.heap_state().clear_requests(request::SIGNAL);
        crate::signals::deliver(vm)?;
    }
    if requests & request::INTERRUPT != 0 {
        vm.heap_state().clear_requests(request::INTERRUPT);
        let exception = vm.new_exception(pvm_object::exceptions::KEYBOARD_INTERRUPT.get(), vec![]);
        return Err(vm.raise(exception));
    }
    Ok(())
}
