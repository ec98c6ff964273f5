//! Making functions.

use pvm_object::code::Code;
use pvm_object::dict::Dict;
use pvm_object::function::Function;
use pvm_object::module::Module;
use pvm_object::{Object, PyResult, Ref, Value, Vm, names};

/// A function of a code object and globals, with nothing else (`PyFunction_New`).
pub fn new_function(vm: &mut Vm, code: &Object<Code>, globals: &Object<Dict>) -> PyResult<Ref<Function>> {
    let builtins = builtins_of(vm, globals)?;
    let module = globals.get_str(&names::__name__, vm).unwrap_or_else(Value::none);
    let function = Function::bare(vm, code, globals, builtins, module);
    Ok(vm.alloc(function))
}

/// The mapping of built-in names that code with these globals sees (`_PyEval_BuiltinsFromGlobals`).
pub fn builtins_of(vm: &mut Vm, globals: &Object<Dict>) -> PyResult {
    let Some(builtins) = globals.get_str(&names::__builtins__, vm) else {
        return Ok(crate::object_hooks::current_builtins(vm));
    };
    match builtins.downcast::<Module>() {
        Some(module) => Ok(module.dict().to_value()),
        None => Ok(builtins),
    }
}
