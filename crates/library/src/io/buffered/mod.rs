//! The buffered streams of bytes. `BufferedReader`, `BufferedWriter` and `BufferedRandom` share [`Buffered`], one buffer
//! for reading and writing with CPython's bookkeeping (`Modules/_io/bufferedio.c`).
//!
//! | file | what |
//! |---|---|
//! | `lock.rs` | one thread at a time |
//! | `raw.rs` | calls of the raw stream |
//! | `read.rs`, `write.rs`, `seek.rs` | the algorithms |
//! | `classes.rs` | the three classes |
//! | `pair.rs` | `BufferedRWPair` |

mod classes;
mod lock;
mod pair;
mod raw;
mod read;
mod seek;
mod write;

use std::cell::Cell;

use pvm_macros::Trace;
use pvm_object::buffer::BufferView;
use pvm_object::bytes::Bytes;
use pvm_object::str::Str;
use pvm_object::{Foreign, Heap, HeapCell, Object, PyResult, Raised, Ref, Value, Vm, names};

pub use classes::{BufferedRandom, BufferedReader, BufferedWriter};
pub use pair::BufferedRwPair;

use super::errors::{self, call0, is_closed, plain};
use super::fileio::FileIo;
use lock::StreamLock;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Uninitialized,
    Ready,
    Detached,
}

/// The state of a buffered stream.
///
/// `pos` is the logical position in the buffer and `raw_pos` that of the raw stream, both counted from the buffer's start.
/// What was read lies before `read_end`; what waits to be written between `write_pos` and `write_end`. An end of -1 says
/// that the buffer is not in use that way. `abs_pos` is the raw stream's own position, -1 where it is not known.
#[derive(Trace)]
pub struct Buffered {
    raw: HeapCell<Option<Value>>,
    #[trace(skip)]
    status: Cell<Status>,
    readable: Cell<bool>,
    writable: Cell<bool>,
    finalizing: Cell<bool>,
    /// Whether both this stream and the raw one are of the native classes themselves.
    all_native: Cell<bool>,
    buffer: HeapCell<Foreign<Vec<u8>>>,
    /// Whether there is a buffer; while the system reads into it or writes from it, the cell is empty nevertheless.
    has_buffer: Cell<bool>,
    size: Cell<usize>,
    abs_pos: Cell<i64>,
    pos: Cell<usize>,
    raw_pos: Cell<i64>,
    read_end: Cell<i64>,
    write_pos: Cell<usize>,
    write_end: Cell<i64>,
    lock: StreamLock,
}

impl Default for Buffered {
    fn default() -> Buffered {
        Buffered {
            raw: HeapCell::new(None),
            status: Cell::new(Status::Uninitialized),
            readable: Cell::new(false),
            writable: Cell::new(false),
            finalizing: Cell::new(false),
            all_native: Cell::new(false),
            buffer: HeapCell::new(Foreign(Vec::new())),
            has_buffer: Cell::new(false),
            size: Cell::new(0),
            abs_pos: Cell::new(0),
            pos: Cell::new(0),
            raw_pos: Cell::new(0),
            read_end: Cell::new(-1),
            write_pos: Cell::new(0),
            write_end: Cell::new(-1),
            lock: StreamLock::new(),
        }
    }
}

impl Buffered {
    /// Sets the stream up around a raw one, which was checked.
    fn init(&self, vm: &mut Vm, raw: &Value, size: isize, readable: bool, writable: bool, native: bool) -> PyResult<()> {
        self.raw.set(Some(raw.clone()), vm);
        self.readable.set(readable);
        self.writable.set(writable);
        let Some(size) = usize::try_from(size).ok().filter(|&size| size > 0) else {
            return Err(vm.value_error(format_args!("buffer size must be strictly positive")));
        };
        const LARGE: usize = 64 << 20;
        if size > LARGE && Vec::<u8>::new().try_reserve_exact(size).is_err() {
            return Err(vm.memory_error());
        }
        // Fresh zeroed memory costs nothing where it is not touched.
        self.buffer.set(Foreign(vec![0; size]), vm);
        self.has_buffer.set(true);
        self.size.set(size);
        if let Err(raised) = self.raw_tell(vm) {
            drop(vm.catch(raised));
        }
        self.reset_read();
        self.reset_write();
        self.pos.set(0);
        self.all_native.set(native && raw.downcast_exact::<FileIo>().is_some());
        self.status.set(Status::Ready);
        Ok(())
    }

