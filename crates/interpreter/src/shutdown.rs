//! The end of an interpreter: modules are emptied so that what they hold ends in order.

use pvm_object::module::Module;
use pvm_object::{Value, Vm};

use crate::interpreter::state;
use crate::uncaught::{self, Ending};

/// What is done when the program has ended, before modules go: other threads are waited for, functions that were registered
/// with `atexit` are called, and the standard streams flushed (`Py_FinalizeEx`).
pub fn finish(vm: &mut Vm, ending: Ending) -> Ending {
    for (module, function) in [("threading", "_shutdown"), ("atexit", "_run_exitfuncs")] {
        let (module, function) = (vm.intern(module), vm.intern(function));
        if let Some(module) = state(vm).modules(vm).get_str(&module, vm)
            && let Err(raised) = vm.call_method(&module, &function, &[])
        {
            let exception = vm.catch(raised);
            crate::unraisable::report(vm, exception, None, Some(&module));
        }
    }
    let flushed = [uncaught::flush(vm, "stdout"), uncaught::flush(vm, "stderr")];
    if flushed.contains(&false) && ending == Ending::Status(0) { Ending::Status(FLUSH_FAILED) } else { ending }
}

/// The exit code of a program whose output could not all be written.
const FLUSH_FAILED: u8 = 120;

/// Empties `sys.modules` and the modules that were in it.
pub fn clear_modules(vm: &mut Vm) {
    let modules = crate::interpreter::state(vm).modules(vm);
    let values: Vec<Value> = modules.entries(vm).map(|(_, value)| value.to_owned()).collect();
    modules.clear(vm);
    vm.collect();
    for module in values.into_iter().rev() {
        if let Some(module) = module.downcast::<Module>() {
            let dict = module.dict().to_ref();
            dict.clear(vm);
        }
        vm.release(module);
    }
    vm.collect();
}
