//! Raw blocks for interiors: charged to the attached interpreter, and mapped apart above 128 KiB so that growing one
//! moves pages instead of copying bytes.

use std::alloc::Layout;
use std::cell::Cell;
use std::ptr::NonNull;

use super::spares::{is_kept, rounded};
use super::state::{HeapState, request};
use super::stress::{self, Freed, Mode};
use crate::errors::Raised;

/// There is no memory for what was asked; raises `MemoryError` when it becomes [`Raised`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfMemory;

impl From<OutOfMemory> for Raised {
    #[cold]
    fn from(_: OutOfMemory) -> Raised {
        crate::errors::raise_memory_error()
    }
}

thread_local! {
    static CURRENT: Cell<*const HeapState> = const { Cell::new(std::ptr::null()) };
}

/// Makes `state` the one that this thread's interiors are charged to; returns the one before.
pub(crate) fn set_current(state: *const HeapState) -> *const HeapState {
    CURRENT.replace(state)
}

pub(crate) fn current() -> *const HeapState {
    CURRENT.get()
}

const MAPPED: usize = 128 << 10;
/// More than any address space holds: refused before the system is asked.
const ABSURD: usize = 1 << 46;

/// Charges `grown` more bytes (or gives back, below zero) to the attached interpreter.
pub fn charge(grown: isize) -> Result<(), OutOfMemory> {
    let state = CURRENT.get();
    if state.is_null() {
        return Ok(());
    }
    // SAFETY: the attached interpreter's state outlives the attachment.
    unsafe { &*state }.charge(grown)
}

/// Whether the program of the attached interpreter is told to stop: for long computations that hold no token.
pub fn is_told_to_stop() -> bool {
    let state = CURRENT.get();
    // SAFETY: the attached interpreter's state outlives the attachment.
    !state.is_null() && unsafe { &*state }.requests() & request::STOP != 0
}

/// Charges what cannot fail to be had: past the limit the next safepoint raises `MemoryError`.
pub fn charge_always(grown: isize) {
    // SAFETY: the attached interpreter's state outlives the attachment.
    if let Some(state) = unsafe { CURRENT.get().as_ref() } {
        state.charge_page(grown);
    }
}

fn mapped_size(size: usize) -> usize {
    size.next_multiple_of(4096)
}

/// Grows, shrinks, makes (`old_size` 0) or frees (`new_size` 0) a block.
///
/// # Safety
/// `block` is what this function returned for `old_size` and `align`, or `old_size` is 0.
pub unsafe fn resize(block: NonNull<u8>, old_size: usize, new_size: usize, align: usize) -> Result<NonNull<u8>, OutOfMemory> {
    if new_size > ABSURD {
        return Err(OutOfMemory);
    }
    let grown = new_size as isize - old_size as isize;
    charge(grown)?;
    // SAFETY: passed on.
    let new = unsafe { resize_uncharged(block, old_size, new_size, align) };
    if new.is_err() {
        let _ = charge(-grown);
    }
    new
}

unsafe fn resize_uncharged(
    block: NonNull<u8>,
    old_size: usize,
    new_size: usize,
    align: usize,
) -> Result<NonNull<u8>, OutOfMemory> {
    if new_size == 0 {
        // SAFETY: passed on.
        unsafe { free_uncharged(block, old_size, align) };
        return Ok(NonNull::without_provenance(std::num::NonZeroUsize::new(align).expect("an alignment is not zero")));
    }
    // SAFETY: the block has the layout its size tells; sizes below `ABSURD` make valid layouts; mapped blocks are
    // whole pages of their own.
    unsafe {
        let new = match (old_size >= MAPPED, new_size >= MAPPED) {
            _ if stress::on(Mode::Poison) => {
                let new = alloc(new_size, align);
                if !new.is_null() {
                    stress::fill_fresh(new, new_size);
                    std::ptr::copy_nonoverlapping(block.as_ptr(), new, old_size.min(new_size));
                    free_uncharged(block, old_size, align);
                }
                new
            }
            (true, true) => {
                let new = libc::mremap(block.as_ptr().cast(), mapped_size(old_size), mapped_size(new_size), libc::MREMAP_MAYMOVE);
                if new == libc::MAP_FAILED { std::ptr::null_mut() } else { new.cast() }
            }
            (false, false) if old_size != 0 && rounded(old_size) == rounded(new_size) => block.as_ptr(),
            (false, false) if old_size != 0 && !is_kept(old_size) && !is_kept(new_size) => {
                std::alloc::realloc(block.as_ptr(), Layout::from_size_align_unchecked(old_size, align), new_size)
            }
            _ => {
                let new = alloc(new_size, align);
                if !new.is_null() {
                    std::ptr::copy_nonoverlapping(block.as_ptr(), new, old_size.min(new_size));
                    free_uncharged(block, old_size, align);
                }
                new
            }
        };
        NonNull::new(new).ok_or(OutOfMemory)
    }
}

