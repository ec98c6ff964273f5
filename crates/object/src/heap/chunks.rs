//! Where pages come from: chunks of a megabyte, mapped from the system. Pages that nothing uses any more are kept for a
//! while, then their memory, and at last whole chunks, go back.

use std::cell::{Cell, UnsafeCell};
use std::ptr::null_mut;

use super::memory;
use super::pages::PAGE;
use super::state::HeapState;

const CHUNK: usize = 1 << 20;
const PAGES: usize = CHUNK / PAGE;
const _: () = assert!(PAGES == 64);

/// A chunk: a bit a page.
struct Chunk {
    /// Null where the chunk went back to the system; then all pages count as used, and none is.
    start: *mut u8,
    used: u64,
    /// Pages that were in use since their memory was last given back.
    touched: u64,
    /// Whether it is in the list of those with unused pages.
    open: bool,
}

/// The chunks of an interpreter.
pub(super) struct Chunks {
    chunks: UnsafeCell<Vec<Chunk>>,
    /// Chunks that may have unused pages; the last is taken from.
    open: UnsafeCell<Vec<u32>>,
    in_use: Cell<usize>,
    /// Unused pages that hold memory.
    idle: Cell<usize>,
    /// Chunks without a page in use.
    empty: Cell<usize>,
    /// A chunk kept for when the system has no memory left: running code then has a chance to stop.
    reserve: Cell<*mut u8>,
}

/// Pages without a use that may hold memory, beyond a share of those in use.
const IDLE: usize = 128;

impl Chunks {
    pub(super) fn new() -> Chunks {
        Chunks {
            chunks: UnsafeCell::new(Vec::new()),
            open: UnsafeCell::new(Vec::new()),
            in_use: Cell::new(0),
            idle: Cell::new(0),
            empty: Cell::new(0),
            reserve: Cell::new(null_mut()),
        }
    }

    #[allow(clippy::mut_from_ref)]
    fn chunks(&self) -> &mut Vec<Chunk> {
        // SAFETY: each borrow ends within a method of this table, none calls out.
        unsafe { &mut *self.chunks.get() }
    }

    #[allow(clippy::mut_from_ref)]
    fn open(&self) -> &mut Vec<u32> {
        // SAFETY: as in `chunks`.
        unsafe { &mut *self.open.get() }
    }

    /// An unused page, charged to the interpreter, and the number of its chunk.
    pub(super) fn take(&self, heap: &HeapState) -> (*mut u8, u32) {
        let (number, chunk) = loop {
            match self.open().last() {
                None => self.add(heap),
                Some(&number) => {
                    let chunk = &mut self.chunks()[number as usize];
                    if chunk.used != u64::MAX {
                        break (number, chunk);
                    }
                    chunk.open = false;
                    self.open().pop();
                }
            }
        };
        let warm = !chunk.used & chunk.touched;
        let bit = if warm != 0 { warm } else { !chunk.used }.trailing_zeros();
        if chunk.used == 0 {
            self.empty.set(self.empty.get() - 1);
        }
        if warm != 0 {
            self.idle.set(self.idle.get() - 1);
        }
        chunk.used |= 1 << bit;
        chunk.touched |= 1 << bit;
        // SAFETY: the page lies within the chunk.
        let page = unsafe { chunk.start.add(bit as usize * PAGE) };
        self.in_use.set(self.in_use.get() + 1);
        heap.charge_page(PAGE as isize);
        (page, number)
    }

    /// Takes a page back that [`Chunks::take`] gave.
    pub(super) fn give_back(&self, page: *mut u8, number: u32, heap: &HeapState) {
        let chunk = &mut self.chunks()[number as usize];
        chunk.used &= !(1 << ((page as usize - chunk.start as usize) / PAGE));
        self.in_use.set(self.in_use.get() - 1);
        self.idle.set(self.idle.get() + 1);
        if !chunk.open {
            chunk.open = true;
            self.open().push(number);
        }
        if chunk.used == 0 {
            self.empty.set(self.empty.get() + 1);
            if self.empty.get() > 1 + self.in_use.get() / PAGES / 8 {
                self.unmap(number);
            }
        }
        if self.idle.get() > IDLE + self.in_use.get() / 4 {
            self.trim();
        }
        heap.charge_page(-(PAGE as isize));
    }

