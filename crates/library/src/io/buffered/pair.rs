//! `BufferedRWPair`: a reader and a writer as one stream.

use pvm_macros::{pyclass, pymethods};
use pvm_object::str::Str;
use pvm_object::{Args, HeapCell, Object, PyClass, PyResult, Value, Vm, names};

use super::{BufferedReader, BufferedWriter};
use crate::io::base::{BUFFERED_IO_BASE_TYPE, IoBase, check_readable, check_writable};
use crate::io::errors;
use crate::io::{DEFAULT_BUFFER_SIZE, chain};

/// BufferedRWPair(reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)
/// --
///
/// Read one raw stream and write to another, both through buffers: for sockets and two-way pipes.
#[pyclass(name = "BufferedRWPair", module = "_io", extends = IoBase, base = BUFFERED_IO_BASE_TYPE, dict, weakref)]
pub struct BufferedRwPair {
    base: IoBase,
    reader: HeapCell<Option<Value>>,
    writer: HeapCell<Option<Value>>,
}

impl BufferedRwPair {
    fn forward(&self, vm: &mut Vm, half: &HeapCell<Option<Value>>, name: &Object<Str>, args: Args<'_>) -> PyResult {
        let Some(stream) = half.get(vm) else {
            return Err(errors::uninitialized(vm));
        };
        let method = vm.getattr(&stream, name)?;
        vm.call_args(&method, args)
    }
}

#[pymethods]
impl BufferedRwPair {
    #[new]
    fn new_pair(args: Args<'_>) -> BufferedRwPair {
        let _ = args;
        BufferedRwPair { base: IoBase::new(), reader: HeapCell::new(None), writer: HeapCell::new(None) }
    }

    #[signature = "(reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /)"]
    fn __init__(
        &self,
        vm: &mut Vm,
        reader: &Value,
        writer: &Value,
        #[default(DEFAULT_BUFFER_SIZE)] buffer_size: isize,
    ) -> PyResult<()> {
        check_readable(vm, reader)?;
        check_writable(vm, writer)?;
        let size = vm.int(buffer_size as i64);
        let reader = vm.call(&BufferedReader::TYPE.to_value(), &[reader.clone(), size.clone()])?;
        let writer = vm.call(&BufferedWriter::TYPE.to_value(), &[writer.clone(), size])?;
        self.reader.set(Some(reader), vm);
        self.writer.set(Some(writer), vm);
        Ok(())
    }

    #[text_signature = ""]
    fn read(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        self.forward(vm, &self.reader, &names::read, args)
    }

    #[text_signature = ""]
    fn peek(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        self.forward(vm, &self.reader, &names::peek, args)
    }

    #[text_signature = ""]
    fn read1(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        self.forward(vm, &self.reader, &names::read1, args)
    }

    #[text_signature = ""]
    fn readinto(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        self.forward(vm, &self.reader, &names::readinto, args)
    }

    #[text_signature = ""]
    fn readinto1(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        self.forward(vm, &self.reader, &names::readinto1, args)
    }

    #[text_signature = ""]
    fn write(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        self.forward(vm, &self.writer, &names::write, args)
    }

    fn flush(&self, vm: &mut Vm) -> PyResult {
        self.forward(vm, &self.writer, &names::flush, Args::empty())
    }

    fn readable(&self, vm: &mut Vm) -> PyResult {
        self.forward(vm, &self.reader, &names::readable, Args::empty())
    }

    fn writable(&self, vm: &mut Vm) -> PyResult {
        self.forward(vm, &self.writer, &names::writable, Args::empty())
    }

    fn close(&self, vm: &mut Vm) -> PyResult {
        let failed = self.forward(vm, &self.writer, &names::close, Args::empty());
        let failed = failed.err().map(|raised| vm.catch(raised));
        let closed = self.forward(vm, &self.reader, &names::close, Args::empty());
        match failed {
            Some(failed) => Err(chain(vm, closed.map(drop), failed)),
            None => closed,
        }
    }

    fn isatty(&self, vm: &mut Vm) -> PyResult {
        let answer = self.forward(vm, &self.writer, &names::isatty, Args::empty())?;
        if !answer.is_false() {
            return Ok(answer);
        }
        self.forward(vm, &self.reader, &names::isatty, Args::empty())
    }

    #[getter]
    fn closed(&self, vm: &mut Vm) -> PyResult {
        match self.writer.get(vm) {
            Some(writer) => vm.getattr(&writer, &names::closed),
            None => Err(vm.runtime_error(format_args!("the BufferedRWPair object is being garbage-collected"))),
        }
    }
}
