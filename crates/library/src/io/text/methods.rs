//! The methods of `TextIOWrapper`.

use pvm_macros::pymethods;
use pvm_object::str::Str;
use pvm_object::{Args, Object, PyResult, Ref, Value, Vm, exceptions, names};

use super::init::Settings;
use super::{Status, TextIoWrapper};
use crate::io::errors::{self, call0, cannot_pickle, is_closed};
use crate::parameters::{BoolMember, OptionalSize, OptionalText};

/// A truth value given as an int, `None` where it is not to change.
fn optional_flag(vm: &mut Vm, value: Option<&Value>) -> PyResult<Option<bool>> {
    let Some(value) = value else { return Ok(None) };
    Ok(Some(vm.index_isize(value)? != 0))
}

/// The name of a codec or a handler of errors that `reconfigure` is given.
fn optional_name<'a>(vm: &mut Vm, value: Option<&'a Value>, parameter: &str) -> PyResult<Option<&'a str>> {
    let Some(value) = value else { return Ok(None) };
    let Some(text) = value.downcast::<Str>() else {
        let kind = vm.type_name(value);
        return Err(vm.type_error(format_args!("reconfigure() argument '{parameter}' must be str or None, not {kind}")));
    };
    match text.as_str() {
        Some(text) => Ok(Some(text)),
        None => Err(vm.surrogates_not_allowed(text)),
    }
}

/// An attribute of the stream or of its buffer for `repr`, where there is one.
fn shown(vm: &mut Vm, this: &Value, name: &Object<Str>) -> PyResult<Option<Ref<Str>>> {
    let found = vm.find_attr(this, name);
    let found = vm.ok_unless(found, exceptions::VALUE_ERROR.get())?.flatten();
    found.map(|value| vm.repr(&value)).transpose()
}

#[pymethods]
impl TextIoWrapper {
    #[new]
    fn new_stream(args: Args<'_>) -> TextIoWrapper {
        let _ = args;
        TextIoWrapper::unopened()
    }

    #[signature = "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)"]
    fn __init__(
        this: &Object<Self>,
        vm: &mut Vm,
        buffer: &Value,
        #[default(OptionalText::NONE)] encoding: OptionalText<'_>,
        #[default(OptionalText::NONE)] errors: OptionalText<'_>,
        #[default(OptionalText::NONE)] newline: OptionalText<'_>,
        line_buffering: bool,
        write_through: bool,
    ) -> PyResult<()> {
        if encoding.0.is_none() && crate::io::interpreter_flag(vm, "warn_default_encoding")? {
            vm.warn(&exceptions::ENCODING_WARNING, "'encoding' argument not specified", 1)?;
        }
        let settings = Settings {
            encoding: encoding.0,
            errors: errors.0,
            newline: Some(newline.0),
            line_buffering: Some(line_buffering),
            write_through: Some(write_through),
        };
        TextIoWrapper::init(this, vm, buffer, &settings)
    }

    /// Change the settings of the stream, which flushes it.
    #[signature = "(*, encoding=None, errors=None, newline=<unrepresentable>, line_buffering=None, write_through=None)"]
    #[text_signature = "($self, /, *, encoding=None, errors=None, newline=None,\n            line_buffering=None, write_through=None)"]
    fn reconfigure(
        this: &Object<Self>,
        vm: &mut Vm,
        encoding: Option<&Value>,
        errors: Option<&Value>,
        newline: Option<OptionalText<'_>>,
        line_buffering: Option<&Value>,
        write_through: Option<&Value>,
    ) -> PyResult<()> {
        let line_buffering = optional_flag(vm, line_buffering)?;
        let write_through = optional_flag(vm, write_through)?;
        let encoding = optional_name(vm, encoding, "encoding")?;
        let errors = optional_name(vm, errors, "errors")?;
        TextIoWrapper::open_buffer(this, vm)?;
        let settings = Settings { encoding, errors, newline: newline.map(|newline| newline.0), line_buffering, write_through };
        TextIoWrapper::change_settings(this, vm, &settings)
    }

    fn detach(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        this.attached(vm)?;
        call0(vm, &this.to_value(), &names::flush)?;
        let buffer = this.attached(vm)?;
        this.buffer.set(None, vm);
        this.status.set(Status::Detached);
        Ok(buffer)
    }

    fn write(this: &Object<Self>, vm: &mut Vm, text: &Object<Str>) -> PyResult<usize> {
        TextIoWrapper::write_text(this, vm, text)
    }

    #[signature = "(size=-1, /)"]
    fn read(this: &Object<Self>, vm: &mut Vm, #[default(OptionalSize::ALL)] size: OptionalSize) -> PyResult<Ref<Str>> {
        TextIoWrapper::read_text(this, vm, size.get())
    }

    #[signature = "(size=-1, /)"]
    fn readline(this: &Object<Self>, vm: &mut Vm, size: isize) -> PyResult<Ref<Str>> {
        TextIoWrapper::read_line(this, vm, size)
    }

    fn __next__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Option<Value>> {
        TextIoWrapper::next_text_line(this, vm)
    }

    fn flush(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        TextIoWrapper::flush_text(this, vm)
    }

    fn close(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let buffer = this.attached(vm)?;
        let value = this.to_value();
        // To ask may have detached the buffer.
        if is_closed(vm, &value)? || this.status.get() == Status::Detached {
            return Ok(Value::none());
        }
        if this.finalizing.get()
            && let Err(raised) = vm.call_method(&buffer, &names::_dealloc_warn, std::slice::from_ref(&value))
        {
            drop(vm.catch(raised));
        }
        let failed = call0(vm, &value, &names::flush).err().map(|raised| vm.catch(raised));
        let closed = call0(vm, &buffer, &names::close);
        match failed {
            Some(failed) => Err(crate::io::chain(vm, closed.map(drop), failed)),
            None => closed,
        }
    }

