//! [`ByteStore`]: growable bytes inside an object that can be exported as a buffer. What would move or resize them is
//! refused while an export is out. `bytearray` lives on it, and so may other classes.

use std::cell::Cell;
use std::ops::Range;
use std::ptr::NonNull;

use super::BufferView;
use crate::Heap;
use crate::core::cell::HeapCell;
use crate::errors::{PyResult, Raised};
use crate::heap::{OutOfMemory, memory};
use crate::trace::{Trace, Visitor};

/// A block of bytes with room to grow at the end, and unused room at the front where bytes were deleted (`ob_start`). A zero
/// stands behind the bytes.
struct Block {
    block: NonNull<u8>,
    /// Bytes of the block; 0 where there is none.
    capacity: usize,
    start: usize,
    len: usize,
}

impl Block {
    const fn new() -> Block {
        Block { block: NonNull::dangling(), capacity: 0, start: 0, len: 0 }
    }

    fn data(&self) -> *mut u8 {
        // SAFETY: the start lies within the block.
        unsafe { self.block.as_ptr().add(self.start) }
    }

    fn as_slice(&self) -> &[u8] {
        // SAFETY: `len` bytes from the start are initialised.
        unsafe { std::slice::from_raw_parts(self.data(), self.len) }
    }

    fn as_mut_slice(&mut self) -> &mut [u8] {
        // SAFETY: `len` bytes from the start are initialised.
        unsafe { std::slice::from_raw_parts_mut(self.data(), self.len) }
    }

    fn set_capacity(&mut self, capacity: usize) -> Result<(), OutOfMemory> {
        if self.start > 0 {
            // SAFETY: both places lie within the block.
            unsafe { std::ptr::copy(self.data(), self.block.as_ptr(), self.len) };
            self.start = 0;
        }
        // SAFETY: the block is what an earlier call gave for this capacity.
        self.block = unsafe { memory::resize(self.block, self.capacity, capacity, 1) }?;
        self.capacity = capacity;
        Ok(())
    }

    /// Room for `len` bytes and the zero behind them, with `PyByteArray_Resize`'s pattern of growth; the bytes keep their
    /// place in the order.
    fn make_room(&mut self, len: usize) -> Result<(), OutOfMemory> {
        let needed = len.checked_add(1).filter(|&needed| needed < isize::MAX as usize).ok_or(OutOfMemory)?;
        if self.start + needed <= self.capacity {
            return match needed <= self.capacity / 2 && len < self.len {
                true => self.set_capacity_shrunk(len),
                false => Ok(()),
            };
        }
        if needed <= self.capacity {
            // The room at the front is enough.
            return self.set_capacity(self.capacity);
        }
        let modest = len <= self.capacity + self.capacity / 8;
        self.set_capacity(if modest { len + (len >> 3) + if len < 9 { 3 } else { 6 } } else { needed })
    }

    fn set_capacity_shrunk(&mut self, len: usize) -> Result<(), OutOfMemory> {
        // Only bytes that stay are moved.
        self.len = len;
        self.set_capacity(len + 1)
    }

    fn end(&mut self, len: usize) {
        self.len = len;
        // SAFETY: there is room for a zero behind the bytes.
        unsafe { self.data().add(len).write(0) };
    }

    fn resize(&mut self, len: usize, fill: u8) -> Result<(), OutOfMemory> {
        let old = self.len;
        if len == old {
            return Ok(());
        }
        self.make_room(len)?;
        if len > old {
            // SAFETY: room was made.
            unsafe { self.data().add(old).write_bytes(fill, len - old) };
        }
        self.end(len);
        Ok(())
    }

    /// Puts `bytes`, which lie elsewhere, in place of those in `range`.
    fn splice(&mut self, range: Range<usize>, bytes: &[u8]) -> Result<(), OutOfMemory> {
        assert!(range.start <= range.end && range.end <= self.len);
        let (old, tail) = (self.len, self.len - range.end);
        let len = (old - range.len()).checked_add(bytes.len()).ok_or(OutOfMemory)?;
        if bytes.len() < range.len() {
            let gone = range.len() - bytes.len();
            if range.start == 0 {
                // Deleting at the front leaves the rest where it is.
                self.start += gone;
                self.len = len;
            } else {
                // SAFETY: the tail moves down within the block.
                unsafe { std::ptr::copy(self.data().add(range.end), self.data().add(range.start + bytes.len()), tail) };
            }
            self.make_room(len)?;
        } else if bytes.len() > range.len() {
            self.make_room(len)?;
            // SAFETY: room was made for the tail to move up.
            unsafe { std::ptr::copy(self.data().add(range.end), self.data().add(range.start + bytes.len()), tail) };
        }
        // SAFETY: the gap is as large as `bytes`, which lie outside the block.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.data().add(range.start), bytes.len()) };
        if self.capacity > 0 {
            self.end(len);
        }
        Ok(())
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        // SAFETY: the block is what `memory::resize` gave for this capacity.
        unsafe { memory::free(self.block, self.capacity, 1) };
    }
}

/// Growable bytes with a count of their exports.
pub struct ByteStore {
    block: HeapCell<Block>,
    exports: Cell<usize>,
}

// SAFETY: bytes hold no references.
unsafe impl Trace for ByteStore {
    const HOLDS_REFERENCES: bool = false;

    fn trace(&self, _: &mut Visitor<'_>) {}
}

impl Default for ByteStore {
    fn default() -> ByteStore {
        ByteStore::new()
    }
}

impl ByteStore {
    /// No bytes.
    pub const fn new() -> ByteStore {
        ByteStore { block: HeapCell::new(Block::new()), exports: Cell::new(0) }
    }

