//! `Placeholder`, which stands in a partial's arguments for one that is still to come.

use pvm_macros::{pyclass, pymethods};
use pvm_object::{Args, PyResult, Value, Vm, exceptions};

/// The type of the Placeholder singleton.
///
/// Used as a placeholder for partial arguments.
#[pyclass(name = "_PlaceholderType", module = "functools", final)]
pub struct PlaceholderType;

#[pymethods]
impl PlaceholderType {
    #[new]
    fn new(vm: &mut Vm, args: Args<'_>) -> PyResult {
        if !args.is_empty() {
            return Err(vm.type_error(format_args!("PlaceholderType takes no arguments")));
        }
        // The module has the only one.
        let name = vm.intern("Placeholder");
        let known = vm.import_attr("_functools", &name);
        match vm.ok_unless(known, exceptions::ATTRIBUTE_ERROR.get())? {
            Some(known) => Ok(known),
            None => Ok(vm.alloc(PlaceholderType).into()),
        }
    }

    fn __repr__(&self) -> &'static str {
        "Placeholder"
    }

    fn __reduce__(&self) -> &'static str {
        "Placeholder"
    }
}

/// Whether a value is the placeholder.
pub(super) fn is_placeholder(value: &Value) -> bool {
    value.is_instance_of::<PlaceholderType>()
}
