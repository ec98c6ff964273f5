//! File descriptors: opening, closing, copying, reading, writing, positions.

use pvm_interpreter::permissions::{Need, require};
use pvm_macros::pyfunction;
use pvm_object::buffer::BufferView;
use pvm_object::bytes::Bytes;
use pvm_object::{PyResult, Ref, Value, Vm};
use rustix::buffer::spare_capacity;
use rustix::fs::{FallocateFlags, Mode, OFlags};
use rustix::io::FdFlags;
use rustix::pipe::PipeFlags;

use super::audit::audit;
use super::path::{Directory, PathArg, PathOrFd, given};
use crate::frozen::files;
use crate::io::fileio::{offset, seek};
use crate::parameters::{Descriptor, WritableBuffer};
use crate::system::{self, Errno, RawBytes, SysResult};

/// A position or size in a file.
pub struct Offset(pub i64);

impl pvm_object::convert::FromArg<'_> for Offset {
    const EFFECTS: pvm_object::native::Effects = pvm_object::native::Effects::Anything;

    fn from_arg(value: pvm_object::ValueRef<'_>, _: pvm_object::arguments::Argument, vm: &mut Vm) -> PyResult<Offset> {
        offset(&value, vm).map(Offset)
    }
}

/// A size as the system takes it; a negative one is not valid.
pub fn size_of(size: i64) -> SysResult<u64> {
    u64::try_from(size).map_err(|_| Errno::INVAL)
}

/// Open a file and return its descriptor, which is not inherited.
#[pyfunction(module = "posix")]
#[signature = "(path, flags, mode=511, *, dir_fd=None)"]
pub fn open(
    vm: &mut Vm,
    path: PathArg,
    flags: i32,
    mode: i32,
    #[default(Directory::CURRENT)] dir_fd: Directory,
) -> PyResult<i32> {
    let flags = OFlags::from_bits_retain(flags as u32) | OFlags::CLOEXEC;
    if flags & OFlags::ACCMODE != OFlags::RDONLY || flags.intersects(OFlags::CREATE | OFlags::TRUNC) {
        require(vm, Need::WriteFiles, "opening files for writing")?;
    }
    audit!(vm, "open", path, None::<&Value>, flags.bits() as i32);
    let mode = Mode::from_raw_mode(mode as u32);
    let file = path.file();
    path.call(vm, || {
        let file = given(file)?;
        let opened = match files::open(file.to_bytes(), flags) {
            Some(opened) => opened?,
            None => rustix::fs::openat(dir_fd.fd()?, file, flags, mode)?,
        };
        Ok(system::release(opened))
    })
}

/// Close a descriptor.
#[pyfunction(module = "posix")]
#[signature = "(fd)"]
pub fn close(vm: &mut Vm, fd: i32) -> PyResult<()> {
    // Even where a signal interrupts it the descriptor is gone, so it is not tried again.
    let result = vm.detach(|| system::close(fd));
    system::raise(vm, result)
}

/// Close the descriptors from the first number to before the second; errors are ignored.
#[pyfunction(module = "posix")]
#[signature = "(fd_low, fd_high, /)"]
pub fn closerange(vm: &mut Vm, fd_low: i32, fd_high: i32) {
    vm.detach(|| system::close_range(fd_low, fd_high));
}

/// Return a copy of a descriptor, which is not inherited.
#[pyfunction(module = "posix")]
#[signature = "(fd, /)"]
pub fn dup(vm: &mut Vm, fd: i32) -> PyResult<i32> {
    let copy = vm.detach(|| rustix::io::fcntl_dupfd_cloexec(system::borrow(fd)?, 0).map(system::release));
    system::raise(vm, copy)
}

/// Copy a descriptor to another number.
#[pyfunction(module = "posix")]
#[signature = "(fd, fd2, inheritable=True)"]
pub fn dup2(vm: &mut Vm, fd: i32, fd2: i32, inheritable: bool) -> PyResult<i32> {
    if fd < 0 || fd2 < 0 {
        return Err(vm.os_error(libc::EBADF));
    }
    let copy = vm.detach(|| system::duplicate_to(fd, fd2, inheritable));
    system::raise(vm, copy)
}