    /// A store with a copy of `bytes`.
    pub fn from_slice(bytes: &[u8]) -> Result<ByteStore, OutOfMemory> {
        let mut block = Block::new();
        block.splice(0..0, bytes)?;
        Ok(ByteStore { block: HeapCell::new(block), exports: Cell::new(0) })
    }

    /// A store of `len` zero bytes.
    pub fn zeroed(len: usize) -> Result<ByteStore, OutOfMemory> {
        let mut block = Block::new();
        block.resize(len, 0)?;
        Ok(ByteStore { block: HeapCell::new(block), exports: Cell::new(0) })
    }

    pub(super) fn raw_parts(&self) -> (*mut u8, usize) {
        // SAFETY: the caller holds an object, so a token is at hand, and no interior is borrowed while one is exported.
        let block = unsafe { &*self.block.as_ptr() };
        (block.data(), block.len)
    }

    pub(super) fn exports(&self) -> &Cell<usize> {
        &self.exports
    }

    /// How many exports are out.
    pub fn export_count(&self) -> usize {
        self.exports.get()
    }

    /// The bytes.
    #[inline]
    pub fn as_slice<'a>(&'a self, heap: &'a Heap) -> &'a [u8] {
        self.block.borrow(heap).as_slice()
    }

    /// The bytes, to be changed.
    #[inline]
    pub fn as_mut_slice<'a>(&'a self, heap: &'a mut Heap) -> &'a mut [u8] {
        self.block.borrow_mut(heap).as_mut_slice()
    }

    /// The number of bytes.
    #[inline]
    pub fn len(&self, heap: &Heap) -> usize {
        self.block.borrow(heap).len
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self, heap: &Heap) -> bool {
        self.len(heap) == 0
    }

    /// Bytes of memory taken.
    pub fn capacity(&self, heap: &Heap) -> usize {
        self.block.borrow(heap).capacity
    }

    #[cold]
    fn exported(heap: &mut Heap) -> Raised {
        heap.buffer_error(format_args!("Existing exports of data: object cannot be re-sized"))
    }

    /// An error where an export is out, so that the size must stay.
    #[inline]
    pub fn check_resizable(&self, heap: &mut Heap) -> PyResult<()> {
        if self.exports.get() > 0 { Err(ByteStore::exported(heap)) } else { Ok(()) }
    }

    /// Makes the bytes `len` many: cuts them off, or adds zeros.
    pub fn resize(&self, len: usize, heap: &mut Heap) -> PyResult<()> {
        if len != self.len(heap) {
            self.check_resizable(heap)?;
        }
        Ok(self.block.borrow_mut(heap).resize(len, 0)?)
    }

    /// Appends a byte.
    #[inline]
    pub fn push(&self, byte: u8, heap: &mut Heap) -> PyResult<()> {
        self.check_resizable(heap)?;
        let block = self.block.borrow_mut(heap);
        Ok(block.resize(block.len + 1, byte)?)
    }

    /// Appends bytes that do not lie in this store.
    pub fn extend(&self, bytes: &[u8], heap: &mut Heap) -> PyResult<()> {
        let end = self.len(heap);
        self.splice(end..end, bytes, heap)
    }

    /// Puts bytes in place of those in `range`.
    pub fn splice(&self, range: Range<usize>, bytes: &[u8], heap: &mut Heap) -> PyResult<()> {
        if bytes.len() != range.len() {
            self.check_resizable(heap)?;
        }
        // The token is lent exclusively, so the bytes cannot be this store's own.
        Ok(self.block.borrow_mut(heap).splice(range, bytes)?)
    }

    /// Puts the bytes of a buffer in place of those in `range`. Where the buffer is this store's own, the size must stay.
    pub fn splice_view(&self, range: Range<usize>, view: &BufferView, heap: &mut Heap) -> PyResult<()> {
        if view.len() != range.len() {
            self.check_resizable(heap)?;
            if view.is_contiguous() {
                let block = self.block.as_ptr();
                // SAFETY: no export of this store is out, so the view's memory is another's; while the token is lent
                // exclusively nobody changes it.
                let bytes = unsafe { std::slice::from_raw_parts(view.data(), view.len()) };
                // SAFETY: the token is lent exclusively.
                return Ok(unsafe { (*block).splice(range, bytes) }?);
            }
        }
        heap.check_room(view.len())?;
        let copy = view.gather(heap);
        Ok(self.block.borrow_mut(heap).splice(range, &copy)?)
    }

    /// Appends the bytes of a buffer.
    pub fn splice_view_at_end(&self, view: &BufferView, heap: &mut Heap) -> PyResult<()> {
        let end = self.len(heap);
        self.splice_view(end..end, view, heap)
    }

    /// Makes the bytes `count` times as many, repeated.
    pub fn repeat(&self, count: usize, heap: &mut Heap) -> PyResult<()> {
        let old = self.len(heap);
        let len = old.checked_mul(count).filter(|&len| len <= isize::MAX as usize).ok_or(OutOfMemory)?;
        self.resize(len, heap)?;
        let bytes = self.as_mut_slice(heap);
        let mut filled = old.max(1);
        while filled < len {
            let more = filled.min(len - filled);
            bytes.copy_within(0..more, filled);
            filled += more;
        }
        Ok(())
    }

    /// Takes the content; nothing is left.
    pub fn take(&self, heap: &mut Heap) -> PyResult<ByteStore> {
        self.check_resizable(heap)?;
        let block = self.block.replace(Block::new(), heap);
        Ok(ByteStore { block: HeapCell::new(block), exports: Cell::new(0) })
    }
}