    /// Gives the memory of all unused pages back.
    fn trim(&self) {
        for chunk in self.chunks() {
            let mut idle = if chunk.start.is_null() { 0 } else { chunk.touched & !chunk.used };
            while idle != 0 {
                let first = idle.trailing_zeros();
                let count = (idle >> first).trailing_ones();
                // SAFETY: nothing uses the pages.
                unsafe {
                    let start = chunk.start.add(first as usize * PAGE);
                    libc::madvise(start.cast(), count as usize * PAGE, libc::MADV_DONTNEED);
                }
                idle &= !(u64::MAX >> (64 - count) << first);
            }
            chunk.touched &= chunk.used;
        }
        self.idle.set(0);
    }

    fn unmap(&self, number: u32) {
        let chunk = &mut self.chunks()[number as usize];
        self.idle.set(self.idle.get() - chunk.touched.count_ones() as usize);
        self.empty.set(self.empty.get() - 1);
        // SAFETY: the chunk was mapped with this size, and nothing uses it.
        unsafe { libc::munmap(chunk.start.cast(), CHUNK) };
        chunk.start = null_mut();
        chunk.used = u64::MAX;
        chunk.touched = 0;
    }

    fn add(&self, heap: &HeapState) {
        let mut start = map_aligned();
        if start.is_null() {
            heap.note_exhausted();
            start = self.reserve.replace(null_mut());
        } else if self.reserve.get().is_null() {
            self.reserve.set(map_aligned());
        }
        if start.is_null() {
            // Small objects have no way to fail; neither limit nor reserve kept the program from here.
            eprintln!("pvm: the system has no memory left");
            std::process::abort();
        }
        let chunks = self.chunks();
        let chunk = Chunk { start, used: 0, touched: 0, open: true };
        let number = match chunks.iter().position(|chunk| chunk.start.is_null() && !chunk.open) {
            Some(number) => {
                chunks[number] = chunk;
                number
            }
            None => {
                chunks.push(chunk);
                chunks.len() - 1
            }
        };
        self.open().push(number as u32);
        self.empty.set(self.empty.get() + 1);
    }

    /// The first page in use from the one numbered `index` on, which becomes its number.
    pub(super) fn page_from(&self, index: &mut usize) -> Option<*mut u8> {
        let chunks = self.chunks();
        loop {
            let chunk = chunks.get(*index / PAGES)?;
            let used = if chunk.start.is_null() { 0 } else { chunk.used >> (*index % PAGES) };
            if used != 0 {
                *index += used.trailing_zeros() as usize;
                // SAFETY: the page lies within the chunk.
                return Some(unsafe { chunk.start.add(*index % PAGES * PAGE) });
            }
            *index = (*index / PAGES + 1) * PAGES;
        }
    }
}

/// A mapping of a chunk's size and alignment, or null.
fn map_aligned() -> *mut u8 {
    let raw = memory::map(2 * CHUNK);
    if raw.is_null() {
        return raw;
    }
    let before = raw.align_offset(CHUNK);
    // SAFETY: what lies before and behind the aligned megabyte is ours to unmap.
    unsafe {
        if before > 0 {
            libc::munmap(raw.cast(), before);
        }
        if before < CHUNK {
            libc::munmap(raw.add(before + CHUNK).cast(), CHUNK - before);
        }
        raw.add(before)
    }
}

impl Drop for Chunks {
    fn drop(&mut self) {
        let reserve = self.reserve.get();
        let starts = self.chunks.get_mut().iter().map(|chunk| chunk.start).chain([reserve]);
        for start in starts.filter(|start| !start.is_null()) {
            // SAFETY: each chunk was mapped with this size.
            unsafe { libc::munmap(start.cast(), CHUNK) };
        }
    }
}
