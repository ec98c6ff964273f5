//! Tables of constants that native modules are filled from.

use pvm_object::{PyResult, Value, Vm};

/// Names and their numbers.
pub type Numbers = [(&'static str, i64)];

/// Puts numbers into a module.
pub fn add(vm: &mut Vm, module: &Value, numbers: &Numbers) -> PyResult<()> {
    for &(name, number) in numbers {
        let (name, number) = (vm.intern(name), vm.int(number));
        vm.setattr(module, &name, &number)?;
    }
    Ok(())
}

/// Puts a value into a module.
pub fn set(vm: &mut Vm, module: &Value, name: &'static str, value: &Value) -> PyResult<()> {
    let name = vm.intern(name);
    vm.setattr(module, &name, value)
}
