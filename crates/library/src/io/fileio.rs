//! `FileIO`: the raw stream of a file descriptor.

use std::cell::Cell;

use pvm_interpreter::audit;
use pvm_interpreter::permissions::{Need, require};
use pvm_macros::{pyclass, pymethods};
use pvm_object::arguments::Argument;
use pvm_object::buffer::BufferView;
use pvm_object::bytes::Bytes;
use pvm_object::convert::FromArg;
use pvm_object::{Args, Heap, Object, PyResult, Raised, Ref, Value, Vm, exceptions, names};
use rustix::buffer::spare_capacity;
use rustix::fs::{FileType, Mode, OFlags};

use super::base::IoBase;
use super::errors::{self, cannot_pickle, unsupported};
use crate::frozen::files;
use crate::parameters::{BoolMember, OptionalSize, WritableBuffer, c_int};
use crate::paths;
use crate::system::{self, Errno, RawBytes, SysResult};

/// What was learned of a file when it was opened.
#[derive(Clone, Copy)]
struct AtOpen {
    size: i64,
    is_character_device: bool,
}

/// FileIO(file, mode='r', closefd=True, opener=None)
/// --
///
/// Open a file without buffering.
///
/// The mode is one of 'r' (read), 'w' (write from the start), 'x' (create, which must not exist) and 'a' (append), where a
/// '+' adds reading or writing. With `opener` a descriptor is had by calling it with the file and the flags.
#[pyclass(name = "FileIO", module = "_io", extends = IoBase, base = super::base::RAW_IO_BASE_TYPE, dict, weakref)]
pub struct FileIo {
    base: IoBase,
    /// -1 when closed.
    fd: Cell<i32>,
    created: Cell<bool>,
    readable: Cell<bool>,
    writable: Cell<bool>,
    appending: Cell<bool>,
    /// Once it is known.
    seekable: Cell<Option<bool>>,
    closefd: Cell<bool>,
    finalizing: Cell<bool>,
    block_size: Cell<i64>,
    #[trace(skip)]
    at_open: Cell<Option<AtOpen>>,
}

/// What a mode asks for.
struct OpenMode {
    created: bool,
    readable: bool,
    writable: bool,
    appending: bool,
    flags: OFlags,
}

impl OpenMode {
    fn parse(vm: &mut Vm, mode: &str) -> PyResult<OpenMode> {
        let mut parsed = OpenMode { created: false, readable: false, writable: false, appending: false, flags: OFlags::CLOEXEC };
        let (mut chosen, mut plus) = (false, false);
        for c in mode.chars() {
            let again = match c {
                'x' | 'r' | 'w' | 'a' => std::mem::replace(&mut chosen, true),
                'b' => false,
                '+' => std::mem::replace(&mut plus, true),
                _ => return Err(vm.value_error(format_args!("invalid mode: {mode}"))),
            };
            if again {
                return Err(bad_mode(vm));
            }
            match c {
                'x' => {
                    (parsed.created, parsed.writable) = (true, true);
                    parsed.flags |= OFlags::EXCL | OFlags::CREATE;
                }
                'r' => parsed.readable = true,
                'w' => {
                    parsed.writable = true;
                    parsed.flags |= OFlags::CREATE | OFlags::TRUNC;
                }
                'a' => {
                    (parsed.appending, parsed.writable) = (true, true);
                    parsed.flags |= OFlags::CREATE | OFlags::APPEND;
                }
                '+' => (parsed.readable, parsed.writable) = (true, true),
                _ => {}
            }
        }
        if !chosen {
            return Err(bad_mode(vm));
        }
        parsed.flags |= match (parsed.readable, parsed.writable) {
            (true, true) => OFlags::RDWR,
            (true, false) => OFlags::RDONLY,
            _ => OFlags::WRONLY,
        };
        Ok(parsed)
    }
}

#[cold]
fn bad_mode(heap: &mut Heap) -> Raised {
    heap.value_error(format_args!("Must have exactly one of create/read/write/append mode and at most one plus"))
}

impl FileIo {
    fn unopened() -> FileIo {
        FileIo {
            base: IoBase::new(),
            fd: Cell::new(-1),
            created: Cell::new(false),
            readable: Cell::new(false),
            writable: Cell::new(false),
            appending: Cell::new(false),
            seekable: Cell::new(None),
            closefd: Cell::new(true),
            finalizing: Cell::new(false),
            block_size: Cell::new(super::DEFAULT_BUFFER_SIZE as i64),
            at_open: Cell::new(None),
        }
    }

