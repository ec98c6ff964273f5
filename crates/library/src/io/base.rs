//! `_IOBase`, the base of all streams, and `_RawIOBase`, `_BufferedIOBase`, `_TextIOBase`: what every stream has, in terms of
//! the few methods that each provides.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::bytes::Bytes;
use pvm_object::list::List;
use pvm_object::types::object_slots;
use pvm_object::types::slots::InitFn;
use pvm_object::{Args, Heap, Object, PyResult, Raised, Ref, Type, Value, Vm, exceptions, names};

use super::errors::{self, call0, is_closed, unsupported};
use crate::parameters::{OptionalSize, WritableBuffer};

/// The base of all streams.
///
/// It knows no reading and writing, but offers lines, iteration and the `with` statement to the classes below it.
/// What a stream does not support raises `UnsupportedOperation`; a closed one raises `ValueError`.
#[pyclass(name = "_IOBase", module = "_io", dict, weakref)]
pub struct IoBase {
    closed: Cell<bool>,
}

impl IoBase {
    /// The base of a new stream.
    pub const fn new() -> IoBase {
        IoBase { closed: Cell::new(false) }
    }

    /// Whether `_IOBase.close` ran.
    pub fn base_closed(&self) -> bool {
        self.closed.get()
    }

    /// `_IOBase.close`: flushes, and counts as closed from then on.
    pub fn close_base(&self, vm: &mut Vm, this: &Value) -> PyResult<()> {
        if self.closed.get() {
            return Ok(());
        }
        let flushed = call0(vm, this, &names::flush);
        self.closed.set(true);
        flushed.map(drop)
    }
}

impl Default for IoBase {
    fn default() -> IoBase {
        IoBase::new()
    }
}

/// An error where the stream says that it is closed (`_PyIOBase_check_closed`).
pub fn check_closed(vm: &mut Vm, this: &Value) -> PyResult<()> {
    if is_closed(vm, this)? { Err(errors::closed_file(vm)) } else { Ok(()) }
}

fn check(vm: &mut Vm, this: &Value, name: &pvm_object::Object<pvm_object::str::Str>, able: &str) -> PyResult<()> {
    let answer = call0(vm, this, name)?;
    if answer.is_true() {
        return Ok(());
    }
    Err(unsupported(vm, &format!("File or stream is not {able}.")))
}

/// An error where the stream cannot seek.
pub fn check_seekable(vm: &mut Vm, this: &Value) -> PyResult<()> {
    check(vm, this, &names::seekable, "seekable")
}

/// An error where the stream cannot be read.
pub fn check_readable(vm: &mut Vm, this: &Value) -> PyResult<()> {
    check(vm, this, &names::readable, "readable")
}

/// An error where the stream cannot be written to.
pub fn check_writable(vm: &mut Vm, this: &Value) -> PyResult<()> {
    check(vm, this, &names::writable, "writable")
}

/// The finaliser: closes a stream that is still open (`iobase_finalize`).
pub fn finalise(vm: &mut Vm, this: &Value) {
    let closed = match is_closed(vm, this) {
        Ok(closed) => closed,
        // A stream that cannot tell is unusable anyway.
        Err(raised) => return drop(vm.catch(raised)),
    };
    if closed {
        return;
    }
    // Tells `close` that nobody asked for it.
    if let Err(raised) = vm.setattr(this, &names::_finalizing, &Value::from_bool(true)) {
        drop(vm.catch(raised));
    }
    if let Err(raised) = call0(vm, this, &names::close) {
        let exception = vm.catch(raised);
        let repr = match vm.repr(this) {
            Ok(repr) => repr.to_string(),
            Err(raised) => {
                drop(vm.catch(raised));
                format!("<{} object>", vm.type_name(this))
            }
        };
        let raised = vm.reraise(exception);
        vm.report_unraisable(raised, Some(&format!("Exception ignored while finalizing file {repr}")), None);
    }
}

