//! Objects too large for a page: allocated apart behind a prefix that leads to their heap, and linked so that the
//! collector and the end of the interpreter find them, the oldest first.

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
    /// The next younger one.
    next: Cell<*mut LargePrefix>,
    /// The next older one.
    previous: Cell<*mut LargePrefix>,
}

const _: () = assert!(size_of::<LargePrefix>().is_multiple_of(16));

/// The oldest and the youngest of a list.
struct List {
    first: Cell<*mut LargePrefix>,
    last: Cell<*mut LargePrefix>,
}

impl List {
    /// Makes the neighbours of `prefix`, or the ends of the list, lead to `new_previous` and `new_next` in its place.
    ///
    /// # Safety
    /// `prefix` is in the list.
    unsafe fn relink(&self, prefix: *mut LargePrefix, new_previous: *mut LargePrefix, new_next: *mut LargePrefix) {
        // SAFETY: a prefix links to live ones.
        unsafe {
            let (previous, next) = ((*prefix).previous.get(), (*prefix).next.get());
            match previous.as_ref() {
                None => self.first.set(new_next),
                Some(previous) => previous.next.set(new_next),
            }
            match next.as_ref() {
                None => self.last.set(new_previous),
                Some(next) => next.previous.set(new_previous),
            }
        }
    }
}

/// The large objects.
pub(crate) struct LargeObjects {
    /// The leaves and the containers.
    lists: [List; 2],
    containers: Cell<usize>,
    /// Whether the memory of containers that end is kept: the collector's marking knows objects by address.
    held: Cell<bool>,
    /// What is kept, linked by `next`.
    ended: Cell<*mut LargePrefix>,
}

impl LargeObjects {
    pub(crate) fn new() -> LargeObjects {
        LargeObjects {
            lists: [const { List { first: Cell::new(null_mut()), last: Cell::new(null_mut()) } }; 2],
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
            let list = &self.lists[container as usize];
            let last = list.last.replace(prefix.as_ptr());
            prefix.write(LargePrefix { heap, size: total, next: Cell::new(null_mut()), previous: Cell::new(last) });
            match last.as_ref() {
                None => list.first.set(prefix.as_ptr()),
                Some(last) => last.next.set(prefix.as_ptr()),
            }
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
            self.lists[0].relink(new, new, new);
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
            self.lists[container as usize].relink(prefix, (*prefix).previous.get(), (*prefix).next.get());
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
        walk(self.lists[0].first.get(), body);
        self.for_each_container(body);
    }

    /// Calls `body` with every large container.
    pub(crate) fn for_each_container(&self, mut body: impl FnMut(*mut Header)) {
        walk(self.lists[1].first.get(), &mut body);
    }

    /// Calls `body` with every young container, which is old from now on.
    pub(crate) fn take_young(&self, mut body: impl FnMut(*mut Header)) {
        let (mut oldest, mut prefix) = (null_mut(), self.lists[1].last.get());
        // SAFETY: the list links live prefixes of live objects.
        unsafe {
            while !prefix.is_null() && (*prefix.add(1).cast::<Header>()).has(flag::YOUNG) {
                oldest = prefix;
                prefix = (*prefix).previous.get();
            }
        }
        walk(oldest, &mut body);
    }

    /// How many containers there are.
    pub(crate) fn containers(&self) -> usize {
        self.containers.get()
    }
}

/// Calls `body` with the object behind `prefix` and all younger ones of its list.
fn walk(mut prefix: *mut LargePrefix, body: &mut dyn FnMut(*mut Header)) {
    while !prefix.is_null() {
        // SAFETY: the list links live prefixes; `body` may free the one it is given, so the next is read first.
        unsafe {
            let next = (*prefix).next.get();
            body(prefix.add(1).cast());
            prefix = next;
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