    /// Whether it is closed, or was never opened.
    pub fn is_closed(&self) -> bool {
        self.fd.get() < 0
    }

    fn open_fd(&self, heap: &mut Heap) -> PyResult<i32> {
        match self.fd.get() {
            fd if fd < 0 => Err(errors::closed(heap)),
            fd => Ok(fd),
        }
    }

    fn reading_fd(&self, heap: &mut Heap) -> PyResult<i32> {
        let fd = self.open_fd(heap)?;
        if self.readable.get() { Ok(fd) } else { Err(unsupported(heap, "File not open for reading")) }
    }

    fn writing_fd(&self, heap: &mut Heap) -> PyResult<i32> {
        let fd = self.open_fd(heap)?;
        if self.writable.get() { Ok(fd) } else { Err(unsupported(heap, "File not open for writing")) }
    }

    fn close_descriptor(&self, vm: &mut Vm) -> PyResult<()> {
        let fd = self.fd.replace(-1);
        if fd < 0 {
            return Ok(());
        }
        // A close that a signal interrupted must not be repeated: the descriptor is gone.
        let result = vm.detach(|| system::close(fd));
        system::raise(vm, result)
    }

    fn mode(&self) -> &'static str {
        match (self.created.get(), self.appending.get(), self.readable.get(), self.writable.get()) {
            (true, _, true, _) => "xb+",
            (true, _, false, _) => "xb",
            (_, true, true, _) => "ab+",
            (_, true, false, _) => "ab",
            (_, _, true, true) => "rb+",
            (_, _, true, false) => "rb",
            _ => "wb",
        }
    }

    /// Reads at most as many bytes as there is room; `None` where nothing is there now.
    pub fn read_into_slice(&self, vm: &mut Vm, room: &mut [u8]) -> PyResult<Option<usize>> {
        let fd = self.reading_fd(vm)?;
        let read = system::blocking(vm, || rustix::io::read(system::borrow(fd)?, &mut *room))?;
        now(vm, read)
    }

    /// Reads to the end of `data`, as much as it has room for at most; `None` where nothing is there now.
    pub fn read_to_capacity(&self, vm: &mut Vm, data: &mut Vec<u8>) -> PyResult<Option<usize>> {
        let fd = self.reading_fd(vm)?;
        let read = system::blocking(vm, || rustix::io::read(system::borrow(fd)?, spare_capacity(data)))?;
        now(vm, read)
    }

    /// Writes bytes of a slice; `None` where they cannot be taken now.
    pub fn write_slice(&self, vm: &mut Vm, bytes: &[u8]) -> PyResult<Option<usize>> {
        let fd = self.writing_fd(vm)?;
        let written = system::blocking(vm, || rustix::io::write(system::borrow(fd)?, bytes))?;
        now(vm, written)
    }

    /// As [`FileIo::write_slice`], for the bytes of a view from `start` on.
    pub fn write_part(&self, vm: &mut Vm, view: &BufferView, start: usize) -> PyResult<Option<usize>> {
        let fd = self.writing_fd(vm)?;
        let bytes = RawBytes::of(view).part(start, usize::MAX);
        let written = system::blocking(vm, move || bytes.write_to(fd))?;
        now(vm, written)
    }

    /// Reads until the end (`_io_FileIO_readall_impl`): the size known from opening says how much to expect.
    pub fn read_all(&self, vm: &mut Vm) -> PyResult<Option<Vec<u8>>> {
        const SMALL: i64 = 65536;
        const ROOM: usize = 8192;
        let fd = self.open_fd(vm)?;
        let expected = match self.at_open.get() {
            Some(at_open) if at_open.size > 0 && at_open.size < isize::MAX as i64 => {
                let mut left = at_open.size;
                if at_open.size >= SMALL {
                    let position = vm.detach(|| seek(fd, 0, libc::SEEK_CUR));
                    if let Ok(position) = position
                        && position >= 0
                        && position <= left
                    {
                        left -= position;
                    }
                }
                left as usize + 1
            }
            _ => ROOM,
        };
        let mut all: Vec<u8> = Vec::new();
        if all.try_reserve_exact(expected).is_err() {
            return Err(vm.memory_error());
        }
        let mut any = false;
        loop {
            if all.len() == all.capacity() {
                let more = all.len().min(1 << 26) + (all.len() >> 3) + ROOM;
                if all.try_reserve_exact(more).is_err() {
                    return Err(vm.memory_error());
                }
            }
            let read = system::blocking(vm, || rustix::io::read(system::borrow(fd)?, spare_capacity(&mut all)))?;
            match read {
                Ok(0) => break,
                Ok(_) => any = true,
                Err(Errno::AGAIN) if any => break,
                Err(Errno::AGAIN) => return Ok(None),
                Err(errno) => return Err(vm.os_error(errno.raw_os_error())),
            }
        }
        Ok(Some(all))
    }

    /// Reads at most `size` bytes with one call.
    fn read_some(&self, vm: &mut Vm, size: usize) -> PyResult<Option<Ref<Bytes>>> {
        let fd = self.reading_fd(vm)?;
        let mut data: Vec<u8> = Vec::new();
        if data.try_reserve_exact(size).is_err() {
            return Err(vm.memory_error());
        }
        let read = system::blocking(vm, || match size {
            0 => rustix::io::read(system::borrow(fd)?, &mut [0u8; 0][..]),
            _ => rustix::io::read(system::borrow(fd)?, spare_capacity(&mut data)),
        })?;
        match now(vm, read)? {
            Some(_) => Ok(Some(vm.new_bytes(&data)?)),
            None => Ok(None),
        }
    }

    fn position(&self, vm: &mut Vm, offset: i64, whence: i32) -> PyResult<i64> {
        let fd = self.open_fd(vm)?;
        let result = vm.detach(|| seek(fd, offset, whence));
        if self.seekable.get().is_none() {
            self.seekable.set(Some(result.is_ok()));
        }
        system::raise(vm, result)
    }

    /// `lseek`, the new position.
    pub fn seek_raw(&self, vm: &mut Vm, offset: i64, whence: i32) -> PyResult<i64> {
        self.position(vm, offset, whence)
    }

    /// Whether it is a terminal, as far as that is known from opening it (`_isatty_open_only`).
    pub fn is_terminal_at_open(&self, vm: &mut Vm) -> PyResult<bool> {
        if self.at_open.get().is_some_and(|at_open| !at_open.is_character_device) {
            return Ok(false);
        }
        self.is_terminal(vm)
    }

    fn is_terminal(&self, vm: &mut Vm) -> PyResult<bool> {
        let fd = self.open_fd(vm)?;
        Ok(vm.detach(|| system::borrow(fd).is_ok_and(rustix::termios::isatty)))
    }

    /// The size of blocks that the file is best read and written in.
    pub fn block_size(&self) -> i64 {
        self.block_size.get()
    }

    fn learn(&self, vm: &mut Vm, fd: i32, name: &Value) -> PyResult<()> {
        self.at_open.set(None);
        match vm.detach(|| rustix::fs::fstat(system::borrow(fd)?)) {
            Ok(stat) => {
                let kind = FileType::from_raw_mode(stat.st_mode);
                if kind == FileType::Directory {
                    return Err(vm.os_error_at(libc::EISDIR, name));
                }
                if stat.st_blksize > 1 {
                    self.block_size.set(stat.st_blksize);
                }
                let is_character_device = kind == FileType::CharacterDevice;
                self.at_open.set(Some(AtOpen { size: stat.st_size, is_character_device }));
                Ok(())
            }
            Err(Errno::BADF) => Err(vm.os_error(libc::EBADF)),
            Err(_) => Ok(()),
        }
    }

    /// `FileIO.__init__`.
    pub fn open(
        this: &Object<FileIo>,
        vm: &mut Vm,
        file: &Value,
        mode: &str,
        closefd: bool,
        opener: Option<&Value>,
    ) -> PyResult<()> {
        if this.fd.get() >= 0 {
            if this.closefd.get() {
                this.close_descriptor(vm)?;
            } else {
                this.fd.set(-1);
            }
        }
        let given = given_descriptor(vm, file)?;
        let path = match given {
            Some(_) => None,
            None => Some(paths::fs_path(vm, file)?),
        };
        let given_mode = mode;
        let mode = OpenMode::parse(vm, mode)?;
        if mode.readable {
            require(vm, Need::ReadFiles, "opening files")?;
        }
        if mode.writable {
            require(vm, Need::WriteFiles, "opening files for writing")?;
        }
        if audit::is_heard(vm) {
            let flags = Value::from_i32(mode.flags.bits() as i32);
            let shown = vm.new_str(given_mode).into();
            audit::event(vm, "open", &[file.clone(), shown, flags])?;
        }
        this.created.set(mode.created);
        this.readable.set(mode.readable);
        this.writable.set(mode.writable);
        this.appending.set(mode.appending);
        this.seekable.set(None);
        let owned = given.is_none();
        let fd = match (given, path, opener) {
            (Some(fd), ..) => {
                this.closefd.set(closefd);
                fd
            }
            _ if !closefd => {
                return Err(vm.value_error(format_args!("Cannot use closefd=False with file name")));
            }
            (None, _, Some(opener)) => {
                this.closefd.set(true);
                open_by(vm, opener, file, mode.flags)?
            }
            (None, path, None) => {
                this.closefd.set(true);
                let path = path.unwrap_or_default();
                let flags = mode.flags;
                system::call_at(vm, file, || {
                    let opened = match files::open(&path, flags) {
                        Some(opened) => opened?,
                        None => rustix::fs::open(&path[..], flags, Mode::from_raw_mode(0o666))?,
                    };
                    Ok(system::release(opened))
                })?
            }
        };
        this.fd.set(fd);
        let result = finish_open(this, vm, fd, file);
        if result.is_err() {
            if owned {
                let pending = vm.take_pending();
                let closed = this.close_descriptor(vm);
                if let Err(raised) = closed {
                    drop(vm.catch(raised));
                }
                vm.restore_pending(pending);
            } else {
                this.fd.set(-1);
            }
        }
        result
    }
}

