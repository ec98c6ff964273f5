//! Standard streams that a Rust program provides: `sys.stdout` and `sys.stderr` over writers, `sys.stdin` over a reader.

use std::io::{Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

use pvm_interpreter::sys;
use pvm_macros::{pyclass, pymethods};
use pvm_object::{Foreign, PyResult, Value, Vm, names};

/// Something to write to.
pub(crate) type Writer = Box<dyn Write + Send>;
/// Something to read from.
pub(crate) type Reader = Box<dyn Read + Send>;

/// What the text layer of an output stream writes to.
#[pyclass(name = "HostOutput", module = "pvm", no_export)]
pub(crate) struct HostOutput {
    writer: Foreign<Arc<Mutex<Writer>>>,
    name: &'static str,
}

fn failed<T>(vm: &mut Vm, result: std::io::Result<T>) -> PyResult<T> {
    result.map_err(|error| vm.os_error_of(&error, None))
}

#[pymethods]
impl HostOutput {
    fn write(&self, vm: &mut Vm, b: &Value) -> PyResult<usize> {
        let bytes = vm.to_bytes(b)?;
        let writer = Arc::clone(&self.writer);
        let written = vm.detach(|| writer.lock().unwrap_or_else(PoisonError::into_inner).write_all(&bytes));
        failed(vm, written)?;
        Ok(bytes.len())
    }

    fn flush(&self, vm: &mut Vm) -> PyResult<()> {
        let writer = Arc::clone(&self.writer);
        let flushed = vm.detach(|| writer.lock().unwrap_or_else(PoisonError::into_inner).flush());
        failed(vm, flushed)
    }

    #[getter]
    fn name(&self) -> &'static str {
        self.name
    }

    #[getter]
    fn mode(&self) -> &'static str {
        "wb"
    }

    #[getter]
    fn closed(&self) -> bool {
        false
    }

    fn close(&self, vm: &mut Vm) -> PyResult<()> {
        self.flush(vm)
    }

    fn readable(&self) -> bool {
        false
    }

    fn writable(&self) -> bool {
        true
    }

    fn seekable(&self) -> bool {
        false
    }

    fn isatty(&self) -> bool {
        false
    }
}

/// What the text layer of the input stream reads from.
#[pyclass(name = "HostInput", module = "pvm", no_export)]
pub(crate) struct HostInput {
    reader: Foreign<Arc<Mutex<Reader>>>,
}

/// The most that is read at a time where the caller does not say.
const CHUNK: usize = 8192;

#[pymethods]
impl HostInput {
    #[signature = "(size=-1, /)"]
    fn read1(&self, vm: &mut Vm, size: isize) -> PyResult {
        let reader = Arc::clone(&self.reader);
        let mut bytes = vec![0; usize::try_from(size).unwrap_or(CHUNK).min(CHUNK)];
        let read = vm.detach(|| reader.lock().unwrap_or_else(PoisonError::into_inner).read(&mut bytes));
        let read = failed(vm, read)?;
        Ok(vm.new_bytes(&bytes[..read])?.into())
    }

    #[signature = "(size=-1, /)"]
    fn read(&self, vm: &mut Vm, size: isize) -> PyResult {
        if size >= 0 {
            return self.read1(vm, size);
        }
        let reader = Arc::clone(&self.reader);
        let mut bytes = Vec::new();
        let read = vm.detach(|| reader.lock().unwrap_or_else(PoisonError::into_inner).read_to_end(&mut bytes));
        failed(vm, read)?;
        Ok(vm.new_bytes(&bytes)?.into())
    }

    fn flush(&self) {}

    #[getter]
    fn name(&self) -> &'static str {
        "<stdin>"
    }

    #[getter]
    fn mode(&self) -> &'static str {
        "rb"
    }

    #[getter]
    fn closed(&self) -> bool {
        false
    }

    fn close(&self) {}

    fn readable(&self) -> bool {
        true
    }

    fn writable(&self) -> bool {
        false
    }

    fn seekable(&self) -> bool {
        false
    }

    fn isatty(&self) -> bool {
        false
    }
}

/// The text layer over a binary stream, under both of its names in `sys`.
fn open(vm: &mut Vm, binary: Value, name: &str, errors: &str) -> PyResult<Value> {
    let io = vm.import("_io")?;
    let class = vm.intern("TextIOWrapper");
    let class = vm.getattr(&io, &class)?;
    let (encoding, errors, newline) = (vm.new_str("utf-8"), vm.new_str(errors), vm.new_str("\n"));
    let text = vm.call(&class, &[binary, encoding.into(), errors.into(), newline.into()])?;
    sys::set(vm, name, text.clone())?;
    sys::set(vm, &format!("__{name}__"), text.clone())?;
    Ok(text)
}

/// The output streams of a program, to be flushed when it returns.
#[pyclass(name = "_Streams", module = "pvm", no_export)]
pub(crate) struct Streams {
    outputs: Vec<Value>,
}

/// What a Rust program provides.
#[derive(Default)]
pub(crate) struct Provided {
    pub(crate) stdin: Option<Reader>,
    pub(crate) stdout: Option<Writer>,
    pub(crate) stderr: Option<Writer>,
}

/// Puts the streams in place.
pub(crate) fn install(vm: &mut Vm, provided: Provided) -> PyResult<()> {
    if let Some(reader) = provided.stdin {
        let input = vm.alloc(HostInput { reader: Foreign(Arc::new(Mutex::new(reader))) });
        open(vm, input.into(), "stdin", "strict")?;
    }
    let mut outputs = Vec::new();
    for (writer, name, shown, errors) in
        [(provided.stdout, "stdout", "<stdout>", "strict"), (provided.stderr, "stderr", "<stderr>", "backslashreplace")]
    {
        if let Some(writer) = writer {
            let output = vm.alloc(HostOutput { writer: Foreign(Arc::new(Mutex::new(writer))), name: shown });
            outputs.push(open(vm, output.into(), name, errors)?);
        }
    }
    vm.module_state(|_| Streams { outputs });
    Ok(())
}

/// Flushes the output streams, whatever the program put in their place.
pub(crate) fn flush(vm: &mut Vm) {
    let Some(streams) = vm.find_module_state::<Streams>() else { return };
    for output in &streams.outputs {
        if let Err(raised) = vm.call_special(output, &names::flush, &[]) {
            drop(vm.catch(raised));
        }
    }
}
