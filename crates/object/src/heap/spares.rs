//! Small blocks that were freed, kept for the next that asks: the interiors of short lists and dicts come and go faster
//! than the system's allocator likes.

use std::alloc::Layout;
use std::cell::Cell;
use std::ptr::NonNull;

/// Sizes are rounded up to the smallest one or so many steps above it: what the system's allocator would give anyway, whose
/// blocks have 8 bytes of its own.
const STEP: usize = 16;
const SMALLEST: usize = 24;
/// The largest block that is kept.
const LARGEST: usize = 504;
const CLASSES: usize = (LARGEST - SMALLEST) / STEP + 1;
/// How many blocks of a size are kept.
const KEPT: u32 = 64;

/// The size that a block of `size` bytes is really given, so that blocks of neighbouring sizes can stand in for each other;
/// the system's allocator is asked for just what is needed where it watches over it (feature `system-malloc`).
pub(super) const fn rounded(size: usize) -> usize {
    if is_kept(size) { size_of_class(class_of(size)) } else { size }
}

const fn class_of(size: usize) -> usize {
    size.saturating_sub(SMALLEST).div_ceil(STEP)
}

const fn size_of_class(class: usize) -> usize {
    SMALLEST + class * STEP
}

/// Whether a block of that size is kept when it is freed.
pub(super) const fn is_kept(size: usize) -> bool {
    size <= LARGEST && !cfg!(feature = "system-malloc")
}

/// The kept blocks of an interpreter.
pub(crate) struct Spares {
    classes: [Class; CLASSES],
}

/// The kept blocks of one size: each begins with the address of the next.
struct Class {
    first: Cell<*mut Block>,
    count: Cell<u32>,
}

struct Block {
    next: *mut Block,
}

impl Spares {
    pub(super) const fn new() -> Spares {
        Spares { classes: [const { Class { first: Cell::new(std::ptr::null_mut()), count: Cell::new(0) } }; CLASSES] }
    }

    fn class(&self, size: usize) -> Option<&Class> {
        if is_kept(size) { self.classes.get(class_of(size)) } else { None }
    }

    /// A kept block of at least so many bytes.
    #[inline]
    pub(super) fn take(&self, size: usize) -> Option<NonNull<u8>> {
        let class = self.class(size)?;
        let block = NonNull::new(class.first.get())?;
        // SAFETY: a kept block begins with the next one's address.
        class.first.set(unsafe { block.as_ref() }.next);
        class.count.set(class.count.get() - 1);
        Some(block.cast())
    }

    /// Keeps a block; false where there are enough of its size, or it is large.
    ///
    /// # Safety
    /// The block is the system allocator's, of the [`rounded`] size, aligned to 16 at most, and nobody uses it any more.
    #[inline]
    pub(super) unsafe fn keep(&self, block: NonNull<u8>, size: usize) -> bool {
        let Some(class) = self.class(size).filter(|class| class.count.get() < KEPT) else { return false };
        let block = block.cast::<Block>();
        // SAFETY: by contract; every kept block has room for an address and is aligned for one.
        unsafe { block.write(Block { next: class.first.get() }) };
        class.first.set(block.as_ptr());
        class.count.set(class.count.get() + 1);
        true
    }
}

impl Drop for Spares {
    fn drop(&mut self) {
        for (index, class) in self.classes.iter().enumerate() {
            while let Some(block) = self.take(size_of_class(index)) {
                // SAFETY: kept blocks are the allocator's, of their class's size; alignments up to 16 are all the same to it.
                unsafe { std::alloc::dealloc(block.as_ptr(), Layout::from_size_align_unchecked(size_of_class(index), 8)) };
            }
            debug_assert!(class.first.get().is_null());
        }
    }
}