/// `lseek`.
pub fn seek(fd: i32, offset: i64, whence: i32) -> SysResult<i64> {
    use rustix::fs::SeekFrom;
    let from = match (whence, u64::try_from(offset)) {
        (libc::SEEK_SET, Ok(offset)) => SeekFrom::Start(offset),
        (libc::SEEK_CUR, _) => SeekFrom::Current(offset),
        (libc::SEEK_END, _) => SeekFrom::End(offset),
        (libc::SEEK_DATA, Ok(offset)) => SeekFrom::Data(offset),
        (libc::SEEK_HOLE, Ok(offset)) => SeekFrom::Hole(offset),
        _ => {
            // The descriptor is checked before the arguments.
            rustix::fs::seek(system::borrow(fd)?, SeekFrom::Current(0))?;
            return Err(Errno::INVAL);
        }
    };
    rustix::fs::seek(system::borrow(fd)?, from).map(|position| position as i64)
}

/// The result of a read or write, `None` where it would block.
fn now<T>(vm: &mut Vm, result: SysResult<T>) -> PyResult<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Errno::AGAIN) => Ok(None),
        Err(errno) => Err(vm.os_error(errno.raw_os_error())),
    }
}

/// The descriptor that the file argument is, where it is an int.
fn given_descriptor(vm: &mut Vm, file: &Value) -> PyResult<Option<i32>> {
    if file.as_int().is_none() && file.ty().slots().index().is_none() {
        return Ok(None);
    }
    if file.is_true() || file.is_false() {
        vm.warn(&exceptions::RUNTIME_WARNING, "bool is used as a file descriptor", 1)?;
    }
    match c_int(file, vm) {
        Ok(fd) if fd < 0 => Err(vm.value_error(format_args!("negative file descriptor"))),
        Ok(fd) => Ok(Some(fd)),
        Err(raised) => {
            drop(vm.catch(raised));
            Ok(None)
        }
    }
}