/// Return the two ends of a pipe: one to read, one to write. Neither is inherited.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn pipe(vm: &mut Vm) -> PyResult<(i32, i32)> {
    make_pipe(vm, PipeFlags::CLOEXEC)
}

/// Return the two ends of a pipe made with flags: O_NONBLOCK, O_CLOEXEC.
#[pyfunction(module = "posix")]
#[signature = "(flags, /)"]
pub fn pipe2(vm: &mut Vm, flags: i32) -> PyResult<(i32, i32)> {
    make_pipe(vm, PipeFlags::from_bits_retain(flags as u32))
}

fn make_pipe(vm: &mut Vm, flags: PipeFlags) -> PyResult<(i32, i32)> {
    let ends = rustix::pipe::pipe_with(flags);
    let (reader, writer) = system::raise(vm, ends)?;
    Ok((system::release(reader), system::release(writer)))
}

/// Move the position of a descriptor, counted from SEEK_SET, SEEK_CUR or SEEK_END; return the new one.
#[pyfunction(module = "posix")]
#[signature = "(fd, position, whence, /)"]
pub fn lseek(vm: &mut Vm, fd: i32, position: Offset, whence: i32) -> PyResult<i64> {
    let result = vm.detach(|| seek(fd, position.0, whence));
    system::raise(vm, result)
}

/// Room for `length` bytes that are read.
fn room(vm: &mut Vm, length: isize) -> PyResult<Vec<u8>> {
    let Ok(length) = usize::try_from(length) else {
        return Err(vm.os_error(libc::EINVAL));
    };
    let mut data = Vec::new();
    match data.try_reserve_exact(length) {
        Ok(()) => Ok(data),
        Err(_) => Err(vm.memory_error()),
    }
}

/// Read from a descriptor, at most `length` bytes.
#[pyfunction(module = "posix")]
#[signature = "(fd, length, /)"]
pub fn read(vm: &mut Vm, fd: i32, length: isize) -> PyResult<Ref<Bytes>> {
    let mut data = room(vm, length)?;
    if length == 0 {
        system::call(vm, || rustix::io::read(system::borrow(fd)?, &mut [0u8; 0][..]).map(drop))?;
    } else {
        system::call(vm, || rustix::io::read(system::borrow(fd)?, spare_capacity(&mut data)).map(drop))?;
    }
    Ok(vm.new_bytes(&data)?)
}

/// Read from a descriptor into a buffer; return the number of bytes.
#[pyfunction(module = "posix")]
#[signature = "(fd, buffer, /)"]
pub fn readinto(vm: &mut Vm, fd: i32, buffer: WritableBuffer) -> PyResult<usize> {
    let target = RawBytes::of(&buffer.0);
    system::call(vm, move || target.read_from(fd))
}

/// Read from a position of a descriptor, at most `length` bytes. Its own position stays.
#[pyfunction(module = "posix")]
#[signature = "(fd, length, offset, /)"]
pub fn pread(vm: &mut Vm, fd: i32, length: isize, offset: Offset) -> PyResult<Ref<Bytes>> {
    let mut data = room(vm, length)?;
    data.reserve(1);
    let length = length as usize;
    system::call(vm, || {
        data.resize(length, 0);
        let read = rustix::io::pread(system::borrow(fd)?, &mut data[..], size_of(offset.0)?)?;
        data.truncate(read);
        Ok(())
    })?;
    Ok(vm.new_bytes(&data)?)
}

/// Write a buffer to a descriptor; return the number of bytes it took.
#[pyfunction(module = "posix")]
#[signature = "(fd, data, /)"]
pub fn write(vm: &mut Vm, fd: i32, data: BufferView) -> PyResult<usize> {
    let bytes = RawBytes::of(&data);
    system::call(vm, move || bytes.write_to(fd))
}

/// Write a buffer to a position of a descriptor, whose own position stays.
#[pyfunction(module = "posix")]
#[signature = "(fd, buffer, offset, /)"]
pub fn pwrite(vm: &mut Vm, fd: i32, buffer: BufferView, offset: Offset) -> PyResult<usize> {
    let bytes = RawBytes::of(&buffer);
    system::call(vm, move || bytes.write_at(fd, offset.0))
}

