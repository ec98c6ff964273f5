//! Issuing warnings from native code.

use pvm_object::types::Type;
use pvm_object::{Object, PyResult, Vm};

/// Issues a warning by way of the `warnings` module; nothing before that can be imported.
pub fn warn(vm: &mut Vm, category: &'static Object<Type>, message: &str, stack_level: usize) -> PyResult<()> {
    let modules = crate::interpreter::state(vm).modules(vm);
    let name = vm.intern("warnings");
    let Some(module) = modules.get_str(&name, vm) else { return Ok(()) };
    let warn = vm.intern("warn");
    let (message, level) = (vm.new_str(message), vm.int(stack_level as i64));
    let Some(function) = vm.find_attr(&module, &warn)? else { return Ok(()) };
    vm.call(&function, &[message.into(), category.to_value(), level])?;
    Ok(())
}
