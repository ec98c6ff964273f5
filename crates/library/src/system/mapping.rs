//! Mapped memory.

use std::cell::Cell;

use pvm_object::buffer::BufferView;
use pvm_object::{Heap, Value};

use super::{Errno, SysResult, check, last_error};

/// Memory that is mapped as long as this lives, with the exports of it.
///
/// What another process writes to shared memory, or what becomes of a file that is cut off, is the program's concern, as in C.
#[derive(Debug)]
pub struct Mapping {
    /// 0 once it is unmapped.
    address: Cell<usize>,
    len: Cell<usize>,
    exports: Cell<usize>,
}

impl Mapping {
    /// `mmap`
    pub fn new(len: usize, protection: i32, flags: i32, fd: i32, offset: i64) -> SysResult<Mapping> {
        // SAFETY: without `MAP_FIXED`, which is taken out, the call takes no memory that is in use.
        let address = unsafe { libc::mmap(std::ptr::null_mut(), len, protection, flags & !libc::MAP_FIXED, fd, offset) };
        if address == libc::MAP_FAILED {
            return Err(last_error());
        }
        Ok(Mapping { address: Cell::new(address as usize), len: Cell::new(len), exports: Cell::new(0) })
    }

    /// Whether it is unmapped.
    pub fn is_closed(&self) -> bool {
        self.address.get() == 0
    }

    /// How many bytes are mapped.
    pub fn len(&self) -> usize {
        self.len.get()
    }

    /// Whether buffers of it are out.
    pub fn is_exported(&self) -> bool {
        self.exports.get() > 0
    }

    fn pointer(&self) -> *mut u8 {
        self.address.get() as *mut u8
    }

    /// The bytes, which have to be readable; none once it is unmapped.
    pub fn as_slice<'a>(&'a self, _: &'a Heap) -> &'a [u8] {
        if self.is_closed() {
            return &[];
        }
        // SAFETY: the memory is mapped, and while a token is lent shared it is neither unmapped nor written to by this process.
        unsafe { std::slice::from_raw_parts(self.pointer(), self.len()) }
    }

    /// The bytes, which have to be writable; none once it is unmapped.
    #[allow(clippy::mut_from_ref)]
    pub fn as_mut_slice<'a>(&'a self, _: &'a mut Heap) -> &'a mut [u8] {
        if self.is_closed() {
            return &mut [];
        }
        // SAFETY: as above; the token is lent exclusively.
        unsafe { std::slice::from_raw_parts_mut(self.pointer(), self.len()) }
    }

    /// A buffer of the memory, whose owner holds this.
    pub fn export(&self, owner: Value, readonly: bool) -> BufferView {
        // SAFETY: while the view is counted the memory is neither unmapped nor moved; the count lies in the owner.
        unsafe { BufferView::new(owner, self.pointer(), self.len(), readonly, Some(&self.exports)) }
    }

    /// `munmap`; refused while buffers of it are out.
    pub fn close(&self) -> SysResult<()> {
        if self.is_exported() {
            return Err(Errno::BUSY);
        }
        let address = self.address.replace(0);
        let len = self.len.replace(0);
        if address == 0 {
            return Ok(());
        }
        // SAFETY: the memory is mapped, and nobody has a pointer into it.
        check(unsafe { libc::munmap(address as *mut _, len) }).map(drop)
    }

    /// `mremap`; refused while buffers of it are out.
    pub fn resize(&self, len: usize) -> SysResult<()> {
        if self.is_exported() || self.is_closed() {
            return Err(Errno::BUSY);
        }
        // SAFETY: as above.
        let address = unsafe { libc::mremap(self.pointer().cast(), self.len(), len, libc::MREMAP_MAYMOVE) };
        if address == libc::MAP_FAILED {
            return Err(last_error());
        }
        self.address.set(address as usize);
        self.len.set(len);
        Ok(())
    }

    /// `msync` of a part.
    pub fn synchronize(&self, start: usize, len: usize) -> SysResult<()> {
        self.check_part(start, len)?;
        // SAFETY: the part lies within the mapped memory.
        check(unsafe { libc::msync(self.pointer().add(start).cast(), len, libc::MS_SYNC) }).map(drop)
    }

    /// `madvise` about a part.
    pub fn advise(&self, start: usize, len: usize, advice: i32) -> SysResult<()> {
        self.check_part(start, len)?;
        // SAFETY: the part lies within the mapped memory; advice that drops contents leaves zeros or what the file has.
        check(unsafe { libc::madvise(self.pointer().add(start).cast(), len, advice) }).map(drop)
    }

    fn check_part(&self, start: usize, len: usize) -> SysResult<()> {
        match start.checked_add(len) {
            Some(end) if end <= self.len() && !self.is_closed() => Ok(()),
            _ => Err(Errno::INVAL),
        }
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        self.exports.set(0);
        // Nobody is left to hear of an error.
        let _ = self.close();
    }
}
