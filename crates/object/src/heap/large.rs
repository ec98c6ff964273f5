//! Objects too large for a page: allocated apart behind a prefix that leads to their heap, and linked so that the
//! collector and the end of the interpreter find them, the newest first.

use std::cell::Cell;
use std::ptr::{NonNull, null_mut};

use super::memory::{self, OutOfMemory};
use super::state::HeapState;
use crate::core::header::{Header, flag};

/// What lies before a large object.
#[repr(C)]
pub struct LargePrefix {
    heap: *const HeapState,
    size: usize,
    previous: Cell<*mut LargePrefix>,
    next: Cell<*mut LargePrefix>,
}

const _: () = assert!(size_of::<LargePrefix>().is_multiple_of(16));

/// The large objects.
pub(crate) struct LargeObjects {
    /// The first of the leaves and of the containers.
    first: [Cell<*mut LargePrefix>; 2],
    containers: Cell<usize>,
    /// Whether the memory of containers that end is kept: the collector's marking knows objects by address.
    held: Cell<bool>,
    /// What is kept, linked by `next`.
    ended: Cell<*mut LargePrefix>,
}

impl LargeObjects {
    pub(crate) fn new() -> LargeObjects {
        LargeObjects {
            first: [const { Cell::new(null_mut()) }; 2],
            containers: Cell::new(0),
            held: Cell::new(false),
            ended: Cell::new(null_mut()),
        }
    }

    /// Room for an object of `size` bytes, content undefined.
    pub(crate) fn alloc(&self, heap: &HeapState, size: usize, container: bool) -> Result<*mut u8, OutOfMemory> {
        let total = size.checked_add(size_of::<LargePrefix>()).ok_or(OutOfMemory)?;
        // SAFETY: a new block, large enough for the prefix and the object.
        unsafe {
            let prefix = memory::resize(NonNull::dangling(), 0, total, 16)?.cast::<LargePrefix>();
            let list = &self.first[container as usize];
            let first = list.get();
            let links = (Cell::new(null_mut()), Cell::new(first));
            prefix.write(LargePrefix { heap, size: total, previous: links.0, next: links.1 });
            if !first.is_null() {
                (*first).previous.set(prefix.as_ptr());
            }
            list.set(prefix.as_ptr());
            self.containers.set(self.containers.get() + container as usize);
            Ok(prefix.add(1).cast().as_ptr())
        }
    }

    /// Gives an object room for `size` bytes; it may move.
    ///
    /// # Safety
    /// `object` is a leaf that came from `alloc`; nothing uses the old place any more if the call succeeds.
    pub(crate) unsafe fn resize(&self, object: *mut Header, size: usize) -> Result<*mut Header, OutOfMemory> {
        let total = size.checked_add(size_of::<LargePrefix>()).ok_or(OutOfMemory)?;
        // SAFETY: the prefix lies before the object and is the start of its block; its neighbours in the list are live.
        unsafe {
            let old = prefix_of(object);
            let new = memory::resize(NonNull::new_unchecked(old.cast()), (*old).size, total, 16)?.cast::<LargePrefix>().as_ptr();
            (*new).size = total;
            match (*new).previous.get() {
                previous if previous.is_null() => self.first[0].set(new),
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
    /// `object` came from `alloc`, nothing uses it any more, its header is as it was.
    pub(crate) unsafe fn free(&self, object: *mut Header) {
        // SAFETY: the prefix lies before the object, and links to live prefixes.
        unsafe {
            let container = (*object).has(flag::TRACKED);
            let prefix = prefix_of(object);
            let (previous, next) = ((*prefix).previous.get(), (*prefix).next.get());
            match previous.is_null() {
                true => self.first[container as usize].set(next),
                false => (*previous).next.set(next),
            }
            if !next.is_null() {
                (*next).previous.set(previous);
            }
            if container {
                self.containers.set(self.containers.get() - 1);
                if self.held.get() {
                    (*object).count.set(0);
                    (*prefix).next.set(self.ended.replace(prefix));
                    return;
                }
            }
            memory::free(NonNull::new_unchecked(prefix.cast()), (*prefix).size, 16);
        }
    }

    /// While held, the memory of containers that end stays, with a count of zero.
    pub(crate) fn hold(&self, held: bool) {
        self.held.set(held);
        let mut prefix = self.ended.replace(null_mut());
        while !prefix.is_null() {
            // SAFETY: the list links prefixes of objects that have ended.
            unsafe {
                let next = (*prefix).next.get();
                memory::free(NonNull::new_unchecked(prefix.cast()), (*prefix).size, 16);
                prefix = next;
            }
        }
    }

    /// Calls `body` with every large object.
    pub(crate) fn for_each(&self, body: &mut dyn FnMut(*mut Header)) {
        self.walk(0, &mut |object| {
            body(object);
            true
        });
        self.for_each_container(body);
    }

    /// Calls `body` with every large container.
    pub(crate) fn for_each_container(&self, mut body: impl FnMut(*mut Header)) {
        self.walk(1, &mut |object| {
            body(object);
            true
        });
    }

    /// Calls `body` with every young container, which is old from now on.
    pub(crate) fn take_young(&self, mut body: impl FnMut(*mut Header)) {
        self.walk(1, &mut |object| {
            // SAFETY: the walk shows live objects.
            let young = unsafe { (*object).has(flag::YOUNG) };
            if young {
                body(object);
            }
            young
        });
    }

    /// How many containers there are.
    pub(crate) fn containers(&self) -> usize {
        self.containers.get()
    }

    /// Calls `body` with the objects of a list until it says false.
    fn walk(&self, list: usize, body: &mut dyn FnMut(*mut Header) -> bool) {
        let mut prefix = self.first[list].get();
        while !prefix.is_null() {
            // SAFETY: the list links live prefixes; `body` may free the one it is given, so the next is read first.
            unsafe {
                let next = (*prefix).next.get();
                if !body(prefix.add(1).cast()) {
                    return;
                }
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