/// The buffers in a sequence.
fn buffers(vm: &mut Vm, function: &str, sequence: &Value, writable: bool) -> PyResult<Vec<BufferView>> {
    let slots = sequence.ty().slots();
    if slots.item().is_none() && slots.getitem().is_none() {
        return Err(vm.type_error(format_args!("{function}() arg 2 must be a sequence")));
    }
    let len = vm.len(sequence)?;
    let mut views = Vec::new();
    for index in 0..len {
        let index = vm.int(index as i64);
        let item = vm.getitem(sequence, &index)?;
        views.push(if writable { vm.writable_bytes_like(&item)? } else { vm.bytes_like(&item)? });
    }
    Ok(views)
}

fn vectors(views: &[BufferView]) -> Vec<RawBytes> {
    views.iter().map(RawBytes::of).collect()
}

/// Read from a descriptor into several buffers, one after the other; return the number of bytes.
#[pyfunction(module = "posix")]
#[signature = "(fd, buffers, /)"]
pub fn readv(vm: &mut Vm, fd: i32, buffers: &Value) -> PyResult<usize> {
    let views = self::buffers(vm, "readv", buffers, true)?;
    let vectors = vectors(&views);
    system::call(vm, move || system::read_vectored(fd, &vectors, None))
}

/// Write several buffers to a descriptor; return the number of bytes it took.
#[pyfunction(module = "posix")]
#[signature = "(fd, buffers, /)"]
pub fn writev(vm: &mut Vm, fd: i32, buffers: &Value) -> PyResult<usize> {
    let views = self::buffers(vm, "writev", buffers, false)?;
    let vectors = vectors(&views);
    system::call(vm, move || system::write_vectored(fd, &vectors, None))
}

/// As `readv`, from a position; flags are RWF_HIPRI and RWF_NOWAIT.
#[pyfunction(module = "posix")]
#[signature = "(fd, buffers, offset, flags=0, /)"]
pub fn preadv(vm: &mut Vm, fd: i32, buffers: &Value, offset: Offset, flags: i32) -> PyResult<usize> {
    let views = self::buffers(vm, "preadv2", buffers, true)?;
    let vectors = vectors(&views);
    system::call(vm, move || system::read_vectored(fd, &vectors, Some((offset.0, flags))))
}

/// As `writev`, to a position; flags are RWF_DSYNC, RWF_SYNC and RWF_APPEND.
#[pyfunction(module = "posix")]
#[signature = "(fd, buffers, offset, flags=0, /)"]
pub fn pwritev(vm: &mut Vm, fd: i32, buffers: &Value, offset: Offset, flags: i32) -> PyResult<usize> {
    let views = self::buffers(vm, "pwritev2", buffers, false)?;
    let vectors = vectors(&views);
    system::call(vm, move || system::write_vectored(fd, &vectors, Some((offset.0, flags))))
}

/// Have what was written to a descriptor stored.
#[pyfunction(module = "posix")]
#[signature = "(fd)"]
pub fn fsync(vm: &mut Vm, fd: Descriptor) -> PyResult<()> {
    system::call(vm, || rustix::fs::fsync(system::borrow(fd.0)?))
}

/// As `fsync`, without what is only known of the file.
#[pyfunction(module = "posix")]
#[signature = "(fd)"]
pub fn fdatasync(vm: &mut Vm, fd: Descriptor) -> PyResult<()> {
    system::call(vm, || rustix::fs::fdatasync(system::borrow(fd.0)?))
}

/// Have everything written stored.
#[pyfunction(module = "posix")]
#[signature = "()"]
pub fn sync(vm: &mut Vm) {
    vm.detach(rustix::fs::sync);
}

/// Set the size of the file of a descriptor.
#[pyfunction(module = "posix")]
#[signature = "(fd, length, /)"]
pub fn ftruncate(vm: &mut Vm, fd: i32, length: Offset) -> PyResult<()> {
    audit!(vm, "os.truncate", fd, length);
    system::call(vm, || rustix::fs::ftruncate(system::borrow(fd)?, size_of(length.0)?))
}

