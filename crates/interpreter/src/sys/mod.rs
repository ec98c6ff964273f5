//! `sys`: the machine as programs see it.

mod audit;
mod frames;
mod functions;
mod hooks;
mod info;
mod jit;
mod limits;
pub mod records;
mod stdlib_names;
mod tracing;

use pvm_object::module::Module;
use pvm_object::{PyResult, Ref, Value, Vm};

use crate::import::native;
use crate::interpreter::state;

pub use info::{VERSION, version};

/// Makes the module, with what does not depend on the library.
pub fn create(vm: &mut Vm) -> PyResult<Ref<Module>> {
    let dict = state(vm).sys_dict(vm);
    let module = vm.new_module_with_dict("sys", Some(DOC), dict)?;
    for def in [&audit::MODULE, &frames::MODULE, &functions::MODULE, &hooks::MODULE, &limits::MODULE, &tracing::MODULE] {
        native::fill(vm, &module, def)?;
    }
    info::fill(vm, &module)?;
    for def in [&jit::MODULE, &crate::monitoring::module::MODULE] {
        let part = native::create(vm, def)?;
        native::initialise(vm, &part.to_value(), def)?;
        let name = def.name.trim_start_matches("sys.");
        set(vm, name, part.into())?;
    }
    for hook in ["breakpointhook", "displayhook", "excepthook", "unraisablehook"] {
        if let Some(original) = get(vm, hook) {
            set(vm, &format!("__{hook}__"), original)?;
        }
    }
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
