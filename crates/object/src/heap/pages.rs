//! Size-class pages: where small objects live.
//!
//! A page is 16 KiB, aligned to its size, and holds blocks of one size of either containers (objects that may hold
//! references, which the collector walks) or leaves. The page's header leads from an object to its heap. A block whose
//! first word is zero is free.

use std::cell::{Cell, RefCell, UnsafeCell};
use std::ptr::null_mut;

use super::memory;
use super::state::HeapState;
use super::stress::{self, Freed, Mode, Quarantine};
use crate::core::header::Header;

/// Size and alignment of a page.
pub const PAGE: usize = 16 << 10;
const CHUNK: usize = 1 << 20;
/// The largest block that lives in a page; larger objects are allocated apart.
pub const SMALL_MAX: usize = 1024;
const CLASSES: usize = 32 + 24;

#[repr(C)]
struct FreeBlock {
    /// The word where a live object has its count and flags: zero marks the block as free.
    zero: u64,
    next: *mut FreeBlock,
}

/// The head of a page.
#[repr(C)]
pub(crate) struct Page {
    heap: *const HeapState,
    free: Cell<*mut FreeBlock>,
    next: Cell<*mut Page>,
    listed: Cell<bool>,
    container: Cell<bool>,
    block: Cell<u32>,
    capacity: Cell<u32>,
    bump: Cell<u32>,
    used: Cell<u32>,
    /// One reference counter a block, while a collection runs.
    counters: Cell<*mut Cell<u32>>,
}

const FIRST_BLOCK: usize = 72;
const _: () = assert!(size_of::<Page>() <= FIRST_BLOCK);

/// All pages of an interpreter.
pub(crate) struct Pages {
    /// Pages with room, per class of leaves and containers; the first is allocated from.
    bins: [[Cell<*mut Page>; CLASSES]; 2],
    unused: Cell<*mut Page>,
    chunks: UnsafeCell<Vec<*mut u8>>,
    /// Freed blocks that the stress mode `poison` keeps back.
    kept: RefCell<Quarantine>,
}

/// The size class of a size up to [`SMALL_MAX`]: steps of 8 bytes up to 256, then of 32.
#[inline(always)]
const fn class_of(size: usize) -> usize {
    if size <= 256 { size.div_ceil(8) - 1 } else { 32 + (size - 256).div_ceil(32) - 1 }
}

const fn size_of_class(class: usize) -> usize {
    if class < 32 { (class + 1) * 8 } else { 256 + (class - 31) * 32 }
}

impl Pages {
    pub(crate) fn new() -> Pages {
        Pages {
            bins: [const { [const { Cell::new(null_mut()) }; CLASSES] }; 2],
            unused: Cell::new(null_mut()),
            chunks: UnsafeCell::new(Vec::new()),
            kept: RefCell::new(Quarantine::new()),
        }
    }

    /// A block of at least `size` bytes, at most [`SMALL_MAX`]; its content is undefined but for a zero first word.
    #[inline(always)]
    pub(crate) fn alloc(&self, heap: &HeapState, size: usize, container: bool) -> *mut u8 {
        let bin = &self.bins[container as usize][class_of(size)];
        let page = bin.get();
        if !page.is_null() {
            // SAFETY: pages in a bin are live, and their free lists name free blocks of their own.
            unsafe {
                let block = (*page).free.get();
                if !block.is_null() {
                    (*page).free.set((*block).next);
                    (*page).used.set((*page).used.get() + 1);
                    return block.cast();
                }
            }
        }
        self.alloc_slow(heap, size, container)
    }

    #[cold]
    #[inline(never)]
    fn alloc_slow(&self, heap: &HeapState, size: usize, container: bool) -> *mut u8 {
        let class = class_of(size);
        let bin = &self.bins[container as usize][class];
        // SAFETY: pages in bins and in the pool are live; blocks are handed out once, below the capacity.
        unsafe {
            loop {
                let page = bin.get();
                if page.is_null() {
                    let fresh = self.take_page(heap, class, container);
                    bin.set(fresh);
                    continue;
                }
                let head = &*page;
                let block = head.free.get();
                if !block.is_null() {
                    head.free.set((*block).next);
                    head.used.set(head.used.get() + 1);
                    return block.cast();
                }
                if head.bump.get() < head.capacity.get() {
                    let index = head.bump.get();
                    head.bump.set(index + 1);
                    head.used.set(head.used.get() + 1);
                    return page.cast::<u8>().add(FIRST_BLOCK + index as usize * head.block.get() as usize);
                }
                bin.set(head.next.get());
                head.next.set(null_mut());
                head.listed.set(false);
            }
        }
    }

