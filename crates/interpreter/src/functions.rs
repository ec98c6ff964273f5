//! Making functions.

use pvm_object::code::Code;
use pvm_object::dict::Dict;
use pvm_object::function::{Function, builtins_table};
use pvm_object::module::Module;
use pvm_object::{HeapCell, Object, PyResult, Ref, Value, Vm, names};

/// A function of a code object and globals, with nothing else (`PyFunction_New`).
pub fn new_function(vm: &mut Vm, code: &Object<Code>, globals: &Object<Dict>) -> PyResult<Ref<Function>> {
    let builtins = builtins_of(vm, globals)?;
    let module = globals.get_str(&names::__name__, vm).unwrap_or_else(Value::none);
    let doc = match code.raw.docstring() {
        Some(_) => code.consts[0].clone(),
        None => Value::none(),
    };
    let table = builtins_table(&builtins, vm);
    Ok(vm.alloc(Function {
        code: HeapCell::new(code.to_ref()),
        globals: globals.to_ref(),
        builtins_table: table,
        builtins: HeapCell::new(builtins),
        name: HeapCell::new(code.name.clone()),
        qualname: HeapCell::new(code.qualname.clone()),
        defaults: HeapCell::new(None),
        kwdefaults: HeapCell::new(None),
        closure: HeapCell::new(None),
        doc: HeapCell::new(doc),
        module: HeapCell::new(module),
        annotations: HeapCell::new(None),
        annotate: HeapCell::new(None),
        type_params: HeapCell::new(None),
    }))
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
