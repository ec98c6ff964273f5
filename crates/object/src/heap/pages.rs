//! Size-class pages: where small objects live.
//!
//! A page is 16 KiB, aligned to its size, and holds blocks of one size of either containers (objects that may hold
//! references, which the collector walks) or leaves. The page's header leads from an object to its heap. A block whose
//! first word is zero is free. `chunks.rs` takes pages from the system and gives them back.
//!
//! Behind the header of a page of containers lies a bitmap: a block's bit is set while it is free or holds a young object.
//! Allocation needs not touch it; freeing an old object sets the bit, a collection clears those of survivors. The young are
//! found by way of the pages that were allocated from since the last collection.

use std::cell::{Cell, RefCell, UnsafeCell};
use std::ptr::null_mut;

use super::chunks::Chunks;
use super::state::HeapState;
use super::stress::{self, Freed, Mode, Quarantine};
use crate::core::header::{Header, flag};

/// Size and alignment of a page.
pub const PAGE: usize = 16 << 10;
/// The largest block that lives in a page; larger objects are allocated apart.
pub const SMALL_MAX: usize = 1024;
const CLASSES: usize = 32 + 24;
/// How many bytes of fresh blocks are put into the free list at a time.
const CARVE: u32 = 1024;
/// Where a page is not in the list of those that may hold young objects.
const NOWHERE: u32 = u32::MAX;

#[repr(C)]
struct FreeBlock {
    /// The word where a live object has its count and flags: zero marks the block as free.
    zero: u64,
    next: *mut FreeBlock,
}

/// The head of a page.
#[repr(C)]
pub(crate) struct Page {
    free: Cell<*mut FreeBlock>,
    used: Cell<u32>,
    /// Blocks that were ever in use or in the free list.
    carved: Cell<u32>,
    capacity: Cell<u32>,
    block: Cell<u32>,
    /// Where the first block lies.
    first: Cell<u32>,
    /// What a distance is multiplied by to be divided by the size of a block.
    reciprocal: Cell<u32>,
    heap: *const HeapState,
    next: Cell<*mut Page>,
    previous: Cell<*mut Page>,
    /// The number of the chunk.
    chunk: Cell<u32>,
    /// The place in the list of pages that may hold young objects.
    young_at: Cell<u32>,
    /// Blocks in use when it came into that list.
    used_before: Cell<u32>,
    listed: Cell<bool>,
    container: Cell<bool>,
}

const HEAD: usize = size_of::<Page>();
const _: () = assert!(HEAD == 72);

/// A page without blocks: stands where there is none, so that allocation needs not ask.
#[repr(transparent)]
struct NoPage(Page);

// SAFETY: nothing is ever written to it: it has no blocks to take, and is in no list.
unsafe impl Sync for NoPage {}

static NO_PAGE: NoPage = NoPage(Page {
    free: Cell::new(null_mut()),
    used: Cell::new(0),
    carved: Cell::new(0),
    capacity: Cell::new(0),
    block: Cell::new(0),
    first: Cell::new(0),
    reciprocal: Cell::new(0),
    heap: std::ptr::null(),
    next: Cell::new(null_mut()),
    previous: Cell::new(null_mut()),
    chunk: Cell::new(0),
    young_at: Cell::new(NOWHERE),
    used_before: Cell::new(0),
    listed: Cell::new(true),
    container: Cell::new(false),
});

fn no_page() -> *mut Page {
    (&raw const NO_PAGE.0).cast_mut()
}

/// All pages of an interpreter.
pub(crate) struct Pages {
    /// Pages with room, per class of leaves and containers; the first is allocated from.
    bins: [[Cell<*mut Page>; CLASSES]; 2],
    chunks: Chunks,
    /// The pages of containers that were allocated from since the last collection.
    young: UnsafeCell<Vec<*mut Page>>,
    /// Whether pages stay what they are although they are empty: the collector's marking knows blocks by address.
    held: Cell<bool>,
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

/// Where a walk over the blocks of all container pages stands.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cursor {
    page: usize,
    block: u32,
}