    fn take_page(&self, heap: &HeapState, class: usize, container: bool) -> *mut Page {
        if self.unused.get().is_null() {
            self.map_chunk(heap);
        }
        let page = self.unused.get();
        let block = size_of_class(class);
        // SAFETY: the pool's pages are mapped and unused.
        unsafe {
            self.unused.set((*page).next.get());
            page.write(Page {
                heap,
                free: Cell::new(null_mut()),
                next: Cell::new(null_mut()),
                listed: Cell::new(true),
                container: Cell::new(container),
                block: Cell::new(block as u32),
                capacity: Cell::new(((PAGE - FIRST_BLOCK) / block) as u32),
                bump: Cell::new(0),
                used: Cell::new(0),
                counters: Cell::new(null_mut()),
            });
        }
        heap.charge_page(PAGE as isize);
        page
    }

    fn map_chunk(&self, heap: &HeapState) {
        let raw = memory::map(2 * CHUNK);
        if raw.is_null() {
            // Small objects have no way to fail; the limit of the interpreter is what keeps programs from here.
            eprintln!("pvm: the system has no memory left");
            std::process::abort();
        }
        let start = (raw as usize).next_multiple_of(CHUNK) as *mut u8;
        // SAFETY: what lies before and behind the aligned megabyte is ours to unmap; the list is not borrowed elsewhere.
        unsafe {
            let before = start as usize - raw as usize;
            if before > 0 {
                libc::munmap(raw.cast(), before);
            }
            if before < CHUNK {
                libc::munmap(start.add(CHUNK).cast(), CHUNK - before);
            }
            (*self.chunks.get()).push(start);
            for index in (0..CHUNK / PAGE).rev() {
                let page = start.add(index * PAGE).cast::<Page>();
                (&raw mut (*page).heap).write(heap);
                (&raw mut (*page).next).write(Cell::new(self.unused.get()));
                (&raw mut (*page).capacity).write(Cell::new(0));
                self.unused.set(page);
            }
        }
    }

    /// Gives a block back.
    ///
    /// # Safety
    /// `block` came from [`Pages::alloc`], nothing uses it any more.
    #[inline(always)]
    pub(crate) unsafe fn free(&self, block: *mut u8) {
        let block = if stress::on(Mode::Poison) {
            // SAFETY: the block lies in a live page and is ours.
            let size = unsafe { (*page_of(block)).block.get() } as usize;
            // SAFETY: as above; blocks are of whole words.
            let oldest = unsafe { self.kept.borrow_mut().exchange(Freed { block, size, align: 8 }) };
            let Some(oldest) = oldest else { return };
            oldest.block
        } else {
            block
        };
        let page = page_of(block);
        let block = block.cast::<FreeBlock>();
        // SAFETY: the block lies in a live page and is ours.
        unsafe {
            block.write(FreeBlock { zero: 0, next: (*page).free.get() });
            (*page).free.set(block);
            let used = (*page).used.get() - 1;
            (*page).used.set(used);
            if !(*page).listed.get() || used == 0 {
                self.free_slow(page);
            }
        }
    }

    #[cold]
    #[inline(never)]
    unsafe fn free_slow(&self, page: *mut Page) {
        // SAFETY: a live page.
        let head = unsafe { &*page };
        let bin = &self.bins[head.container.get() as usize][class_of(head.block.get() as usize)];
        if !head.listed.get() {
            head.listed.set(true);
            if bin.get().is_null() {
                bin.set(page);
            } else {
                // SAFETY: a bin's pages are live.
                let first = unsafe { &*bin.get() };
                head.next.set(first.next.get());
                first.next.set(page);
            }
        }
        if head.used.get() == 0 && bin.get() != page {
            self.retire(bin.get(), page);
        }
    }

    /// Takes an empty page out of its bin's list, back to the pool.
    fn retire(&self, first: *mut Page, page: *mut Page) {
        let mut before = first;
        // SAFETY: the pages of a bin's list are live.
        unsafe {
            while (*before).next.get() != page {
                before = (*before).next.get();
                if before.is_null() {
                    return;
                }
            }
            (*before).next.set((*page).next.get());
            let heap = &*(*page).heap;
            (*page).capacity.set(0);
            (*page).next.set(self.unused.get());
            self.unused.set(page);
            heap.charge_page(-(PAGE as isize));
        }
    }

