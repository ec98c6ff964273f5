//! `mmap`: files and memory mapped into this process.

use std::cell::Cell;

use pvm_interpreter::audit;
use pvm_macros::{pyclass, pymethods};
use pvm_object::buffer::{BufferView, flags as buffer_flags};
use pvm_object::bytes::Bytes;
use pvm_object::slice::Slice;
use pvm_object::{Object, PyResult, Ref, Value, Vm, exceptions};
use rustix::fs::FileType;

use crate::constants::Numbers;
use crate::parameters::OptionalSize;
use crate::system::{self, Mapping};

const ACCESS_DEFAULT: i32 = 0;
const ACCESS_READ: i32 = 1;
const ACCESS_WRITE: i32 = 2;
const ACCESS_COPY: i32 = 3;

/// Names and values, as Linux has them.
#[rustfmt::skip]
static NUMBERS: &Numbers = &[
    ("ACCESS_COPY", 3), ("ACCESS_DEFAULT", 0), ("ACCESS_READ", 1), ("ACCESS_WRITE", 2), ("MADV_DODUMP", 17),
    ("MADV_DOFORK", 11), ("MADV_DONTDUMP", 16), ("MADV_DONTFORK", 10), ("MADV_DONTNEED", 4), ("MADV_FREE", 8),
    ("MADV_HUGEPAGE", 14), ("MADV_HWPOISON", 100), ("MADV_MERGEABLE", 12), ("MADV_NOHUGEPAGE", 15), ("MADV_NORMAL", 0),
    ("MADV_RANDOM", 1), ("MADV_REMOVE", 9), ("MADV_SEQUENTIAL", 2), ("MADV_UNMERGEABLE", 13), ("MADV_WILLNEED", 3),
    ("MAP_32BIT", 64), ("MAP_ANON", 32), ("MAP_ANONYMOUS", 32), ("MAP_DENYWRITE", 2048), ("MAP_EXECUTABLE", 4096),
    ("MAP_NORESERVE", 16_384), ("MAP_POPULATE", 32_768), ("MAP_PRIVATE", 2), ("MAP_SHARED", 1), ("MAP_STACK", 131_072),
    ("PROT_EXEC", 4), ("PROT_READ", 1), ("PROT_WRITE", 2),
];

#[pvm_macros::pymodule(name = "mmap")]
pub mod native {
    use pvm_object::{PyResult, Value, Vm, exceptions};

    #[export]
    use super::Mmap;

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        crate::constants::add(vm, module, super::NUMBERS)?;
        let page = vm.int(rustix::param::page_size() as i64);
        crate::constants::set(vm, module, "PAGESIZE", &page)?;
        crate::constants::set(vm, module, "ALLOCATIONGRANULARITY", &page)?;
        crate::constants::set(vm, module, "error", &exceptions::OS_ERROR.to_value())
    }
}

/// A copy of the file's descriptor, closed at the end; -1 without one.
struct Owned(Cell<i32>);

impl Drop for Owned {
    fn drop(&mut self) {
        if self.0.get() >= 0 {
            // Nobody is left to hear of an error.
            let _ = system::close(self.0.get());
        }
    }
}

/// Windows: mmap(fileno, length[, tagname[, access[, offset]]])
///
/// Maps length bytes from the file specified by the file handle fileno,
/// and returns a mmap object.  If length is larger than the current size
/// of the file, the file is extended to contain length bytes.  If length
/// is 0, the maximum length of the map is the current size of the file,
/// except that if the file is empty Windows raises an exception (you cannot
/// create an empty mapping on Windows).
///
/// Unix: mmap(fileno, length[, flags[, prot[, access[, offset[, trackfd]]]]])
///
/// Maps length bytes from the file specified by the file descriptor fileno,
/// and returns a mmap object.  If length is 0, the maximum length of the map
/// will be the current size of the file when mmap is called.
/// flags specifies the nature of the mapping. MAP_PRIVATE creates a
/// private copy-on-write mapping, so changes to the contents of the mmap
/// object will be private to this process, and MAP_SHARED creates a mapping
/// that's shared with all other processes mapping the same areas of the file.
/// The default value is MAP_SHARED.
///
/// To map anonymous memory, pass -1 as the fileno (both versions).
#[pyclass(name = "mmap", module = "mmap", weakref)]
pub struct Mmap {
    #[trace(skip)]
    memory: Mapping,
    #[trace(skip)]
    fd: Owned,
    track_fd: bool,
    access: i32,
    flags: i32,
    /// Whether the memory can be read at all.
    readable: bool,
    offset: i64,
    position: Cell<usize>,
}

