//! `sys`: the machine as programs see it.

mod functions;
mod info;
pub mod records;

use pvm_object::module::Module;
use pvm_object::{PyResult, Ref, Value, Vm};

use crate::interpreter::state;

pub use info::{VERSION, version};

/// Makes the module, with what does not depend on the library.
pub fn create(vm: &mut Vm) -> PyResult<Ref<Module>> {
    let dict = state(vm).sys_dict(vm);
    let module = vm.new_module_with_dict("sys", Some(DOC), dict)?;
    crate::import::native::fill(vm, &module, &functions::MODULE)?;
    info::fill(vm, &module)?;
    Ok(module)
}

/// Sets an attribute of `sys`.
pub fn set(vm: &mut Vm, name: &str, value: Value) -> PyResult<()> {
    let name = vm.intern(name);
    let dict = state(vm).sys_dict(vm);
    dict.set_str(&name, value, vm)
}

/// An attribute of `sys`.
pub fn get(vm: &mut Vm, name: &str) -> Option<Value> {
    let name = vm.intern(name);
    let dict = state(vm).sys_dict(vm);
    dict.get_str(&name, vm)
}

const DOC: &str = "This module provides access to some objects used or maintained by the\ninterpreter and to functions that interact strongly with the interpreter.";
