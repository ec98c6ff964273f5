//! `builtins`: the functions and classes every program sees.

mod attributes;
mod build_class;
mod compile;
mod iteration;
mod numbers;
mod output;
mod sum;
mod types;

use pvm_object::module::Module;
use pvm_object::{PyResult, Ref, Value, Vm, exceptions, names};

use crate::interpreter::state;

/// Makes the module.
pub fn create(vm: &mut Vm) -> PyResult<Ref<Module>> {
    let dict = state(vm).builtins_ref(vm);
    let module = vm.new_module_with_dict("builtins", Some(DOC), dict.clone())?;
    for def in
        [&attributes::MODULE, &build_class::MODULE, &compile::MODULE, &iteration::MODULE, &numbers::MODULE, &output::MODULE]
    {
        crate::import::native::fill(vm, &module, def)?;
    }
    for class in types::TYPES {
        class.ready();
        let name = vm.intern(class.short_name());
        dict.set_str(&name, class.to_value(), vm)?;
    }
    for class in exceptions::all() {
        class.ready();
        let name = vm.intern(class.short_name());
        dict.set_str(&name, class.to_value(), vm)?;
    }
    for alias in exceptions::OS_ERROR_ALIASES {
        let name = vm.intern(alias);
        dict.set_str(&name, exceptions::OS_ERROR.to_value(), vm)?;
    }
    let constants = [
        ("None", Value::none()),
        ("True", Value::from_bool(true)),
        ("False", Value::from_bool(false)),
        ("Ellipsis", Value::ellipsis()),
        ("NotImplemented", Value::not_implemented()),
        ("__debug__", Value::from_bool(state(vm).setup.config.optimize == 0)),
    ];
    for (name, value) in constants {
        let name = vm.intern(name);
        dict.set_str(&name, value, vm)?;
    }
    if let Some(import) = dict.get_str(&names::__import__, vm) {
        state(vm).set_own_import(import);
    }
    Ok(module)
}

const DOC: &str = "Built-in functions, types, exceptions, and other objects.\n\nThis module provides direct access to all 'built-in'\nidentifiers of Python; for example, builtins.len is\nthe full name for the built-in function len().\n\nThis module is not normally accessed explicitly by most\napplications, but can be useful in modules that provide\nobjects with the same name as a built-in value, but in\nwhich the built-in of that name is also needed.";
