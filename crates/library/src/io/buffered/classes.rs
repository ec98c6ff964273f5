//! `BufferedReader`, `BufferedWriter`, `BufferedRandom`: the methods, each a call of the shared stream's.

use pvm_macros::{pyclass, pymethods};
use pvm_object::buffer::BufferView;
use pvm_object::bytes::Bytes;
use pvm_object::{Args, Object, PyResult, Ref, Value, Vm, exceptions, names};

use super::Buffered;
use crate::io::DEFAULT_BUFFER_SIZE;
use crate::io::base::{BUFFERED_IO_BASE_TYPE, IoBase, check_readable, check_seekable, check_writable, next_line};
use crate::io::errors::{call0, cannot_pickle};
use crate::parameters::{BoolMember, OptionalSize, WritableBuffer};

/// BufferedReader(raw, buffer_size=DEFAULT_BUFFER_SIZE)
/// --
///
/// Read a raw stream through a buffer.
#[pyclass(
    name = "BufferedReader", module = "_io", extends = IoBase, base = BUFFERED_IO_BASE_TYPE, dict, weakref,
    parts(common, reading, seeking)
)]
pub struct BufferedReader {
    base: IoBase,
    stream: Buffered,
}

/// BufferedWriter(raw, buffer_size=DEFAULT_BUFFER_SIZE)
/// --
///
/// Write to a raw stream through a buffer.
#[pyclass(
    name = "BufferedWriter", module = "_io", extends = IoBase, base = BUFFERED_IO_BASE_TYPE, dict, weakref,
    parts(common, writing, seeking)
)]
pub struct BufferedWriter {
    base: IoBase,
    stream: Buffered,
}

/// BufferedRandom(raw, buffer_size=DEFAULT_BUFFER_SIZE)
/// --
///
/// Read and write a raw stream that can seek, through one buffer.
#[pyclass(
    name = "BufferedRandom", module = "_io", extends = IoBase, base = BUFFERED_IO_BASE_TYPE, dict, weakref,
    parts(common, reading, writing, seeking)
)]
pub struct BufferedRandom {
    base: IoBase,
    stream: Buffered,
}

/// The parts of every class: what all of them have, then what those that read, write and seek have.
macro_rules! methods {
    (common $class:ident) => {
        impl $class {
            /// The stream behind the object.
            pub fn stream(&self) -> &Buffered {
                &self.stream
            }
        }

        #[pymethods(part = common)]
        impl $class {
            #[new]
            fn new_stream(args: Args<'_>) -> $class {
                let _ = args;
                $class { base: IoBase::new(), stream: Buffered::default() }
            }

            fn detach(this: &Object<Self>, vm: &mut Vm) -> PyResult {
                this.stream.detach(vm, &this.to_value())
            }

            fn close(this: &Object<Self>, vm: &mut Vm) -> PyResult {
                this.stream.close(vm, &this.to_value())
            }

            fn seekable(&self, vm: &mut Vm) -> PyResult {
                let raw = self.stream.raw(vm)?;
                call0(vm, &raw, &names::seekable)
            }

            fn fileno(&self, vm: &mut Vm) -> PyResult {
                let raw = self.stream.raw(vm)?;
                call0(vm, &raw, &names::fileno)
            }

            fn isatty(&self, vm: &mut Vm) -> PyResult {
                let raw = self.stream.raw(vm)?;
                call0(vm, &raw, &names::isatty)
            }

            fn _dealloc_warn(&self, vm: &mut Vm, source: &Value) {
                self.stream.dealloc_warn(vm, source);
            }

            fn __sizeof__(this: &Object<Self>) -> usize {
                let buffer = if this.stream.has_buffer.get() { this.stream.size.get() } else { 0 };
                this.ty().instance_size() + buffer
            }

            fn __getstate__(this: &Value, vm: &mut Vm) -> PyResult {
                Err(cannot_pickle(vm, this))
            }

            fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<String> {
                this.stream.repr(vm, &this.to_value())
            }

            #[getter]
            #[member]
            fn raw(&self, vm: &mut Vm) -> Option<Value> {
                self.stream.raw.get(vm)
            }

            #[getter]
            #[member]
            fn _finalizing(&self) -> bool {
                self.stream.finalizing.get()
            }

            #[setter]
            #[member]
            fn set__finalizing(&self, value: BoolMember) {
                self.stream.finalizing.set(value.0);
            }

            #[getter]
            fn closed(&self, vm: &mut Vm) -> PyResult {
                let raw = self.stream.raw(vm)?;
                vm.getattr(&raw, &names::closed)
            }

            #[getter]
            fn name(&self, vm: &mut Vm) -> PyResult {
                let raw = self.stream.raw(vm)?;
                vm.getattr(&raw, &names::name)
            }

            #[getter]
            fn mode(&self, vm: &mut Vm) -> PyResult {
                let raw = self.stream.raw(vm)?;
                vm.getattr(&raw, &names::mode)
            }
        }
    };
    (seeking $class:ident) => {
        #[pymethods(part = seeking)]
        impl $class {
            #[signature = "(target, whence=0, /)"]
            fn seek(this: &Object<Self>, vm: &mut Vm, target: &Value, whence: i32) -> PyResult<i64> {
                this.stream.seek(vm, &this.to_value(), target, whence)
            }

            fn tell(&self, vm: &mut Vm) -> PyResult<i64> {
                self.stream.tell(vm)
            }

            #[signature = "(pos=None, /)"]
            fn truncate(this: &Object<Self>, vm: &mut Vm, pos: &Value) -> PyResult {
                this.stream.truncate(vm, &this.to_value(), pos)
            }
        }
    };
    (reading $class:ident) => {
        #[pymethods(part = reading)]
        impl $class {
            #[signature = "(size=-1, /)"]
            fn read(this: &Object<Self>, vm: &mut Vm, #[default(OptionalSize::ALL)] size: OptionalSize) -> PyResult {
                this.stream.read(vm, &this.to_value(), size.0)
            }

            #[signature = "(size=0, /)"]
            fn peek(this: &Object<Self>, vm: &mut Vm, size: isize) -> PyResult<Ref<Bytes>> {
                let _ = size;
                this.stream.peek(vm, &this.to_value())
            }

            #[signature = "(size=-1, /)"]
            fn read1(this: &Object<Self>, vm: &mut Vm, size: isize) -> PyResult<Ref<Bytes>> {
                this.stream.read1(vm, &this.to_value(), size)
            }

            fn readinto(this: &Object<Self>, vm: &mut Vm, buffer: WritableBuffer) -> PyResult<Option<usize>> {
                this.stream.read_into(vm, &this.to_value(), &buffer.0, false)
            }

            fn readinto1(this: &Object<Self>, vm: &mut Vm, buffer: WritableBuffer) -> PyResult<Option<usize>> {
                this.stream.read_into(vm, &this.to_value(), &buffer.0, true)
            }

            #[signature = "(size=-1, /)"]
            fn readline(
                this: &Object<Self>,
                vm: &mut Vm,
                #[default(OptionalSize::ALL)] size: OptionalSize,
            ) -> PyResult<Ref<Bytes>> {
                this.stream.check_ready(vm)?;
                this.stream.read_line(vm, &this.to_value(), size.0)
            }

            fn readable(&self, vm: &mut Vm) -> PyResult {
                let raw = self.stream.raw(vm)?;
                call0(vm, &raw, &names::readable)
            }

            fn __next__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Option<Value>> {
                this.stream.check_ready(vm)?;
                let value = this.to_value();
                if value.downcast_exact::<Self>().is_some() {
                    let line = this.stream.read_line(vm, &value, -1)?;
                    return Ok((!line.is_empty()).then(|| line.into()));
                }
                let Some(line) = next_line(vm, &value)? else {
                    return Ok(None);
                };
                if line.is_instance_of::<Bytes>() {
                    return Ok(Some(line));
                }
                let kind = vm.type_name(&line);
                let message = format_args!("readline() should have returned a bytes object, not '{kind}'");
                Err(vm.raise_message(&exceptions::OS_ERROR, message))
            }
        }
    };
    (writing $class:ident) => {
        #[pymethods(part = writing)]
        impl $class {
            fn flush(this: &Object<Self>, vm: &mut Vm) -> PyResult<()> {
                this.stream.flush(vm, &this.to_value())
            }

            fn write(this: &Object<Self>, vm: &mut Vm, buffer: BufferView) -> PyResult<usize> {
                this.stream.write(vm, &this.to_value(), &buffer)
            }

            fn writable(&self, vm: &mut Vm) -> PyResult {
                let raw = self.stream.raw(vm)?;
                call0(vm, &raw, &names::writable)
            }
        }
    };
}