/// The descriptor that an opener gives; it is not inherited.
fn open_by(vm: &mut Vm, opener: &Value, file: &Value, flags: OFlags) -> PyResult<i32> {
    let flags = vm.int(flags.bits().into());
    let fd = vm.call(opener, &[file.clone(), flags])?;
    if fd.as_int().is_none() {
        return Err(vm.type_error(format_args!("expected integer from opener")));
    }
    let fd = c_int(&fd, vm)?;
    if fd < 0 {
        return Err(vm.value_error(format_args!("opener returned {fd}")));
    }
    let result = vm.detach(|| rustix::io::fcntl_setfd(system::borrow(fd)?, rustix::io::FdFlags::CLOEXEC));
    system::raise(vm, result)?;
    Ok(fd)
}

/// What is left to do once there is a descriptor.
fn finish_open(this: &Object<FileIo>, vm: &mut Vm, fd: i32, file: &Value) -> PyResult<()> {
    this.learn(vm, fd, file)?;
    vm.setattr(&this.to_value(), &names::name, file)?;
    if this.appending.get() {
        // So that `tell` is right from the start; pipes cannot seek.
        match vm.detach(|| seek(fd, 0, libc::SEEK_END)) {
            Ok(_) | Err(Errno::SPIPE) => {}
            Err(errno) => return Err(vm.os_error(errno.raw_os_error())),
        }
    }
    Ok(())
}