/// A new block, or null.
///
/// # Safety
/// `size` is neither zero nor above [`ABSURD`].
unsafe fn alloc(size: usize, align: usize) -> *mut u8 {
    if size >= MAPPED {
        return map(mapped_size(size));
    }
    // SAFETY: the attached interpreter's state outlives the attachment.
    if let Some(state) = unsafe { CURRENT.get().as_ref() }
        && let Some(block) = state.spares.take(size)
    {
        return block.as_ptr();
    }
    // SAFETY: passed on.
    unsafe { std::alloc::alloc(Layout::from_size_align_unchecked(rounded(size), align)) }
}

/// Fresh zeroed pages from the system, or null.
pub(crate) fn map(size: usize) -> *mut u8 {
    // SAFETY: an anonymous private mapping touches nothing that exists.
    let new = unsafe {
        libc::mmap(std::ptr::null_mut(), size, libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS, -1, 0)
    };
    if new == libc::MAP_FAILED { std::ptr::null_mut() } else { new.cast() }
}

/// Zeroed words of their own from the system, to which they go back when they are dropped.
pub struct Mapping {
    start: NonNull<u64>,
    words: usize,
}

impl Mapping {
    /// So many words, or more.
    pub fn new(words: usize) -> Mapping {
        let size = mapped_size(8 * words);
        let Some(start) = NonNull::new(map(size).cast()) else {
            std::alloc::handle_alloc_error(Layout::array::<u64>(words).unwrap_or(Layout::new::<u64>()));
        };
        Mapping { start, words: size / 8 }
    }

    /// The first word.
    pub fn start(&self) -> *mut u64 {
        self.start.as_ptr()
    }

    /// How many words there are.
    pub fn words(&self) -> usize {
        self.words
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: the pages were mapped for this alone.
        unsafe { libc::munmap(self.start.as_ptr().cast(), 8 * self.words) };
    }
}

/// Frees a block.
///
/// # Safety
/// `block` is what [`resize`] returned for `size` and `align`, or `size` is 0.
pub unsafe fn free(block: NonNull<u8>, size: usize, align: usize) {
    if size != 0 {
        let _ = charge(-(size as isize));
        // SAFETY: passed on.
        unsafe { free_uncharged(block, size, align) };
    }
}

unsafe fn free_uncharged(block: NonNull<u8>, size: usize, align: usize) {
    // SAFETY: the block has the layout its size tells, as has one that was kept back.
    unsafe {
        if size >= MAPPED {
            libc::munmap(block.as_ptr().cast(), mapped_size(size));
        } else if size != 0 {
            let mut freed = Freed { block: block.as_ptr(), size, align };
            if stress::on(Mode::Poison) {
                let Some(oldest) = stress::keep_interior(freed) else { return };
                freed = oldest;
            } else if CURRENT.get().as_ref().is_some_and(|state| state.spares.keep(block, size)) {
                return;
            }
            std::alloc::dealloc(freed.block, Layout::from_size_align_unchecked(rounded(freed.size), freed.align));
        }
    }
}