/// A line of a stream by its `peek` and `read`, its end included; at most `limit` bytes.
fn read_line(vm: &mut Vm, this: &Value, limit: OptionalSize) -> PyResult<Ref<Bytes>> {
    let peek = vm.find_attr(this, &names::peek)?;
    let limit = limit.get();
    let mut line: Vec<u8> = Vec::new();
    while limit.is_none_or(|limit| line.len() < limit) {
        let mut wanted = 1;
        if let Some(peek) = &peek {
            let ahead = loop {
                match vm.call(peek, &[Value::from_i32(1)]) {
                    Ok(ahead) => break ahead,
                    Err(raised) => interrupted(vm, raised)?,
                }
            };
            let Some(ahead) = ahead.downcast::<Bytes>() else {
                let kind = vm.type_name(&ahead);
                return Err(wrong_type(vm, "peek", &kind));
            };
            let ahead = ahead.as_slice();
            if !ahead.is_empty() {
                let most = limit.map_or(ahead.len(), |limit| ahead.len().min(limit - line.len()));
                wanted = memchr::memchr(b'\n', &ahead[..most]).map_or(most, |at| at + 1);
            }
        }
        let wanted = vm.int(wanted as i64);
        let read = match vm.call_method(this, &names::read, &[wanted]) {
            Ok(read) => read,
            Err(raised) => {
                interrupted(vm, raised)?;
                continue;
            }
        };
        let Some(read) = read.downcast::<Bytes>() else {
            let kind = vm.type_name(&read);
            return Err(wrong_type(vm, "read", &kind));
        };
        if read.is_empty() {
            break;
        }
        line.extend_from_slice(read.as_slice());
        if line.last() == Some(&b'\n') {
            break;
        }
    }
    Ok(vm.new_bytes(&line)?)
}

fn wrong_type(vm: &mut Vm, method: &str, kind: &str) -> Raised {
    let message = format_args!("{method}() should have returned a bytes object, not '{kind}'");
    vm.raise_message(&exceptions::OS_ERROR, message)
}

/// Clears the error of a call that a signal interrupted, so that it can be made again; keeps every other.
pub fn interrupted(vm: &mut Vm, raised: Raised) -> PyResult<()> {
    if !vm.pending_is(&exceptions::INTERRUPTED_ERROR) {
        return Err(raised);
    }
    drop(vm.catch(raised));
    vm.poll(0)
}

/// The next line of a stream, `None` at the end.
pub fn next_line(vm: &mut Vm, this: &Value) -> PyResult<Option<Value>> {
    let line = call0(vm, this, &names::readline)?;
    Ok((vm.len(&line)? > 0).then_some(line))
}

#[pymethods]
impl IoBase {
    #[new]
    fn new_stream(cls: &Object<Type>, vm: &mut Vm, args: Args<'_>) -> PyResult<IoBase> {
        let own_init = cls.slots().init().is_some_and(|init| !std::ptr::fn_addr_eq(init, object_slots::init as InitFn));
        if !args.is_empty() && !own_init {
            let name = cls.full_name(vm);
            return Err(vm.type_error(format_args!("{name}() takes no arguments")));
        }
        Ok(IoBase::new())
    }

    /// seek($self, offset, whence=os.SEEK_SET, /)
    /// --
    ///
    /// Move to a byte offset and return the new position.
    ///
    ///   offset
    ///     How far, in bytes.
    ///   whence
    ///     From where: 0 the start, 1 the present position, 2 the end.
    fn seek(this: &Value, vm: &mut Vm, offset: &Value, whence: Option<&Value>) -> PyResult {
        let _ = (this, offset, whence);
        Err(unsupported(vm, "seek"))
    }

    /// Return the present position.
    fn tell(this: &Value, vm: &mut Vm) -> PyResult {
        vm.call_method(this, &names::seek, &[Value::from_i32(0), Value::from_i32(1)])
    }

    /// Cut the file off at `size` bytes, or at the present position.
    ///
    /// The position stays. Returns the new size.
    fn truncate(this: &Value, vm: &mut Vm, size: Option<&Value>) -> PyResult {
        let _ = (this, size);
        Err(unsupported(vm, "truncate"))
    }

    /// Write out what is buffered.
    fn flush(&self, vm: &mut Vm) -> PyResult<()> {
        if self.closed.get() { Err(errors::closed_file(vm)) } else { Ok(()) }
    }

    /// Flush and close. Closing again does nothing.
    fn close(this: &Object<Self>, vm: &mut Vm) -> PyResult<()> {
        let value = this.to_value();
        this.close_base(vm, &value)
    }

    /// Whether `seek`, `tell` and `truncate` work.
    fn seekable(&self) -> bool {
        false
    }

    /// Whether the stream was opened for reading.
    fn readable(&self) -> bool {
        false
    }

    /// Whether the stream was opened for writing.
    fn writable(&self) -> bool {
        false
    }

    #[name = "_checkClosed"]
    fn check_closed_method(this: &Value, vm: &mut Vm) -> PyResult<()> {
        check_closed(vm, this)
    }

    #[name = "_checkSeekable"]
    fn check_seekable_method(this: &Value, vm: &mut Vm) -> PyResult<bool> {
        check_seekable(vm, this).map(|()| true)
    }

    #[name = "_checkReadable"]
    fn check_readable_method(this: &Value, vm: &mut Vm) -> PyResult<bool> {
        check_readable(vm, this).map(|()| true)
    }

    #[name = "_checkWritable"]
    fn check_writable_method(this: &Value, vm: &mut Vm) -> PyResult<bool> {
        check_writable(vm, this).map(|()| true)
    }

