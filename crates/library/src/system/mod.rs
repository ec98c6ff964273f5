//! What the native modules need of the system beyond safe libraries: the one place in this crate with `unsafe`, each use
//! a thin wrapper around one call.
//!
//! - this file: descriptors, buffers, and how calls are made while the interpreter's lock is released;
//! - `numbers.rs`: calls that take numbers alone;
//! - `names.rs`: calls that take C strings;
//! - `clock.rs`: clocks and the calendar;
//! - `ready.rs`: waiting until descriptors are ready;
//! - `spawn.rs`: children that execute a program;
//! - `process.rs`: processes and who they belong to;
//! - `signals.rs`: signals and timers that send them;
//! - `socket.rs`, `resolve.rs`: sockets, and the names of hosts and the like;
//! - `control.rs`: `fcntl`, `ioctl`, terminals;
//! - `accounts.rs`: users and groups;
//! - `mapping.rs`: mapped memory;
//! - `semaphore.rs`: semaphores and memory that processes share;
//! - `log.rs`: the system's log;
//! - `locale.rs`: locales and translated messages;
//! - `bzip.rs`, `xz.rs`, `zstd.rs`: streams of bzip2, liblzma and zstd.

mod accounts;
mod bzip;
mod clock;
mod control;
mod locale;
mod log;
mod mapping;
mod names;
mod numbers;
mod process;
mod ready;
mod resolve;
mod semaphore;
mod signals;
mod socket;
mod spawn;
mod xz;
mod zstd;

pub use accounts::*;
pub use bzip::*;
pub use clock::*;
pub use control::*;
pub use locale::*;
pub use log::*;
pub use mapping::*;
pub use names::*;
pub use numbers::*;
pub use process::*;
pub use ready::*;
pub use resolve::*;
pub use semaphore::*;
pub use signals::*;
pub use socket::*;
pub use spawn::*;
pub use xz::*;
pub use zstd::*;

use std::os::fd::{BorrowedFd, OwnedFd};

use pvm_object::buffer::BufferView;
use pvm_object::{PyResult, Value, Vm};
pub use rustix::io::Errno;

/// What a call of the system gives.
pub type SysResult<T> = Result<T, Errno>;

/// A descriptor by its number. The system checks each use; what a number means is the program's concern, as in C.
pub fn borrow(fd: i32) -> SysResult<BorrowedFd<'static>> {
    match fd {
        fd if fd < 0 && fd != libc::AT_FDCWD => Err(Errno::BADF),
        // SAFETY: it is not -1, and it is not taken for owned: a call on a number that is not open fails with `EBADF`.
        fd => Ok(unsafe { BorrowedFd::borrow_raw(fd) }),
    }
}

/// A descriptor's number, whose closing is the program's concern from here on.
pub fn release(fd: OwnedFd) -> i32 {
    std::os::fd::IntoRawFd::into_raw_fd(fd)
}

/// Closes a descriptor. Unlike that of an `OwnedFd` the result can be seen.
pub fn close(fd: i32) -> SysResult<()> {
    // SAFETY: closing takes a number; the program says that nobody else uses it.
    check(unsafe { libc::close(fd) }).map(drop)
}

/// The result of a call that gives -1 and sets `errno` on failure.
fn check(result: i32) -> SysResult<i32> {
    if result == -1 { Err(last_error()) } else { Ok(result) }
}

fn last_error() -> Errno {
    let error = std::io::Error::last_os_error();
    Errno::from_raw_os_error(error.raw_os_error().unwrap_or(libc::EIO))
}

/// Memory of an exported buffer, for a call of the system while the interpreter's lock is released.
#[derive(Clone, Copy)]
pub struct RawBytes {
    data: *mut u8,
    len: usize,
}

// SAFETY: the pointer is only handed to the system. Whoever makes one holds the view, so the memory stays where it is.
unsafe impl Send for RawBytes {}

impl RawBytes {
    /// The memory of a view that outlives the call.
    pub fn of(view: &BufferView) -> RawBytes {
        RawBytes { data: view.data(), len: view.len() }
    }

    /// The part from `start` on, at most `len` bytes.
    pub fn part(self, start: usize, len: usize) -> RawBytes {
        let start = start.min(self.len);
        // SAFETY: the start lies within the memory.
        RawBytes { data: unsafe { self.data.add(start) }, len: len.min(self.len - start) }
    }

