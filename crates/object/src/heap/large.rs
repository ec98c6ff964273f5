//! Objects too large for a page: allocated apart behind a prefix that leads to their heap, and linked so that the
//! collector and the end of the interpreter find them.

use std::cell::Cell;
use std::ptr::{NonNull, null_mut};

use super::memory::{self, OutOfMemory};
use super::state::HeapState;
use crate::core::header::Header;

/// What lies before a large object.
#[repr(C)]
pub struct LargePrefix {
    heap: *const HeapState,
    size: usize,
    previous: Cell<*mut LargePrefix>,
    next: Cell<*mut LargePrefix>,
    counter: Cell<u32>,
    _align: u64,
}

/// The list of large objects.
pub(crate) struct LargeObjects {
    first: Cell<*mut LargePrefix>,
}

impl LargeObjects {
    pub(crate) fn new() -> LargeObjects {
        LargeObjects { first: Cell::new(null_mut()) }
    }

    /// Room for an object of `size` bytes, content undefined.
    pub(crate) fn alloc(&self, heap: &HeapState, size: usize) -> Result<*mut u8, OutOfMemory> {
        let total = size.checked_add(size_of::<LargePrefix>()).ok_or(OutOfMemory)?;
        // SAFETY: a new block, large enough for the prefix and the object.
        unsafe {
            let prefix = memory::resize(NonNull::dangling(), 0, total, 16)?.cast::<LargePrefix>();
            let first = self.first.get();
            prefix.write(LargePrefix {
                heap,
                size: total,
                previous: Cell::new(null_mut()),
                next: Cell::new(first),
                counter: Cell::new(0),
                _align: 0,
            });
            if !first.is_null() {
                (*first).previous.set(prefix.as_ptr());
            }
            self.first.set(prefix.as_ptr());
            Ok(prefix.add(1).cast().as_ptr())
        }
    }

    /// Gives an object room for `size` bytes; it may move.
    ///
    /// # Safety
    /// `object` came from `alloc` of this list; nothing uses the old place any more if the call succeeds.
    pub(crate) unsafe fn resize(&self, object: *mut Header, size: usize) -> Result<*mut Header, OutOfMemory> {
        let total = size.checked_add(size_of::<LargePrefix>()).ok_or(OutOfMemory)?;
        // SAFETY: the prefix lies before the object and is the start of its block; its neighbours in the list are live.
        unsafe {
            let old = prefix_of(object);
            let new = memory::resize(NonNull::new_unchecked(old.cast()), (*old).size, total, 16)?.cast::<LargePrefix>().as_ptr();
            (*new).size = total;
            match (*new).previous.get() {
                previous if previous.is_null() => self.first.set(new),
                previous => (*previous).next.set(new),
            }
            if !(*new).next.get().is_null() {
                (*(*new).next.get()).previous.set(new);
            }
            Ok(new.add(1).cast())
        }
    }

    /// Frees what `alloc` gave.
    ///
    /// # Safety
    /// `object` came from `alloc` of this list, nothing uses it any more.
    pub(crate) unsafe fn free(&self, object: *mut u8) {
        // SAFETY: the prefix lies before the object, and links to live prefixes.
        unsafe {
            let prefix = prefix_of(object.cast());
            let (previous, next) = ((*prefix).previous.get(), (*prefix).next.get());
            match previous.is_null() {
                true => self.first.set(next),
                false => (*previous).next.set(next),
            }
            if !next.is_null() {
                (*next).previous.set(previous);
            }
            memory::free(NonNull::new_unchecked(prefix.cast()), (*prefix).size, 16);
        }
    }

    /// Calls `body` with every large object.
    pub(crate) fn for_each(&self, mut body: impl FnMut(*mut Header)) {
        let mut prefix = self.first.get();
        while !prefix.is_null() {
            // SAFETY: the list links live prefixes; `body` may free the one it is given, so the next is read first.
            unsafe {
                let next = (*prefix).next.get();
                body(prefix.add(1).cast());
                prefix = next;
            }
        }
    }
}

fn prefix_of(object: *mut Header) -> *mut LargePrefix {
    object.cast::<LargePrefix>().wrapping_sub(1)
}

/// The heap of a large object.
///
/// # Safety
/// `object` was allocated by [`LargeObjects::alloc`].
pub(crate) unsafe fn heap_of_large(object: *mut Header) -> *const HeapState {
    // SAFETY: the prefix lies before the object.
    unsafe { (*prefix_of(object)).heap }
}

/// Bytes that a large object has room for.
///
/// # Safety
/// `object` was allocated by [`LargeObjects::alloc`].
pub(crate) unsafe fn room_of(object: *const Header) -> usize {
    // SAFETY: the prefix lies before the object.
    unsafe { (*prefix_of(object.cast_mut())).size - size_of::<LargePrefix>() }
}

/// The collector's reference counter of a large object.
///
/// # Safety
/// `object` was allocated by [`LargeObjects::alloc`].
pub(crate) unsafe fn counter<'a>(object: *const Header) -> &'a Cell<u32> {
    // SAFETY: the prefix lies before the object.
    unsafe { &(*prefix_of(object.cast_mut())).counter }
}