    /// Before `__init__` sets the stream up anew.
    fn uninitialize(&self) {
        self.status.set(Status::Uninitialized);
    }

    fn check_ready(&self, heap: &mut Heap) -> PyResult<()> {
        if self.status.get() == Status::Ready { Ok(()) } else { Err(self.not_ready(heap)) }
    }

    #[cold]
    fn not_ready(&self, heap: &mut Heap) -> Raised {
        match self.status.get() {
            Status::Detached => heap.value_error(format_args!("raw stream has been detached")),
            _ => errors::uninitialized(heap),
        }
    }

    /// The raw stream of a stream that is ready.
    fn raw(&self, vm: &mut Vm) -> PyResult {
        self.check_ready(vm)?;
        match self.raw.get(vm) {
            Some(raw) => Ok(raw),
            None => Err(self.not_ready(vm)),
        }
    }

    /// Whether the stream is closed.
    pub fn closed(&self, vm: &mut Vm) -> PyResult<bool> {
        let raw = self.raw(vm)?;
        match raw.downcast_exact::<FileIo>() {
            Some(file) if self.all_native.get() => Ok(file.is_closed()),
            _ => is_closed(vm, &raw),
        }
    }

    /// An error where the stream is closed and nothing is left in the buffer.
    fn check_open(&self, vm: &mut Vm, message: &str) -> PyResult<()> {
        let closed = !self.has_buffer.get() || self.closed(vm)?;
        if closed && self.read_ahead() == 0 {
            return Err(vm.value_error(format_args!("{message}")));
        }
        Ok(())
    }

    /// Whether the stream is for reading.
    pub fn can_read(&self) -> bool {
        self.readable.get()
    }

    /// Whether the stream is for writing.
    pub fn can_write(&self) -> bool {
        self.writable.get()
    }

    fn reset_read(&self) {
        self.read_end.set(-1);
    }

    fn reset_write(&self) {
        self.write_pos.set(0);
        self.write_end.set(-1);
    }

    fn reads(&self) -> bool {
        self.readable.get() && self.read_end.get() != -1
    }

    fn writes(&self) -> bool {
        self.writable.get() && self.write_end.get() != -1
    }

    /// How many bytes were read and not yet given out.
    fn read_ahead(&self) -> usize {
        if self.reads() { (self.read_end.get() - self.pos.get() as i64).max(0) as usize } else { 0 }
    }

    /// How far the raw stream is ahead of the logical position.
    fn raw_offset(&self) -> i64 {
        if (self.reads() || self.writes()) && self.raw_pos.get() >= 0 { self.raw_pos.get() - self.pos.get() as i64 } else { 0 }
    }

    fn set_position(&self, position: usize) {
        self.pos.set(position);
        if self.reads() && self.read_end.get() < position as i64 {
            self.read_end.set(position as i64);
        }
    }

    fn advance(&self, count: usize) {
        self.pos.set(self.pos.get() + count);
    }

    /// The next bytes of the buffer; `None` while another thread has the buffer.
    fn buffered<'a>(&'a self, count: usize, heap: &'a Heap) -> Option<&'a [u8]> {
        let at = self.pos.get();
        self.buffer.borrow(heap).get(at..at + count)
    }

    /// The next bytes of the buffer as an object, which moves the position behind them; `None` as in [`Self::buffered`].
    fn take_bytes(&self, count: usize, heap: &mut Heap) -> PyResult<Option<Ref<Bytes>>> {
        let data = match self.buffered(count, heap) {
            None => return Ok(None),
            Some([]) => heap.new_bytes(&[])?,
            Some(&[byte]) => heap.new_bytes(&[byte])?,
            Some(_) => {
                let mut writer = heap.bytes_writer(count)?;
                writer.push(self.buffered(count, heap).unwrap_or_default());
                writer.finish()
            }
        };
        self.advance(count);
        Ok(Some(data))
    }

