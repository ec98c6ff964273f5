//! `stderrprinter`: what `sys.stderr` is until the module `io` can be imported (`PyFile_NewStdPrinter`).

use std::io::Write;

use pvm_macros::{pyclass, pymethods};
use pvm_object::str::Str;
use pvm_object::{Object, PyResult, Value, Vm};

/// Writes text to standard error as it comes.
#[pyclass(name = "stderrprinter", final)]
pub struct StderrPrinter {}

#[pymethods]
impl StderrPrinter {
    fn write(&self, vm: &mut Vm, text: &Object<Str>) -> PyResult<usize> {
        let text = text.to_string_lossy();
        match std::io::stderr().write_all(text.as_bytes()) {
            Ok(()) => Ok(text.len()),
            Err(error) => Err(vm.os_error(error.raw_os_error().unwrap_or(libc::EIO))),
        }
    }

    fn flush(&self) {}

    fn close(&self) {}

    fn fileno(&self) -> i32 {
        libc::STDERR_FILENO
    }

    fn isatty(&self) -> bool {
        std::io::IsTerminal::is_terminal(&std::io::stderr())
    }

    #[getter]
    fn closed(&self) -> bool {
        false
    }

    #[getter]
    fn mode(&self) -> &'static str {
        "w"
    }

    #[getter]
    fn encoding(&self) -> Value {
        Value::none()
    }
}
