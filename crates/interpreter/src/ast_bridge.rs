//! Between the compiler's tree and the `ast` module's objects.

use pvm_compiler::{CompileOptions, Mode};
use pvm_object::{PyResult, Value, Vm};

use crate::source::Text;

/// The code of a tree that a program built; `None` where the source is no tree.
pub fn compile(vm: &mut Vm, source: &Value, filename: &str, mode: Mode, options: CompileOptions) -> PyResult<Option<Value>> {
    let _ = (vm, source, filename, mode, options);
    Ok(None)
}

/// The tree of a source as objects.
pub fn parse(vm: &mut Vm, text: &Text, filename: &str, mode: Mode, options: CompileOptions) -> PyResult {
    let _ = (text, filename, mode, options);
    Err(vm.not_implemented_error(format_args!("syntax trees are not available as objects")))
}