    fn fileno(&self, vm: &mut Vm) -> PyResult {
        let buffer = self.attached(vm)?;
        call0(vm, &buffer, &names::fileno)
    }

    fn seekable(&self, vm: &mut Vm) -> PyResult {
        let buffer = self.attached(vm)?;
        call0(vm, &buffer, &names::seekable)
    }

    fn readable(&self, vm: &mut Vm) -> PyResult {
        let buffer = self.attached(vm)?;
        call0(vm, &buffer, &names::readable)
    }

    fn writable(&self, vm: &mut Vm) -> PyResult {
        let buffer = self.attached(vm)?;
        call0(vm, &buffer, &names::writable)
    }

    fn isatty(&self, vm: &mut Vm) -> PyResult {
        let buffer = self.attached(vm)?;
        call0(vm, &buffer, &names::isatty)
    }

    /// Move to a position that `tell` gave, to the start (0), or with `whence` 1 and 2 to the present one or the end.
    #[signature = "(cookie, whence=0, /)"]
    #[text_signature = "($self, cookie, whence=os.SEEK_SET, /)"]
    fn seek(this: &Object<Self>, vm: &mut Vm, cookie: &Value, whence: i32) -> PyResult {
        TextIoWrapper::seek_text(this, vm, cookie, whence)
    }

    /// Return the position, a number that only `seek` understands.
    fn tell(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        TextIoWrapper::tell_text(this, vm)
    }

    #[signature = "(pos=None, /)"]
    fn truncate(this: &Object<Self>, vm: &mut Vm, pos: &Value) -> PyResult {
        let buffer = this.attached(vm)?;
        call0(vm, &this.to_value(), &names::flush)?;
        vm.call_method(&buffer, &names::truncate, std::slice::from_ref(pos))
    }

    fn __getstate__(this: &Value, vm: &mut Vm) -> PyResult {
        Err(cannot_pickle(vm, this))
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<String> {
        if this.status.get() == Status::Uninitialized {
            return Err(this.not_ready(vm));
        }
        let value = this.to_value();
        let kind = this.ty().full_name(vm);
        errors::guarded_repr(vm, &value, |vm| {
            let mut text = format!("<{kind}");
            for (label, name) in [("name", &names::name), ("mode", &names::mode)] {
                if let Some(repr) = shown(vm, &value, name)? {
                    text += &format!(" {label}={repr}");
                }
            }
            let encoding = this.encoding.get(vm).map_or_else(Value::none, Value::from);
            let encoding = vm.repr(&encoding)?;
            Ok(format!("{text} encoding={encoding}>"))
        })
    }

    #[getter]
    #[member]
    fn encoding(&self, vm: &mut Vm) -> Option<Ref<Str>> {
        self.encoding.get(vm)
    }

    #[getter]
    #[member]
    #[name = "line_buffering"]
    fn get_line_buffering(&self) -> bool {
        self.line_buffering.get()
    }

    #[getter]
    #[member]
    #[name = "write_through"]
    fn get_write_through(&self) -> bool {
        self.write_through.get()
    }

    #[getter]
    #[member]
    fn _finalizing(&self) -> bool {
        self.finalizing.get()
    }

    #[setter]
    #[member]
    fn set__finalizing(&self, value: BoolMember) {
        self.finalizing.set(value.0);
    }

    #[getter]
    fn name(&self, vm: &mut Vm) -> PyResult {
        let buffer = self.attached(vm)?;
        vm.getattr(&buffer, &names::name)
    }

    #[getter]
    fn closed(&self, vm: &mut Vm) -> PyResult {
        if self.status.get() == Status::Uninitialized {
            return Ok(Value::from_bool(true));
        }
        let buffer = self.attached(vm)?;
        vm.getattr(&buffer, &names::closed)
    }

    #[getter]
    fn newlines(&self, vm: &mut Vm) -> PyResult {
        self.attached(vm)?;
        let newlines = self.with_decoder(vm, |vm, decoder| decoder.newlines(vm))?;
        Ok(newlines.unwrap_or_else(Value::none))
    }

    #[getter]
    #[name = "errors"]
    fn get_errors(&self, vm: &mut Vm) -> PyResult<Option<Ref<Str>>> {
        if self.status.get() == Status::Uninitialized {
            return Err(self.not_ready(vm));
        }
        Ok(self.errors.get(vm))
    }

    #[getter]
    fn _CHUNK_SIZE(&self, vm: &mut Vm) -> PyResult<usize> {
        self.attached(vm)?;
        Ok(self.chunk_size.get())
    }

    #[setter]
    fn set__CHUNK_SIZE(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        this.attached(vm)?;
        let Some(value) = value else {
            let kind = this.ty().full_name(vm);
            return Err(vm.attribute_error(format_args!("attribute '_CHUNK_SIZE' of '{kind}' objects cannot be deleted")));
        };
        match vm.index_isize_or(value, exceptions::VALUE_ERROR.get())? {
            size if size > 0 => {
                this.chunk_size.set(size as usize);
                Ok(())
            }
            _ => Err(vm.value_error(format_args!("a strictly positive integer is required"))),
        }
    }

    #[getter]
    #[name = "buffer"]
    fn get_buffer(&self, vm: &mut Vm) -> PyResult {
        self.attached(vm)
    }
}