methods!(common BufferedReader);
methods!(reading BufferedReader);
methods!(seeking BufferedReader);
methods!(common BufferedWriter);
methods!(writing BufferedWriter);
methods!(seeking BufferedWriter);
methods!(common BufferedRandom);
methods!(reading BufferedRandom);
methods!(writing BufferedRandom);
methods!(seeking BufferedRandom);

#[pymethods]
impl BufferedReader {
    #[signature = "(raw, buffer_size=DEFAULT_BUFFER_SIZE)"]
    fn __init__(
        this: &Object<Self>,
        vm: &mut Vm,
        raw: &Value,
        #[default(DEFAULT_BUFFER_SIZE)] buffer_size: isize,
    ) -> PyResult<()> {
        this.stream.uninitialize();
        check_readable(vm, raw)?;
        let native = this.as_value().downcast_exact::<Self>().is_some();
        this.stream.init(vm, raw, buffer_size, true, false, native)
    }

    fn flush(&self, vm: &mut Vm) -> PyResult {
        let raw = self.stream.raw(vm)?;
        call0(vm, &raw, &names::flush)
    }
}

#[pymethods]
impl BufferedWriter {
    #[signature = "(raw, buffer_size=DEFAULT_BUFFER_SIZE)"]
    fn __init__(
        this: &Object<Self>,
        vm: &mut Vm,
        raw: &Value,
        #[default(DEFAULT_BUFFER_SIZE)] buffer_size: isize,
    ) -> PyResult<()> {
        this.stream.uninitialize();
        check_writable(vm, raw)?;
        let native = this.as_value().downcast_exact::<Self>().is_some();
        this.stream.init(vm, raw, buffer_size, false, true, native)
    }
}

#[pymethods]
impl BufferedRandom {
    #[signature = "(raw, buffer_size=DEFAULT_BUFFER_SIZE)"]
    fn __init__(
        this: &Object<Self>,
        vm: &mut Vm,
        raw: &Value,
        #[default(DEFAULT_BUFFER_SIZE)] buffer_size: isize,
    ) -> PyResult<()> {
        this.stream.uninitialize();
        check_seekable(vm, raw)?;
        check_readable(vm, raw)?;
        check_writable(vm, raw)?;
        let native = this.as_value().downcast_exact::<Self>().is_some();
        this.stream.init(vm, raw, buffer_size, true, true, native)
    }
}