impl Mmap {
    fn check(&self, vm: &mut Vm) -> PyResult<()> {
        if self.memory.is_closed() {
            return Err(vm.value_error(format_args!("mmap closed or invalid")));
        }
        Ok(())
    }

    /// The memory, to be read.
    fn bytes<'a>(&'a self, vm: &'a mut Vm) -> PyResult<&'a [u8]> {
        self.check(vm)?;
        if !self.readable {
            return Err(vm.os_error(libc::EFAULT));
        }
        Ok(self.memory.as_slice(vm))
    }

    fn check_writable(&self, vm: &mut Vm) -> PyResult<()> {
        if self.access == ACCESS_READ {
            return Err(vm.type_error(format_args!("mmap can't modify a readonly memory map.")));
        }
        Ok(())
    }

    /// The memory, to be written to.
    fn bytes_mut<'a>(&'a self, vm: &'a mut Vm) -> PyResult<&'a mut [u8]> {
        self.check(vm)?;
        self.check_writable(vm)?;
        Ok(self.memory.as_mut_slice(vm))
    }

    fn search(&self, vm: &mut Vm, view: &Value, start: Option<&Value>, end: Option<&Value>, reverse: bool) -> PyResult<isize> {
        self.check(vm)?;
        let bound = |vm: &mut Vm, value: Option<&Value>, default: usize| match value {
            Some(value) => vm.index_isize_or(value, exceptions::OVERFLOW_ERROR.get()),
            None => Ok(default as isize),
        };
        let (start, end) = (bound(vm, start, self.position.get())?, bound(vm, end, self.memory.len())?);
        let wanted = vm.bytes_like(view)?.gather(vm);
        let bytes = self.bytes(vm)?;
        let len = bytes.len() as isize;
        let clip = |bound: isize| (if bound < 0 { bound + len } else { bound }).clamp(0, len) as usize;
        let (start, end) = (clip(start), clip(end));
        let Some(part) = bytes.get(start..end) else {
            return Ok(-1);
        };
        let found = if reverse { memchr::memmem::rfind(part, &wanted) } else { memchr::memmem::find(part, &wanted) };
        Ok(found.map_or(-1, |at| (start + at) as isize))
    }

    /// The bytes from the position on, at most so many; the position moves behind them.
    fn take(&self, vm: &mut Vm, len: impl FnOnce(&[u8]) -> usize) -> PyResult<Ref<Bytes>> {
        let start = self.position.get();
        let bytes = self.bytes(vm)?;
        let rest = bytes.get(start..).unwrap_or_default();
        let taken = rest[..len(rest).min(rest.len())].to_vec();
        self.position.set(start + taken.len());
        Ok(vm.new_bytes(&taken)?)
    }

    fn index(&self, vm: &mut Vm, key: &Value) -> PyResult<usize> {
        let index = vm.index_isize_or(key, exceptions::INDEX_ERROR.get())?;
        self.check(vm)?;
        let len = self.memory.len();
        let position = pvm_object::sequence::position(index, len);
        position.ok_or_else(|| vm.index_error(format_args!("mmap index out of range")))
    }

    fn close_now(&self, vm: &mut Vm) -> PyResult<()> {
        if self.memory.is_exported() {
            return Err(vm.buffer_error(format_args!("cannot close exported pointers exist")));
        }
        let fd = self.fd.0.replace(-1);
        if fd >= 0 {
            // As the destructor does it.
            let _ = system::close(fd);
        }
        let result = self.memory.close();
        system::raise(vm, result)
    }
}