impl Page {
    /// A new page's head in `place`, its blocks all free.
    unsafe fn write(place: *mut Page, heap: &HeapState, chunk: u32, class: usize, container: bool) {
        let block = size_of_class(class);
        let words = if container { ((PAGE - HEAD) / block).div_ceil(64) } else { 0 };
        let first = HEAD + 8 * words;
        // SAFETY: the place is a page of its own.
        unsafe {
            place.write(Page {
                heap,
                first: Cell::new(first as u32),
                capacity: Cell::new(((PAGE - first) / block) as u32),
                block: Cell::new(block as u32),
                reciprocal: Cell::new(((1u64 << 32) / block as u64 + 1) as u32),
                chunk: Cell::new(chunk),
                container: Cell::new(container),
                free: Cell::new(null_mut()),
                used: Cell::new(0),
                carved: Cell::new(0),
                next: Cell::new(null_mut()),
                previous: Cell::new(null_mut()),
                young_at: Cell::new(NOWHERE),
                used_before: Cell::new(0),
                listed: Cell::new(true),
            });
            place.add(1).cast::<u64>().write_bytes(0xFF, words);
        }
    }

    /// The bitmap of blocks that are free or young.
    fn young_bits(&self) -> &[Cell<u64>] {
        let words = (self.first.get() as usize - HEAD) / 8;
        // SAFETY: the bitmap lies between the head and the first block.
        unsafe { std::slice::from_raw_parts((self as *const Page).add(1).cast(), words) }
    }

    fn block_at(&self, index: u32) -> *mut Header {
        let offset = self.first.get() + index * self.block.get();
        (self as *const Page as *mut u8).wrapping_add(offset as usize).cast()
    }

    fn index_of(&self, block: *const u8) -> u32 {
        let distance = block as usize - self as *const Page as usize - self.first.get() as usize;
        ((distance as u64 * u64::from(self.reciprocal.get())) >> 32) as u32
    }

    /// The object in a block, if it holds a live one. In a trial its count may be zero, but its flags are not.
    #[inline]
    fn object_at(&self, index: u32) -> Option<*mut Header> {
        let object = self.block_at(index);
        // SAFETY: a carved block is a live object or has a zero first word.
        unsafe { (*object.cast::<u64>() != 0).then_some(object) }
    }

    fn is_container(&self) -> bool {
        self.container.get()
    }

    fn bin<'a>(&self, pages: &'a Pages) -> &'a Cell<*mut Page> {
        &pages.bins[self.container.get() as usize][class_of(self.block.get() as usize)]
    }
}

impl Pages {
    pub(crate) fn new() -> Pages {
        Pages {
            bins: std::array::from_fn(|_| std::array::from_fn(|_| Cell::new(no_page()))),
            chunks: Chunks::new(),
            young: UnsafeCell::new(Vec::new()),
            held: Cell::new(false),
            kept: RefCell::new(Quarantine::new()),
        }
    }

    /// A block of at least `size` bytes, at most [`SMALL_MAX`]; its content is undefined but for a zero first word.
    #[inline(always)]
    pub(crate) fn alloc(&self, heap: &HeapState, size: usize, container: bool) -> *mut u8 {
        let page = self.bins[container as usize][class_of(size)].get();
        // SAFETY: pages in a bin are live, and their free lists name free blocks of their own.
        unsafe {
            let block = (*page).free.get();
            if !block.is_null() {
                (*page).free.set((*block).next);
                (*page).used.set((*page).used.get() + 1);
                return block.cast();
            }
        }
        self.alloc_slow(heap, size, container)
    }

    #[cold]
    #[inline(never)]
    fn alloc_slow(&self, heap: &HeapState, size: usize, container: bool) -> *mut u8 {
        let class = class_of(size);
        let bin = &self.bins[container as usize][class];
        // SAFETY: pages in bins are live; blocks are handed out once, below the capacity.
        unsafe {
            loop {
                let page = bin.get();
                let head = &*page;
                let block = head.free.get();
                if !block.is_null() {
                    head.free.set((*block).next);
                    head.used.set(head.used.get() + 1);
                    return block.cast();
                }
                if head.carved.get() < head.capacity.get() {
                    head.carve();
                    continue;
                }
                let mut next = head.next.get();
                if page != no_page() {
                    head.next.set(null_mut());
                    head.listed.set(false);
                }
                if next.is_null() {
                    let (page, chunk) = self.chunks.take(heap);
                    next = page.cast();
                    Page::write(next, heap, chunk, class, container);
                } else {
                    (*next).previous.set(null_mut());
                }
                bin.set(next);
                if container {
                    self.note_young(&*next);
                    heap.collector.expect((*next).capacity.get() - (*next).used.get(), heap);
                }
            }
        }
    }

    /// A page is allocated from: it may come to hold young objects.
    fn note_young(&self, page: &Page) {
        if page.young_at.get() == NOWHERE {
            // SAFETY: the list is borrowed for this call only.
            let young = unsafe { &mut *self.young.get() };
            page.young_at.set(young.len() as u32);
            page.used_before.set(page.used.get());
            young.push(page as *const Page as *mut Page);
        }
    }