    /// Return the number of the underlying file descriptor, where there is one.
    fn fileno(&self, vm: &mut Vm) -> PyResult {
        Err(unsupported(vm, "fileno"))
    }

    /// Whether the stream is a terminal.
    fn isatty(this: &Value, vm: &mut Vm) -> PyResult<bool> {
        check_closed(vm, this).map(|()| false)
    }

    fn __enter__(this: &Value, vm: &mut Vm) -> PyResult {
        check_closed(vm, this)?;
        Ok(this.clone())
    }

    fn __exit__(this: &Value, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let _ = args;
        call0(vm, this, &names::close)
    }

    #[getter]
    fn closed(&self) -> bool {
        self.closed.get()
    }

    fn __iter__(this: &Value, vm: &mut Vm) -> PyResult {
        check_closed(vm, this)?;
        Ok(this.clone())
    }

    fn __next__(this: &Value, vm: &mut Vm) -> PyResult<Option<Value>> {
        next_line(vm, this)
    }

    fn __del__(this: &Value, vm: &mut Vm) {
        finalise(vm, this);
    }

    /// readline($self, size=-1, /)
    /// --
    ///
    /// Read a line, at most `size` bytes of it, and return it with its end.
    fn readline(this: &Value, vm: &mut Vm, #[default(OptionalSize::ALL)] size: OptionalSize) -> PyResult<Ref<Bytes>> {
        read_line(vm, this, size)
    }

    /// readlines($self, hint=-1, /)
    /// --
    ///
    /// Return a list of lines.
    ///
    /// With `hint` no more lines are read once the size of those read reaches it.
    fn readlines(this: &Value, vm: &mut Vm, #[default(OptionalSize::ALL)] hint: OptionalSize) -> PyResult<Ref<List>> {
        let list = vm.new_list();
        if hint.0 <= 0 {
            list.extend(this, vm)?;
            return Ok(list);
        }
        let lines = vm.iter(this)?;
        let mut total = 0;
        while let Some(line) = vm.next(&lines)? {
            let len = vm.len(&line)?;
            list.push(line, vm)?;
            total += len;
            if total > hint.0 as usize {
                break;
            }
        }
        Ok(list)
    }

    /// Write all lines of an iterable; none of them gets an end that it does not have.
    fn writelines(this: &Value, vm: &mut Vm, lines: &Value) -> PyResult<()> {
        check_closed(vm, this)?;
        let lines = vm.iter(lines)?;
        while let Some(line) = vm.next(&lines)? {
            while let Err(raised) = vm.call_method(this, &names::write, std::slice::from_ref(&line)) {
                interrupted(vm, raised)?;
            }
        }
        Ok(())
    }
}

/// The base of streams of raw bytes.
#[pyclass(name = "_RawIOBase", module = "_io", like = IoBase, dict, weakref)]
pub struct RawIoBase;

#[pymethods]
impl RawIoBase {
    /// read($self, size=-1, /)
    /// --
    ///
    fn read(this: &Value, vm: &mut Vm, #[default(-1)] size: isize) -> PyResult {
        if size < 0 {
            return call0(vm, this, &names::readall);
        }
        let buffer = vm.new_bytearray(&vec![0; size as usize])?;
        let read = vm.call_method(this, &names::readinto, &[buffer.clone().into()])?;
        if read.is_none() {
            return Ok(read);
        }
        let read = vm.index_isize_or(&read, exceptions::VALUE_ERROR.get())?;
        let available = buffer.as_slice(vm).len();
        match usize::try_from(read) {
            Ok(read) if read <= available => {
                let data = buffer.as_slice(vm)[..read].to_vec();
                Ok(vm.new_bytes(&data)?.into())
            }
            _ => Err(vm.value_error(format_args!("readinto returned {read} outside buffer size {available}"))),
        }
    }

    /// Read until the end.
    fn readall(this: &Value, vm: &mut Vm) -> PyResult {
        let mut all: Vec<u8> = Vec::new();
        let size = Value::from_i32(super::DEFAULT_BUFFER_SIZE as i32);
        let mut any = false;
        loop {
            let data = match vm.call_method(this, &names::read, std::slice::from_ref(&size)) {
                Ok(data) => data,
                Err(raised) => {
                    interrupted(vm, raised)?;
                    continue;
                }
            };
            if data.is_none() {
                if !any {
                    return Ok(data);
                }
                break;
            }
            let Some(data) = data.downcast::<Bytes>() else {
                return Err(vm.type_error(format_args!("read() should return bytes")));
            };
            if data.is_empty() {
                break;
            }
            any = true;
            all.extend_from_slice(data.as_slice());
        }
        Ok(vm.new_bytes(&all)?.into())
    }