/// Set the size of a file.
#[pyfunction(module = "posix")]
#[signature = "(path, length)"]
pub fn truncate(vm: &mut Vm, path: PathOrFd, length: Offset) -> PyResult<()> {
    if path.is_fd() {
        return ftruncate(vm, path.fd, length);
    }
    audit!(vm, "os.truncate", path, length);
    let file = path.file();
    path.call(vm, || system::truncate(given(file)?, length.0))
}

/// Have room for a part of a file stored.
#[pyfunction(module = "posix")]
#[signature = "(fd, offset, length, /)"]
pub fn posix_fallocate(vm: &mut Vm, fd: i32, offset: Offset, length: Offset) -> PyResult<()> {
    system::call(vm, || match (size_of(offset.0)?, size_of(length.0)?) {
        (_, 0) => Err(Errno::INVAL),
        (offset, length) => rustix::fs::fallocate(system::borrow(fd)?, FallocateFlags::empty(), offset, length),
    })
}

/// Tell the system how a part of a file will be used.
#[pyfunction(module = "posix")]
#[signature = "(fd, offset, length, advice, /)"]
pub fn posix_fadvise(vm: &mut Vm, fd: i32, offset: Offset, length: Offset, advice: i32) -> PyResult<()> {
    system::call(vm, || system::advise(fd, offset.0, length.0, advice))
}

/// Whether a descriptor is that of a terminal.
#[pyfunction(module = "posix")]
#[signature = "(fd, /)"]
pub fn isatty(vm: &mut Vm, fd: i32) -> bool {
    vm.detach(|| system::borrow(fd).is_ok_and(rustix::termios::isatty))
}

/// Whether programs that are executed get a descriptor.
#[pyfunction(module = "posix")]
#[signature = "(fd, /)"]
pub fn get_inheritable(vm: &mut Vm, fd: i32) -> PyResult<bool> {
    let flags = system::borrow(fd).and_then(rustix::io::fcntl_getfd);
    Ok(!system::raise(vm, flags)?.contains(FdFlags::CLOEXEC))
}

/// Say whether programs that are executed get a descriptor.
#[pyfunction(module = "posix")]
#[signature = "(fd, inheritable, /)"]
pub fn set_inheritable(vm: &mut Vm, fd: i32, inheritable: i32) -> PyResult<()> {
    let result = system::borrow(fd).and_then(|fd| {
        let mut flags = rustix::io::fcntl_getfd(fd)?;
        flags.set(FdFlags::CLOEXEC, inheritable == 0);
        rustix::io::fcntl_setfd(fd, flags)
    });
    system::raise(vm, result)
}

/// Whether reading and writing wait.
#[pyfunction(module = "posix")]
#[signature = "(fd, /)"]
pub fn get_blocking(vm: &mut Vm, fd: i32) -> PyResult<bool> {
    let flags = system::borrow(fd).and_then(rustix::fs::fcntl_getfl);
    Ok(!system::raise(vm, flags)?.contains(OFlags::NONBLOCK))
}

/// Say whether reading and writing wait.
#[pyfunction(module = "posix")]
#[signature = "(fd, blocking, /)"]
pub fn set_blocking(vm: &mut Vm, fd: i32, blocking: bool) -> PyResult<()> {
    let result = system::borrow(fd).and_then(|fd| {
        let mut flags = rustix::fs::fcntl_getfl(fd)?;
        flags.set(OFlags::NONBLOCK, !blocking);
        rustix::fs::fcntl_setfl(fd, flags)
    });
    system::raise(vm, result)
}

/// Lock or unlock a part of a file from the present position on.
#[pyfunction(module = "posix")]
#[signature = "(fd, command, length, /)"]
pub fn lockf(vm: &mut Vm, fd: i32, command: i32, length: Offset) -> PyResult<()> {
    audit!(vm, "os.lockf", fd, command, length);
    system::call(vm, || system::lock_file(fd, command, length.0))
}