/// Where a file's size leaves room for a mapping: its length.
fn length_in_file(vm: &mut Vm, size: i64, length: usize, offset: i64) -> PyResult<usize> {
    if length == 0 {
        if size == 0 {
            return Err(vm.value_error(format_args!("cannot mmap an empty file")));
        }
        if offset >= size {
            return Err(vm.value_error(format_args!("mmap offset is greater than file size")));
        }
        return Ok((size - offset) as usize);
    }
    if offset > size || ((size - offset) as u64) < length as u64 {
        return Err(vm.value_error(format_args!("mmap length is greater than file size")));
    }
    Ok(length)
}

#[pymethods]
impl Mmap {
    #[new]
    #[signature = "(fileno, length, flags=1, prot=3, access=0, offset=0, *, trackfd=True)"]
    #[text_signature = ""]
    fn new(
        vm: &mut Vm,
        fileno: i32,
        length: isize,
        flags: i32,
        prot: i32,
        access: i32,
        offset: i64,
        trackfd: bool,
    ) -> PyResult<Mmap> {
        let numbers = [Value::from_i32(fileno), vm.int(length as i64), Value::from_i32(access), vm.int(offset)];
        audit::event(vm, "mmap.__new__", &numbers)?;
        let Ok(mut length) = usize::try_from(length) else {
            return Err(vm.overflow_error(format_args!("memory mapped length must be positive")));
        };
        if offset < 0 {
            return Err(vm.overflow_error(format_args!("memory mapped offset must be positive")));
        }
        let both = libc::PROT_READ | libc::PROT_WRITE;
        if access != ACCESS_DEFAULT && (flags != libc::MAP_SHARED || prot != both) {
            return Err(vm.value_error(format_args!("mmap can't specify both access, flags and prot.")));
        }
        let (mut flags, prot, access) = match access {
            ACCESS_READ => (libc::MAP_SHARED, libc::PROT_READ, access),
            ACCESS_WRITE => (libc::MAP_SHARED, both, access),
            ACCESS_COPY => (libc::MAP_PRIVATE, both, access),
            ACCESS_DEFAULT if prot & both == both => (flags, prot, access),
            ACCESS_DEFAULT if prot & libc::PROT_WRITE != 0 => (flags, prot, ACCESS_WRITE),
            ACCESS_DEFAULT => (flags, prot, ACCESS_READ),
            _ => return Err(vm.value_error(format_args!("mmap invalid access parameter."))),
        };
        let mut own = -1;
        if fileno == -1 {
            flags |= libc::MAP_ANONYMOUS;
        } else {
            if let Ok(stat) = vm.detach(|| rustix::fs::fstat(system::borrow(fileno)?))
                && FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile
            {
                length = length_in_file(vm, stat.st_size, length, offset)?;
            }
            if trackfd {
                let copy = system::borrow(fileno).and_then(|fd| rustix::io::fcntl_dupfd_cloexec(fd, 0)).map(system::release);
                own = system::raise(vm, copy)?;
            }
        }
        let fd = Owned(Cell::new(own));
        let memory = vm.detach(|| Mapping::new(length, prot, flags, fileno, offset));
        let memory = system::raise(vm, memory)?;
        let readable = prot & both != 0;
        Ok(Mmap { memory, fd, track_fd: trackfd, access, flags, readable, offset, position: Cell::new(0) })
    }

    /// close($self, /)
    /// --
    ///
    fn close(&self, vm: &mut Vm) -> PyResult<()> {
        self.close_now(vm)
    }

    #[getter]
    fn closed(&self) -> bool {
        self.memory.is_closed()
    }

    /// read($self, n=None, /)
    /// --
    ///
    fn read(&self, vm: &mut Vm, #[default(OptionalSize::ALL)] n: OptionalSize) -> PyResult<Ref<Bytes>> {
        self.take(vm, |rest| n.get().unwrap_or(rest.len()))
    }

