//! `Placeholder`, which stands in a partial's arguments for one that is still to come.

use pvm_macros::{pyclass, pymethods};
use pvm_object::{Args, Heap, PyResult, Value, Vm};

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
        Ok(placeholder(vm))
    }

    fn __repr__(&self) -> &'static str {
        "Placeholder"
    }

    fn __reduce__(&self) -> &'static str {
        "Placeholder"
    }
}

/// The only one of the interpreter.
pub(super) fn placeholder(heap: &mut Heap) -> Value {
    heap.module_state(|_| PlaceholderType).into()
}

/// Whether a value is the placeholder.
pub(super) fn is_placeholder(value: &Value) -> bool {
    value.is_instance_of::<PlaceholderType>()
}