    /// Moves the next bytes of the buffer into a view, from its byte `at` on; gives their number.
    fn copy_out(&self, count: usize, target: &BufferView, at: usize, heap: &mut Heap) -> usize {
        let buffer = self.take_buffer(heap);
        let position = self.pos.get();
        let mut copied = 0;
        if let (Some(data), Some(target)) = (buffer.get(position..position + count), target.as_mut_slice(heap)) {
            target[at..at + count].copy_from_slice(data);
            copied = count;
            self.advance(count);
        }
        if !buffer.is_empty() {
            self.buffer.borrow_mut(heap).0 = buffer;
        }
        copied
    }

    /// Takes the buffer out for a call of the system; it is to be put back.
    fn take_buffer(&self, heap: &mut Heap) -> Vec<u8> {
        std::mem::take(&mut self.buffer.borrow_mut(heap).0)
    }

    /// Runs `body` with the stream's lock.
    fn locked<R>(&self, vm: &mut Vm, this: &Value, body: impl FnOnce(&mut Vm) -> PyResult<R>) -> PyResult<R> {
        self.lock.enter(vm, this)?;
        let result = body(vm);
        self.lock.leave(vm);
        result
    }

    /// `close`: flushes and closes the raw stream, both even if the other fails.
    fn close(&self, vm: &mut Vm, this: &Value) -> PyResult {
        self.check_ready(vm)?;
        self.lock.enter(vm, this)?;
        let closed = self.closed(vm);
        if matches!(closed, Ok(false)) && self.finalizing.get() {
            self.dealloc_warn(vm, this);
        }
        self.lock.leave(vm);
        if closed? {
            return Ok(Value::none());
        }
        // `flush` takes the lock itself.
        let failed = call0(vm, this, &names::flush).err().map(|raised| vm.catch(raised));
        self.lock.enter(vm, this)?;
        let closed = match self.raw.get(vm) {
            Some(raw) => call0(vm, &raw, &names::close),
            None => Err(self.not_ready(vm)),
        };
        self.has_buffer.set(false);
        self.buffer.set(Foreign(Vec::new()), vm);
        self.read_end.set(0);
        self.pos.set(0);
        self.lock.leave(vm);
        match failed {
            Some(failed) => Err(super::chain(vm, closed.map(drop), failed)),
            None => closed,
        }
    }

    /// Lets the raw stream warn that nobody closed it.
    fn dealloc_warn(&self, vm: &mut Vm, source: &Value) {
        if self.status.get() == Status::Ready
            && let Some(raw) = self.raw.get(vm)
            && let Err(raised) = vm.call_method(&raw, &names::_dealloc_warn, std::slice::from_ref(source))
        {
            drop(vm.catch(raised));
        }
    }

    fn detach(&self, vm: &mut Vm, this: &Value) -> PyResult {
        self.check_ready(vm)?;
        call0(vm, this, &names::flush)?;
        let raw = self.raw.replace(None, vm);
        self.status.set(Status::Detached);
        match raw {
            Some(raw) => Ok(raw),
            None => Err(self.not_ready(vm)),
        }
    }

    fn repr(&self, vm: &mut Vm, this: &Value) -> PyResult<String> {
        let kind = this.ty().full_name(vm);
        match errors::stream_name(vm, this)? {
            None => Ok(format!("<{kind}>")),
            Some(name) => errors::guarded_repr(vm, this, |vm| Ok(format!("<{kind} name={}>", vm.repr(&name)?))),
        }
    }

    /// The raw stream, where it is a file whose method `name` can be called directly.
    fn file<'a>(raw: &'a Value, name: &Object<Str>, heap: &Heap) -> Option<&'a Object<FileIo>> {
        plain::<FileIo>(raw, name, heap)
    }
}