    #[text_signature = ""]
    fn readinto(this: &Value, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let _ = (this, args);
        Err(not_implemented(vm))
    }

    #[text_signature = ""]
    fn write(this: &Value, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let _ = (this, args);
        Err(not_implemented(vm))
    }
}

fn not_implemented(heap: &mut Heap) -> Raised {
    let exception = heap.new_exception(&exceptions::NOT_IMPLEMENTED_ERROR, vec![]);
    heap.raise(exception)
}

/// The base of buffered streams of bytes.
///
/// Their `read` takes no size for all there is, and none of their methods gives `None`.
#[pyclass(name = "_BufferedIOBase", module = "_io", like = IoBase, dict, weakref)]
pub struct BufferedIoBase;

/// Reads into a buffer by `read` or `read1` (`_bufferediobase_readinto_generic`).
fn read_into(vm: &mut Vm, this: &Value, buffer: WritableBuffer, once: bool) -> PyResult<usize> {
    let len = buffer.0.len();
    let size = vm.int(len as i64);
    let name = if once { &names::read1 } else { &names::read };
    let data = vm.call_method(this, name, &[size])?;
    let Some(data) = data.downcast::<Bytes>() else {
        return Err(vm.type_error(format_args!("read() should return bytes")));
    };
    let data = data.as_slice();
    if data.len() > len {
        let returned = data.len();
        return Err(vm.value_error(format_args!("read() returned too much data: {len} bytes requested, {returned} returned")));
    }
    if let Some(target) = buffer.0.as_mut_slice(vm) {
        target[..data.len()].copy_from_slice(data);
    }
    Ok(data.len())
}

#[pymethods]
impl BufferedIoBase {
    /// Take the raw stream out and return it; this object is of no use any more.
    fn detach(this: &Value, vm: &mut Vm) -> PyResult {
        let _ = this;
        Err(unsupported(vm, "detach"))
    }

    /// read($self, size=-1, /)
    /// --
    ///
    /// Read at most `size` bytes, all there is without one or with a negative one.
    ///
    /// Streams that are no terminals are asked again until that many bytes came or the end is reached.
    /// Empty bytes mean the end, `None` that nothing is there now.
    #[text_signature = "($self, size=-1, /)"]
    fn read(this: &Value, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let _ = (this, args);
        Err(unsupported(vm, "read"))
    }

    /// Read at most `size` bytes with at most one read of the stream below.
    #[text_signature = "($self, size=-1, /)"]
    fn read1(this: &Value, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let _ = (this, args);
        Err(unsupported(vm, "read1"))
    }

    fn readinto(this: &Value, vm: &mut Vm, buffer: WritableBuffer) -> PyResult<usize> {
        read_into(vm, this, buffer, false)
    }

    fn readinto1(this: &Value, vm: &mut Vm, buffer: WritableBuffer) -> PyResult<usize> {
        read_into(vm, this, buffer, true)
    }

    /// Write the bytes of a buffer and return their number.
    ///
    /// Raises `BlockingIOError` where the buffer is full and the stream below cannot take more.
    #[text_signature = "($self, b, /)"]
    fn write(this: &Value, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let _ = (this, args);
        Err(unsupported(vm, "write"))
    }
}

/// The base of streams of text: characters and lines. Strings cannot be read into, so there is no `readinto`.
#[pyclass(name = "_TextIOBase", module = "_io", like = IoBase, dict, weakref)]
pub struct TextIoBase;

#[pymethods]
impl TextIoBase {
    /// Take the buffer out and return it; this object is of no use any more.
    fn detach(this: &Value, vm: &mut Vm) -> PyResult {
        let _ = this;
        Err(unsupported(vm, "detach"))
    }

    /// Read at most `size` characters, all there is without one or with a negative one.
    #[text_signature = "($self, size=-1, /)"]
    fn read(this: &Value, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let _ = (this, args);
        Err(unsupported(vm, "read"))
    }

    /// Read a line, an empty string at the end.
    #[text_signature = "($self, size=-1, /)"]
    fn readline(this: &Value, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let _ = (this, args);
        Err(unsupported(vm, "readline"))
    }

    /// Write a string and return the number of its characters.
    #[text_signature = "($self, s, /)"]
    fn write(this: &Value, vm: &mut Vm, args: Args<'_>) -> PyResult {
        let _ = (this, args);
        Err(unsupported(vm, "write"))
    }

    /// The encoding of the stream.
    #[getter]
    fn encoding(this: &Value) {
        let _ = this;
    }

    /// The line ends seen so far in reading.
    #[getter]
    fn newlines(this: &Value) {
        let _ = this;
    }

    /// What is done with what cannot be decoded or encoded.
    #[getter]
    fn errors(this: &Value) {
        let _ = this;
    }
}