    /// Gives a block back.
    ///
    /// # Safety
    /// `object` came from [`Pages::alloc`], nothing uses it any more, its header is as it was.
    #[inline(always)]
    pub(crate) unsafe fn free(&self, object: *mut Header) {
        // SAFETY: the block lies in a live page and is ours.
        unsafe {
            if (*object).flags.get() & (flag::TRACKED | flag::YOUNG) == flag::TRACKED {
                set_young_bit(object);
            }
            let mut block = object.cast::<u8>();
            if stress::on(Mode::Poison) {
                let size = (*page_of(block)).block.get() as usize;
                let Some(oldest) = self.kept.borrow_mut().exchange(Freed { block, size, align: 8 }) else { return };
                block = oldest.block;
            }
            let page = page_of(block);
            let block = block.cast::<FreeBlock>();
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
        // SAFETY: a live page; those of a bin's list are live too.
        unsafe {
            let head = &*page;
            let first = head.bin(self).get();
            if !head.listed.get() {
                // A page that has once been allocated from has left another in its place.
                head.listed.set(true);
                let next = (*first).next.get();
                head.next.set(next);
                head.previous.set(first);
                if !next.is_null() {
                    (*next).previous.set(page);
                }
                (*first).next.set(page);
            }
            if head.used.get() == 0 && first != page && !self.held.get() {
                self.retire(page);
            }
        }
    }

    /// Takes an empty page out of its bin's list, back to the pool.
    unsafe fn retire(&self, page: *mut Page) {
        // SAFETY: passed on: the page is live and not the first of its list, whose pages are live.
        unsafe {
            let head = &*page;
            let (previous, next) = (head.previous.get(), head.next.get());
            (*previous).next.set(next);
            if !next.is_null() {
                (*next).previous.set(previous);
            }
            let at = head.young_at.get();
            if at != NOWHERE {
                let young = &mut *self.young.get();
                young.swap_remove(at as usize);
                if let Some(&moved) = young.get(at as usize) {
                    (*moved).young_at.set(at);
                }
            }
            self.chunks.give_back(page.cast(), head.chunk.get(), &*head.heap);
        }
    }

    /// While held, pages stay what they are, though they may be empty.
    pub(crate) fn hold(&self, held: bool) {
        self.held.set(held);
        if held {
            return;
        }
        for bin in self.bins.iter().flatten() {
            // SAFETY: the pages of a bin's list are live; the next one is read before a page goes.
            unsafe {
                let mut page = (*bin.get()).next.get();
                while !page.is_null() {
                    let next = (*page).next.get();
                    if (*page).used.get() == 0 {
                        self.retire(page);
                    }
                    page = next;
                }
            }
        }
    }

    /// The live objects of all pages.
    pub(crate) fn for_each(&self, body: &mut dyn FnMut(*mut Header)) {
        self.for_each_page(|page| {
            (0..page.carved.get()).filter_map(|index| page.object_at(index)).for_each(&mut *body);
        });
    }

    /// The live containers in pages.
    pub(crate) fn for_each_container(&self, mut body: impl FnMut(*mut Header)) {
        self.for_each_page(|page| {
            if page.is_container() {
                (0..page.carved.get()).filter_map(|index| page.object_at(index)).for_each(&mut body);
            }
        });
    }

    fn for_each_page(&self, mut body: impl FnMut(&Page)) {
        let mut index = 0;
        while let Some(page) = self.chunks.page_from(&mut index) {
            // SAFETY: pages in use have their head.
            body(unsafe { &*page.cast::<Page>() });
            index += 1;
        }
    }

    /// The next live container of a walk that may pause: blocks may come and go meanwhile.
    #[inline]
    pub(crate) fn next_container(&self, cursor: &mut Cursor) -> Option<*mut Header> {
        loop {
            let before = cursor.page;
            // SAFETY: pages in use have their head.
            let page = unsafe { &*self.chunks.page_from(&mut cursor.page)?.cast::<Page>() };
            if cursor.page != before {
                cursor.block = 0;
            }
            if page.is_container() {
                while cursor.block < page.carved.get() {
                    cursor.block += 1;
                    if let Some(object) = page.object_at(cursor.block - 1) {
                        return Some(object);
                    }
                }
            }
            *cursor = Cursor { page: cursor.page + 1, block: 0 };
        }
    }

    /// How many containers there are more than after the last collection, in the pages allocated from since.
    pub(crate) fn grown(&self) -> i64 {
        // SAFETY: the list is borrowed for this call only; its pages are live.
        let pages = unsafe { (*self.young.get()).iter().map(|&page| &*page) };
        pages.map(|page| i64::from(page.used.get()) - i64::from(page.used_before.get())).sum()
    }

    /// Calls `body` with each young object, which is old from now on.
    pub(crate) fn take_young(&self, mut body: impl FnMut(*mut Header)) {
        // SAFETY: the list is borrowed for this call only; its pages are live.
        let pages = unsafe { std::mem::take(&mut *self.young.get()) };
        for &page in &pages {
            // SAFETY: as above.
            let page = unsafe { &*page };
            for (index, word) in page.young_bits().iter().enumerate() {
                let mut left = word.get();
                while left != 0 {
                    let bit = left.trailing_zeros();
                    let block = 64 * index as u32 + bit;
                    if block >= page.carved.get() {
                        break;
                    }
                    left &= left - 1;
                    if let Some(object) = page.object_at(block) {
                        word.set(word.get() & !(1 << bit));
                        body(object);
                    }
                }
            }
        }
        self.restart_young(pages);
    }

    /// Takes the mark of all young objects away, of which the caller makes old ones.
    pub(crate) fn forget_young(&self) {
        self.take_young(|_| {});
    }

    /// What finds objects by words that may name them, as long as no page comes or goes.
    pub(crate) fn finder(&self) -> Finder<'_> {
        let mut pages = std::collections::HashSet::new();
        let mut index = 0;
        while let Some(page) = self.chunks.page_from(&mut index) {
            pages.insert(page as usize);
            index += 1;
        }
        Finder { pages, _pages: self }
    }