    /// Calls `body` with every live object of the container pages, or of all pages.
    pub(crate) fn for_each(&self, leaves_too: bool, mut body: impl FnMut(*mut Header)) {
        // SAFETY: chunks are mapped whole; a page of capacity 0 is unused; below the bump pointer every block is either
        // a live object or has a zero first word.
        unsafe {
            for chunk in (*self.chunks.get()).iter() {
                for index in 0..CHUNK / PAGE {
                    let page = chunk.add(index * PAGE).cast::<Page>();
                    let head = &*page;
                    if head.capacity.get() == 0 || !(leaves_too || head.container.get()) {
                        continue;
                    }
                    for block in 0..head.bump.get() as usize {
                        let block = page.cast::<u8>().add(FIRST_BLOCK + block * head.block.get() as usize);
                        if *block.cast::<u64>() != 0 {
                            body(block.cast());
                        }
                    }
                }
            }
        }
    }
}

impl Pages {
    fn container_pages(&self) -> impl Iterator<Item = &Page> {
        // SAFETY: chunks are mapped whole; a page of capacity 0 is unused.
        let chunks = unsafe { &*self.chunks.get() };
        // SAFETY: each chunk consists of whole pages, their heads written when it was mapped.
        let page = |chunk: *mut u8, index: usize| unsafe { &*chunk.add(index * PAGE).cast::<Page>() };
        let pages = chunks.iter().flat_map(move |&chunk| (0..CHUNK / PAGE).map(move |index| page(chunk, index)));
        pages.filter(|page| page.capacity.get() != 0 && page.container.get())
    }

    /// Gives every block of the container pages a reference counter.
    pub(crate) fn make_counters(&self) {
        for page in self.container_pages() {
            let counters: Box<[Cell<u32>]> = (0..page.capacity.get()).map(|_| Cell::new(0)).collect();
            page.counters.set(Box::into_raw(counters).cast());
        }
    }

    /// Takes the reference counters away again.
    pub(crate) fn drop_counters(&self) {
        for page in self.container_pages() {
            let counters = page.counters.replace(null_mut());
            if !counters.is_null() {
                let counters = std::ptr::slice_from_raw_parts_mut(counters, page.capacity.get() as usize);
                // SAFETY: the page owned the box that `make_counters` made, with one counter a block.
                drop(unsafe { Box::from_raw(counters) });
            }
        }
    }
}

/// The reference counter of a container in a page, while a collection runs.
///
/// # Safety
/// `object` lives in a page that had its counters made.
pub(crate) unsafe fn counter<'a>(object: *const Header) -> &'a Cell<u32> {
    let page = page_of(object.cast_mut().cast());
    // SAFETY: the counters are as many as the page has blocks.
    unsafe {
        let index = (object as usize - page as usize - FIRST_BLOCK) / (*page).block.get() as usize;
        &*(*page).counters.get().add(index)
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        // What is kept back lies in the chunks.
        *self.kept.get_mut() = Quarantine::new();
        for chunk in self.chunks.get_mut() {
            // SAFETY: each chunk was mapped with this size.
            unsafe { libc::munmap((*chunk).cast(), CHUNK) };
        }
    }
}

fn page_of(block: *mut u8) -> *mut Page {
    (block as usize & !(PAGE - 1)) as *mut Page
}

/// The heap of a small object.
///
/// # Safety
/// `object` lives in a page.
#[inline(always)]
pub(crate) unsafe fn heap_of_small(object: *mut Header) -> *const HeapState {
    // SAFETY: the page's header is at the page's start.
    unsafe { (*page_of(object.cast())).heap }
}

/// Bytes that a small object has room for.
///
/// # Safety
/// `object` lives in a page.
pub(crate) unsafe fn room_of(object: *const Header) -> usize {
    // SAFETY: the page's header is at the page's start.
    unsafe { (*page_of(object.cast_mut().cast())).block.get() as usize }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_hold_their_sizes() {
        for size in 16..=SMALL_MAX {
            let class = class_of(size);
            assert!(class < CLASSES && size_of_class(class) >= size, "{size}");
            assert!(class == 0 || size_of_class(class - 1) < size);
        }
    }
}