    /// Whether there are no bytes.
    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    fn vector(self) -> libc::iovec {
        libc::iovec { iov_base: self.data.cast(), iov_len: self.len }
    }

    /// `read` into the memory.
    pub fn read_from(self, fd: i32) -> SysResult<usize> {
        // SAFETY: the memory is that of a writable view which is held during the call.
        size(unsafe { libc::read(fd, self.data.cast(), self.len.min(READ_WRITE_MAX)) })
    }

    /// `write` of the memory.
    pub fn write_to(self, fd: i32) -> SysResult<usize> {
        // SAFETY: the memory is that of a view which is held during the call.
        size(unsafe { libc::write(fd, self.data.cast_const().cast(), self.len.min(READ_WRITE_MAX)) })
    }

    /// `pwrite` of the memory.
    pub fn write_at(self, fd: i32, offset: i64) -> SysResult<usize> {
        // SAFETY: as in `write_to`.
        size(unsafe { libc::pwrite(fd, self.data.cast_const().cast(), self.len.min(READ_WRITE_MAX), offset) })
    }
}

/// The most bytes that one `read` or `write` is asked for (`_PY_READ_MAX`).
pub const READ_WRITE_MAX: usize = isize::MAX as usize;

fn size(result: isize) -> SysResult<usize> {
    usize::try_from(result).map_err(|_| last_error())
}

/// `readv`, or `preadv2` with an offset.
pub fn read_vectored(fd: i32, buffers: &[RawBytes], at: Option<(i64, i32)>) -> SysResult<usize> {
    let vectors: Vec<libc::iovec> = buffers.iter().map(|bytes| bytes.vector()).collect();
    let (pointer, count) = (vectors.as_ptr(), vectors.len() as i32);
    // SAFETY: the vectors name memory of writable views which are held during the call.
    size(unsafe {
        match at {
            None => libc::readv(fd, pointer, count),
            Some((offset, 0)) => libc::preadv(fd, pointer, count, offset),
            Some((offset, flags)) => libc::preadv2(fd, pointer, count, offset, flags),
        }
    })
}

/// `writev`, or `pwritev2` with an offset.
pub fn write_vectored(fd: i32, buffers: &[RawBytes], at: Option<(i64, i32)>) -> SysResult<usize> {
    let vectors: Vec<libc::iovec> = buffers.iter().map(|bytes| bytes.vector()).collect();
    let (pointer, count) = (vectors.as_ptr(), vectors.len() as i32);
    // SAFETY: the vectors name memory of views which are held during the call.
    size(unsafe {
        match at {
            None => libc::writev(fd, pointer, count),
            Some((offset, 0)) => libc::pwritev(fd, pointer, count, offset),
            Some((offset, flags)) => libc::pwritev2(fd, pointer, count, offset, flags),
        }
    })
}

/// Makes a call of the system without the interpreter's lock, again where a signal interrupted it; its handler has run then
/// (PEP 475). The outer result is an exception that the handler raised.
pub fn blocking<T: Send>(vm: &mut Vm, mut call: impl FnMut() -> SysResult<T> + Send) -> PyResult<SysResult<T>> {
    loop {
        match vm.detach(&mut call) {
            Err(Errno::INTR) => vm.poll(0)?,
            result => return Ok(result),
        }
    }
}

/// As [`blocking`], with errors raised as `OSError`.
pub fn call<T: Send>(vm: &mut Vm, call: impl FnMut() -> SysResult<T> + Send) -> PyResult<T> {
    blocking(vm, call)?.map_err(|errno| vm.os_error(errno.raw_os_error()))
}

/// As [`call`], about a file.
pub fn call_at<T: Send>(vm: &mut Vm, filename: &Value, call: impl FnMut() -> SysResult<T> + Send) -> PyResult<T> {
    blocking(vm, call)?.map_err(|errno| vm.os_error_at(errno.raw_os_error(), filename))
}

/// Raises the `OSError` of a failed call.
pub fn raise<T>(vm: &mut Vm, result: SysResult<T>) -> PyResult<T> {
    result.map_err(|errno| vm.os_error(errno.raw_os_error()))
}

/// `splice`
pub fn splice(
    source: BorrowedFd<'_>,
    from: Option<&mut u64>,
    target: BorrowedFd<'_>,
    to: Option<&mut u64>,
    count: usize,
    flags: rustix::pipe::SpliceFlags,
) -> SysResult<usize> {
    rustix::pipe::splice(source, from, target, to, count, flags - rustix::pipe::SpliceFlags::GIFT)
}