#[pymethods]
impl FileIo {
    #[new]
    fn new_file(args: Args<'_>) -> FileIo {
        let _ = args;
        FileIo::unopened()
    }

    #[signature = "(file, mode='r', closefd=True, opener=None)"]
    fn __init__(
        this: &Object<Self>,
        vm: &mut Vm,
        file: &Value,
        mode: &str,
        closefd: bool,
        opener: Option<&Value>,
    ) -> PyResult<()> {
        FileIo::open(this, vm, file, mode, closefd, opener)
    }

    /// read($self, size=-1, /)
    /// --
    ///
    /// Read at most `size` bytes with one call of the system; all there is without a size.
    ///
    /// Gives `None` where nothing is there now, empty bytes at the end.
    fn read(this: &Object<Self>, vm: &mut Vm, #[default(OptionalSize::ALL)] size: OptionalSize) -> PyResult {
        this.reading_fd(vm)?;
        match size.get() {
            None => call_or_read_all(this, vm),
            Some(size) => {
                let read = this.read_some(vm, size)?;
                Ok(read.map_or_else(Value::none, Value::from))
            }
        }
    }

    /// Read all there is until the end, with as many calls of the system as that takes.
    fn readall(&self, vm: &mut Vm) -> PyResult {
        match self.read_all(vm)? {
            Some(data) => Ok(vm.new_bytes(&data)?.into()),
            None => Ok(Value::none()),
        }
    }

    /// Read into a buffer and return the number of bytes.
    fn readinto(&self, vm: &mut Vm, buffer: &Value) -> PyResult<Option<usize>> {
        let buffer = WritableBuffer::named(vm, buffer, "readinto() argument 1")?;
        let fd = self.reading_fd(vm)?;
        let room = RawBytes::of(&buffer.0);
        let read = system::blocking(vm, move || room.read_from(fd))?;
        now(vm, read)
    }

    /// Write the bytes of a buffer with one call of the system; return how many it took, `None` where it would block.
    fn write(&self, vm: &mut Vm, b: BufferView) -> PyResult<Option<usize>> {
        self.write_part(vm, &b, 0)
    }

    /// seek($self, pos, whence=0, /)
    /// --
    ///
    /// Move to a position and return it; `whence` says from where: 0 the start, 1 the present one, 2 the end.
    fn seek(&self, vm: &mut Vm, pos: &Value, #[default(0)] whence: i32) -> PyResult<i64> {
        self.open_fd(vm)?;
        let offset = offset(pos, vm)?;
        self.position(vm, offset, whence)
    }

    /// Return the present position.
    fn tell(&self, vm: &mut Vm) -> PyResult<i64> {
        self.position(vm, 0, libc::SEEK_CUR)
    }

    /// Cut the file off at `size` bytes, or at the present position, and return the size.
    #[signature = "(size=None, /)"]
    fn truncate(&self, vm: &mut Vm, size: Option<&Value>) -> PyResult<i64> {
        let fd = self.writing_fd(vm)?;
        let size = match size {
            Some(size) => offset(size, vm)?,
            None => self.position(vm, 0, libc::SEEK_CUR)?,
        };
        system::call(vm, || match u64::try_from(size) {
            Ok(size) => rustix::fs::ftruncate(system::borrow(fd)?, size),
            Err(_) => Err(Errno::INVAL),
        })?;
        if let Some(at_open) = self.at_open.get() {
            self.at_open.set(Some(AtOpen { size, ..at_open }));
        }
        Ok(size)
    }