    fn restart_young(&self, mut pages: Vec<*mut Page>) {
        for &page in &pages {
            // SAFETY: the pages are live.
            unsafe { (*page).young_at.set(NOWHERE) };
        }
        pages.clear();
        // SAFETY: the list is borrowed for this change only.
        unsafe { *self.young.get() = pages };
        for bin in &self.bins[1] {
            if bin.get() != no_page() {
                // SAFETY: a bin's pages are live.
                self.note_young(unsafe { &*bin.get() });
            }
        }
    }
}

/// See [`Pages::finder`].
pub(crate) struct Finder<'a> {
    pages: std::collections::HashSet<usize>,
    _pages: &'a Pages,
}

impl Finder<'_> {
    /// The live container in a page whose address a word is, tagged as borrowed or not.
    pub(crate) fn find(&self, word: u64) -> Option<*mut Header> {
        let object = (word & !7) as *mut Header;
        let page = page_of(object.cast());
        if word & 3 != 0 || !self.pages.contains(&(page as usize)) {
            return None;
        }
        // SAFETY: the page is in use.
        let page = unsafe { &*page };
        let offset = object as usize - page as *const Page as usize;
        if !page.is_container() || offset < page.first.get() as usize {
            return None;
        }
        let index = page.index_of(object.cast());
        (index < page.carved.get() && page.block_at(index) == object).then(|| page.object_at(index)).flatten()
    }
}

/// Notes that a block that held an old object is free.
#[cold]
#[inline(never)]
unsafe fn set_young_bit(object: *mut Header) {
    // SAFETY: passed on: the object lies in a page of containers.
    let page = unsafe { &*page_of(object.cast()) };
    let index = page.index_of(object.cast());
    let word = &page.young_bits()[index as usize / 64];
    word.set(word.get() | 1 << (index % 64));
}

impl Page {
    /// Puts some fresh blocks into the free list, which is empty.
    fn carve(&self) {
        let from = self.carved.get();
        let to = (from + (CARVE / self.block.get()).max(2)).min(self.capacity.get());
        let mut next = null_mut();
        for index in (from..to).rev() {
            let block = self.block_at(index).cast::<FreeBlock>();
            // SAFETY: the block lies within the page, and nothing was in it yet.
            unsafe { block.write(FreeBlock { zero: 0, next }) };
            next = block;
        }
        self.free.set(next);
        self.carved.set(to);
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        // What is kept back lies in the chunks.
        *self.kept.get_mut() = Quarantine::new();
    }
}

#[inline(always)]
fn page_of(block: *mut u8) -> *mut Page {
    block.map_addr(|address| address & !(PAGE - 1)).cast()
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

    #[test]
    fn blocks_have_their_numbers() {
        for class in 1..CLASSES {
            let block = size_of_class(class) as u64;
            let reciprocal = (1u64 << 32) / block + 1;
            for index in 0..PAGE as u64 / block {
                assert!((index * block * reciprocal) >> 32 == index, "{block} {index}");
            }
        }
    }
}
