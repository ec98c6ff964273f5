//! Safepoints: serving what other threads, signals and the collector ask of running code.

use pvm_object::exceptions::KEYBOARD_INTERRUPT;
use pvm_object::heap::request;
use pvm_object::{PyResult, Vm};

/// Serves the requests that wait.
#[cold]
#[inline(never)]
pub fn serve(vm: &mut Vm) -> PyResult<()> {
    if vm.heap_state().requests() & request::SWITCH != 0 {
        vm.heap_state().clear_requests(request::SWITCH);
        vm.make_way();
    }
    let requests = vm.heap_state().requests();
    if requests & request::STOP != 0 {
        return Err(vm.told_to_stop());
    }
    if requests & request::COLLECT != 0 {
        vm.collect_if_due();
    }
    if requests & request::MEMORY != 0 {
        vm.serve_memory_request()?;
    }
    if requests & request::OF_ONE_THREAD != 0 {
        // Another thread that is asked finds its requests at its bell when it runs next.
        vm.heap_state().clear_requests(request::OF_ONE_THREAD);
        let own = vm.thread().bell().take_requests(request::OF_ONE_THREAD);
        if own & request::INTERRUPT != 0 {
            if own & request::SIGNAL != 0 {
                vm.thread().bell().ask(request::SIGNAL);
                vm.request(request::SIGNAL);
            }
            let exception = vm.new_exception(KEYBOARD_INTERRUPT.get(), vec![]);
            return Err(vm.raise(exception));
        }
        if own & request::SIGNAL != 0 {
            crate::signals::deliver(vm)?;
        }
    }
    Ok(())
}

/// Whether the program is to end: no handler gets an exception any more, so that all frames end.
#[inline]
pub(crate) fn is_stopping(vm: &Vm) -> bool {
    vm.heap_state().requests() & request::STOP != 0
}

/// Whether the program is to end, or has hardly any memory left: what only helps to understand it is not made then.
pub(crate) fn is_in_need(vm: &Vm) -> bool {
    is_stopping(vm) || vm.heap_state().is_short_of_memory()
}