    /// Close the file; the descriptor too, unless it was given with `closefd=False`.
    fn close(this: &Object<Self>, vm: &mut Vm) -> PyResult<()> {
        let value = this.to_value();
        let flushed = this.base.close_base(vm, &value);
        if !this.closefd.get() {
            this.fd.set(-1);
            return flushed;
        }
        let pending = match flushed {
            Ok(()) => None,
            Err(raised) => Some(vm.catch(raised)),
        };
        if this.finalizing.get() {
            warn_unclosed(this, vm, &value);
        }
        let closed = this.close_descriptor(vm);
        match pending {
            Some(pending) => Err(super::chain(vm, closed, pending)),
            None => closed,
        }
    }

    /// Whether the file can seek.
    fn seekable(&self, vm: &mut Vm) -> PyResult<bool> {
        self.open_fd(vm)?;
        if self.seekable.get().is_none()
            && let Err(raised) = self.position(vm, 0, libc::SEEK_CUR)
        {
            drop(vm.catch(raised));
        }
        Ok(self.seekable.get().unwrap_or(false))
    }

    /// Whether the file was opened for reading.
    fn readable(&self, vm: &mut Vm) -> PyResult<bool> {
        self.open_fd(vm)?;
        Ok(self.readable.get())
    }

    /// Whether the file was opened for writing.
    fn writable(&self, vm: &mut Vm) -> PyResult<bool> {
        self.open_fd(vm)?;
        Ok(self.writable.get())
    }

    /// Return the file descriptor.
    fn fileno(&self, vm: &mut Vm) -> PyResult<i32> {
        self.open_fd(vm)
    }

    /// Whether the file is a terminal.
    fn isatty(&self, vm: &mut Vm) -> PyResult<bool> {
        self.is_terminal(vm)
    }

    /// Whether the file is a terminal, asked only where opening it left that open.
    fn _isatty_open_only(&self, vm: &mut Vm) -> PyResult<bool> {
        self.is_terminal_at_open(vm)
    }

    #[signature = "(object, /)"]
    fn _dealloc_warn(this: &Object<Self>, vm: &mut Vm, object: &Value) {
        warn_unclosed(this, vm, object);
    }

    fn __getstate__(this: &Value, vm: &mut Vm) -> PyResult {
        Err(cannot_pickle(vm, this))
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<String> {
        let value = this.to_value();
        let kind = this.ty().full_name(vm);
        let fd = this.fd.get();
        if fd < 0 {
            return Ok(format!("<{kind} [closed]>"));
        }
        let (mode, closefd) = (this.mode(), if this.closefd.get() { "True" } else { "False" });
        match errors::stream_name(vm, &value)? {
            None => Ok(format!("<{kind} fd={fd} mode='{mode}' closefd={closefd}>")),
            Some(name) => errors::guarded_repr(vm, &value, |vm| {
                let name = vm.repr(&name)?;
                Ok(format!("<{kind} name={name} mode='{mode}' closefd={closefd}>"))
            }),
        }
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

    /// True if the file is closed
    #[getter]
    fn closed(&self) -> bool {
        self.is_closed()
    }

    /// Whether closing the file closes its descriptor.
    #[getter]
    #[name = "closefd"]
    fn get_closefd(&self) -> bool {
        self.closefd.get()
    }

    /// The mode, in one way to write it.
    #[getter]
    #[name = "mode"]
    fn get_mode(&self) -> &'static str {
        self.mode()
    }

    /// The preferred size of blocks to read and write.
    #[getter]
    fn _blksize(&self) -> i64 {
        self.block_size.get()
    }
}

/// `readall` as the class at hand has it.
fn call_or_read_all(this: &Object<FileIo>, vm: &mut Vm) -> PyResult {
    let value = this.to_value();
    if errors::plain::<FileIo>(&value, &names::readall, vm).is_none() {
        return errors::call0(vm, &value, &names::readall);
    }
    this.readall(vm)
}

/// The warning of a file that nobody closed.
fn warn_unclosed(this: &Object<FileIo>, vm: &mut Vm, source: &Value) {
    if this.fd.get() >= 0 && this.closefd.get() {
        super::warn_unclosed(vm, source);
    }
}

/// A file offset out of an int (`PyNumber_AsOff_t`).
pub fn offset(value: &Value, vm: &mut Vm) -> PyResult<i64> {
    let index = vm.index(value)?;
    i64::from_arg(index.borrowed(), Argument::operand(""), vm)
}