    fn read_byte(&self, vm: &mut Vm) -> PyResult<u8> {
        let position = self.position.get();
        match self.bytes(vm)?.get(position).copied() {
            Some(byte) => {
                self.position.set(position + 1);
                Ok(byte)
            }
            None => Err(vm.value_error(format_args!("read byte out of range"))),
        }
    }

    fn readline(&self, vm: &mut Vm) -> PyResult<Ref<Bytes>> {
        self.take(vm, |rest| memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1))
    }

    /// find($self, view, start=None, end=None, /)
    /// --
    ///
    fn find(&self, vm: &mut Vm, view: &Value, start: Option<&Value>, end: Option<&Value>) -> PyResult<isize> {
        self.search(vm, view, start, end, false)
    }

    /// rfind($self, view, start=None, end=None, /)
    /// --
    ///
    fn rfind(&self, vm: &mut Vm, view: &Value, start: Option<&Value>, end: Option<&Value>) -> PyResult<isize> {
        self.search(vm, view, start, end, true)
    }

    /// write($self, bytes, /)
    /// --
    ///
    fn write(&self, vm: &mut Vm, bytes: &Value) -> PyResult<usize> {
        self.check(vm)?;
        let data = vm.bytes_like(bytes)?.gather(vm);
        let position = self.position.get();
        match self.bytes_mut(vm)?.get_mut(position..).and_then(|rest| rest.get_mut(..data.len())) {
            Some(target) => target.copy_from_slice(&data),
            None => return Err(vm.value_error(format_args!("data out of range"))),
        }
        self.position.set(position + data.len());
        Ok(data.len())
    }

    /// write_byte($self, byte, /)
    /// --
    ///
    fn write_byte(&self, vm: &mut Vm, byte: u8) -> PyResult<()> {
        let position = self.position.get();
        match self.bytes_mut(vm)?.get_mut(position) {
            Some(target) => *target = byte,
            None => return Err(vm.value_error(format_args!("write byte out of range"))),
        }
        self.position.set(position + 1);
        Ok(())
    }

    fn size(&self, vm: &mut Vm) -> PyResult<i64> {
        self.check(vm)?;
        match self.fd.0.get() {
            -1 if self.track_fd => Ok(self.memory.len() as i64),
            -1 => Err(vm.os_error(libc::EBADF)),
            fd => {
                let stat = vm.detach(|| rustix::fs::fstat(system::borrow(fd)?));
                system::raise(vm, stat).map(|stat| stat.st_size)
            }
        }
    }

    /// resize($self, newsize, /)
    /// --
    ///
    fn resize(&self, vm: &mut Vm, newsize: isize) -> PyResult<()> {
        self.check(vm)?;
        if self.memory.is_exported() {
            return Err(vm.buffer_error(format_args!("mmap can't resize with extant pointers exported.")));
        }
        if !self.track_fd {
            return Err(vm.value_error(format_args!("mmap can't resize with trackfd=False.")));
        }
        if self.access != ACCESS_WRITE && self.access != ACCESS_DEFAULT {
            return Err(vm.type_error(format_args!("mmap can't resize a readonly or copy-on-write memory map.")));
        }
        let size = match usize::try_from(newsize) {
            Ok(size) if newsize as i64 <= i64::MAX - self.offset => size,
            _ => return Err(vm.value_error(format_args!("new size out of range"))),
        };
        let fd = self.fd.0.get();
        if fd == -1 && self.flags & libc::MAP_PRIVATE == 0 && size > self.memory.len() {
            return Err(vm.value_error(format_args!("mmap: can't expand a shared anonymous mapping on Linux")));
        }
        let end = (self.offset + size as i64) as u64;
        let result = match fd {
            -1 => Ok(()),
            fd => vm.detach(|| rustix::fs::ftruncate(system::borrow(fd)?, end)),
        };
        let result = result.and_then(|()| self.memory.resize(size));
        system::raise(vm, result)
    }

    fn tell(&self, vm: &mut Vm) -> PyResult<usize> {
        self.check(vm)?;
        Ok(self.position.get())
    }

    /// flush($self, offset=0, size=None, /)
    /// --
    ///
    fn flush(&self, vm: &mut Vm, offset: isize, size: Option<isize>) -> PyResult<()> {
        self.check(vm)?;
        let len = self.memory.len() as isize;
        let size = size.unwrap_or(len - offset.max(0));
        if size < 0 || offset < 0 || len - offset < size {
            return Err(vm.value_error(format_args!("flush values out of range")));
        }
        if self.access == ACCESS_READ || self.access == ACCESS_COPY {
            return Ok(());
        }
        let result = self.memory.synchronize(offset as usize, size as usize);
        system::raise(vm, result)
    }

    /// seek($self, pos, whence=0, /)
    /// --
    ///
    fn seek(&self, vm: &mut Vm, pos: isize, whence: i32) -> PyResult<usize> {
        self.check(vm)?;
        let base = match whence {
            0 => 0,
            1 => self.position.get(),
            2 => self.memory.len(),
            _ => return Err(vm.value_error(format_args!("unknown seek type"))),
        };
        match (base as isize).checked_add(pos).map(usize::try_from) {
            Some(Ok(position)) if position <= self.memory.len() => {
                self.position.set(position);
                Ok(position)
            }
            _ => Err(vm.value_error(format_args!("seek out of range"))),
        }
    }

    fn seekable(&self) -> bool {
        true
    }

    /// move($self, dest, src, count, /)
    /// --
    ///
    #[name = "move"]
    fn move_bytes(&self, vm: &mut Vm, dest: isize, src: isize, count: isize) -> PyResult<()> {
        let bytes = self.bytes_mut(vm)?;
        let range = |start: isize| {
            let (start, count) = (usize::try_from(start).ok()?, usize::try_from(count).ok()?);
            let end = start.checked_add(count)?;
            (end <= bytes.len()).then_some(start..end)
        };
        let (Some(target), Some(source)) = (range(dest), range(src)) else {
            return Err(vm.value_error(format_args!("source, destination, or count out of range")));
        };
        bytes.copy_within(source, target.start);
        Ok(())
    }

    /// madvise($self, option, start=0, length=None, /)
    /// --
    ///
    fn madvise(&self, vm: &mut Vm, option: i32, start: isize, length: Option<isize>) -> PyResult<()> {
        self.check(vm)?;
        let len = self.memory.len();
        let start = match usize::try_from(start) {
            Ok(start) if start < len => start,
            _ => return Err(vm.value_error(format_args!("madvise start out of bounds"))),
        };
        let length = match length.map(usize::try_from) {
            None => len,
            Some(Ok(length)) => length,
            Some(Err(_)) => return Err(vm.value_error(format_args!("madvise length invalid"))),
        };
        if start.checked_add(length).is_none_or(|end| end > isize::MAX as usize) {
            return Err(vm.overflow_error(format_args!("madvise length too large")));
        }
        let result = self.memory.advise(start, length.min(len - start), option);
        system::raise(vm, result)
    }

    fn __len__(&self, vm: &mut Vm) -> PyResult<usize> {
        self.check(vm)?;
        Ok(self.memory.len())
    }

    fn __getitem__(&self, vm: &mut Vm, key: &Value) -> PyResult {
        self.check(vm)?;
        if let Some(slice) = key.downcast::<Slice>() {
            let range = slice.range(self.memory.len(), vm)?;
            let bytes = self.bytes(vm)?;
            let taken: Vec<u8> = match range.as_range() {
                Some(range) => bytes.get(range).unwrap_or_default().to_vec(),
                None => range.positions().filter_map(|at| bytes.get(at).copied()).collect(),
            };
            return Ok(vm.new_bytes(&taken)?.into());
        }
        if !pvm_object::sequence::is_index(key) {
            return Err(vm.type_error(format_args!("mmap indices must be integers")));
        }
        let index = self.index(vm, key)?;
        let byte = self.bytes(vm)?.get(index).copied().unwrap_or_default();
        Ok(Value::from_i32(byte.into()))
    }

    #[slot(item)]
    fn item(&self, vm: &mut Vm, index: isize) -> PyResult {
        let bytes = self.bytes(vm)?;
        match usize::try_from(index).ok().and_then(|index| bytes.get(index).copied()) {
            Some(byte) => Ok(vm.new_bytes(&[byte])?.into()),
            None => Err(vm.index_error(format_args!("mmap index out of range"))),
        }
    }

    fn __setitem__(&self, vm: &mut Vm, key: &Value, value: &Value) -> PyResult<()> {
        self.check(vm)?;
        self.check_writable(vm)?;
        if let Some(slice) = key.downcast::<Slice>() {
            let range = slice.range(self.memory.len(), vm)?;
            let data = vm.bytes_like(value)?.gather(vm);
            if data.len() != range.positions().len() {
                return Err(vm.index_error(format_args!("mmap slice assignment is wrong size")));
            }
            let bytes = self.bytes_mut(vm)?;
            // To ask for the data may have resized the memory.
            if range.positions().any(|at| at >= bytes.len()) {
                return Err(vm.index_error(format_args!("mmap index out of range")));
            }
            for (at, byte) in range.positions().zip(data) {
                bytes[at] = byte;
            }
            return Ok(());
        }
        if !pvm_object::sequence::is_index(key) {
            return Err(vm.type_error(format_args!("mmap indices must be integers")));
        }
        let index = self.index(vm, key)?;
        if !pvm_object::sequence::is_index(value) {
            return Err(vm.type_error(format_args!("mmap item value must be an int")));
        }
        let number = vm.index_isize_or(value, exceptions::TYPE_ERROR.get())?;
        let Ok(byte) = u8::try_from(number) else {
            return Err(vm.value_error(format_args!("mmap item value must be in range(0, 256)")));
        };
        match self.bytes_mut(vm)?.get_mut(index) {
            Some(target) => *target = byte,
            None => return Err(vm.index_error(format_args!("mmap index out of range"))),
        }
        Ok(())
    }

    fn __delitem__(&self, vm: &mut Vm, key: &Value) -> PyResult<()> {
        self.check(vm)?;
        self.check_writable(vm)?;
        let what = if key.is_instance_of::<Slice>() { "slice" } else { "item" };
        Err(vm.type_error(format_args!("mmap object doesn't support {what} deletion")))
    }

    fn __buffer__(this: &Object<Self>, vm: &mut Vm, flags: u32) -> PyResult<BufferView> {
        this.check(vm)?;
        let readonly = this.access == ACCESS_READ;
        if flags & buffer_flags::WRITABLE != 0 && readonly {
            return Err(vm.buffer_error(format_args!("Object is not writable.")));
        }
        if !this.readable {
            return Err(vm.os_error(libc::EFAULT));
        }
        Ok(this.memory.export(this.to_value(), readonly))
    }

    fn __enter__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        this.check(vm)?;
        Ok(this.to_value())
    }

    /// __exit__($self, exc_type, exc_value, traceback, /)
    /// --
    ///
    fn __exit__(&self, vm: &mut Vm, exc_type: &Value, exc_value: &Value, traceback: &Value) -> PyResult<()> {
        let _ = (exc_type, exc_value, traceback);
        self.close_now(vm)
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> String {
        let name = this.ty().full_name(vm);
        if this.memory.is_closed() {
            return format!("<{name} closed=True>");
        }
        let access = match this.access {
            ACCESS_READ => "ACCESS_READ",
            ACCESS_WRITE => "ACCESS_WRITE",
            ACCESS_COPY => "ACCESS_COPY",
            _ => "ACCESS_DEFAULT",
        };
        let (length, position, offset) = (this.memory.len(), this.position.get(), this.offset);
        format!("<{name} closed=False, access={access}, length={length}, pos={position}, offset={offset}>")
    }
}
