//! The end of an interpreter: modules are emptied so that what they hold ends in order.

use pvm_object::module::Module;
use pvm_object::{Value, Vm};

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
