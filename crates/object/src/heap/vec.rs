//! [`HeapVec`]: the house's vector. It is charged to the interpreter, and growing it can fail.
//!
//! The order of its fields is that of CPython's `PyListObject` behind the header: length, items, allocated.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

use super::memory::{self, OutOfMemory};

/// A growable array whose memory is charged to the attached interpreter.
#[repr(C)]
pub struct HeapVec<T> {
    len: usize,
    items: NonNull<T>,
    capacity: usize,
    _owns: PhantomData<T>,
}

impl<T> HeapVec<T> {
    /// An empty vector; takes no memory.
    pub const fn new() -> HeapVec<T> {
        HeapVec { len: 0, items: NonNull::dangling(), capacity: 0, _owns: PhantomData }
    }

    /// An empty vector that can be told from every other one as long as nothing is put into it.
    pub(crate) const fn untouched() -> HeapVec<T> {
        let address = std::num::NonZeroUsize::new(2 * align_of::<T>()).expect("an alignment is not zero");
        HeapVec { len: 0, items: NonNull::without_provenance(address), capacity: 0, _owns: PhantomData }
    }

    /// Whether this is what [`HeapVec::untouched`] gave, and nothing was put into it since.
    pub(crate) fn is_untouched(&self) -> bool {
        self.capacity == 0 && self.items.addr().get() == 2 * align_of::<T>()
    }

    /// An empty vector with room for `capacity` items.
    pub fn with_capacity(capacity: usize) -> Result<HeapVec<T>, OutOfMemory> {
        let mut vec = HeapVec::new();
        if capacity != 0 {
            vec.set_capacity(capacity)?;
        }
        Ok(vec)
    }

    /// The number of items there is room for.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Room for `additional` more items, with CPython's list growth pattern.
    #[inline]
    pub fn reserve(&mut self, additional: usize) -> Result<(), OutOfMemory> {
        match self.len.checked_add(additional) {
            Some(wanted) if wanted <= self.capacity => Ok(()),
            Some(wanted) => self.set_capacity((wanted + (wanted >> 3) + 6) & !3),
            None => Err(OutOfMemory),
        }
    }

    /// Room for exactly `additional` more items.
    pub fn reserve_exact(&mut self, additional: usize) -> Result<(), OutOfMemory> {
        match self.len.checked_add(additional) {
            Some(wanted) if wanted <= self.capacity => Ok(()),
            Some(wanted) => self.set_capacity(wanted),
            None => Err(OutOfMemory),
        }
    }

    #[cold]
    fn set_capacity(&mut self, capacity: usize) -> Result<(), OutOfMemory> {
        debug_assert!(capacity >= self.len);
        let size = capacity.checked_mul(size_of::<T>()).ok_or(OutOfMemory)?;
        let old = (self.capacity * size_of::<T>(), self.items.cast::<u8>());
        // SAFETY: `old` is what an earlier call returned, or of size 0.
        self.items = unsafe { memory::resize(old.1, old.0, size, align_of::<T>()) }?.cast();
        self.capacity = capacity;
        Ok(())
    }

    /// Gives unused room back.
    pub fn shrink_to_fit(&mut self) {
        if self.capacity > self.len {
            let _ = self.set_capacity(self.len);
        }
    }

    /// Gives room back where less than half of it is used, as CPython's lists do when they shrink.
    #[inline]
    pub fn trim(&mut self) {
        if self.len < self.capacity / 2 {
            let room = if self.len == 0 { 0 } else { (self.len + (self.len >> 3) + 6) & !3 };
            if room < self.capacity {
                let _ = self.set_capacity(room);
            }
        }
    }

    /// Drops all items; the room stays.
    pub fn clear(&mut self) {
        while let Some(item) = self.pop() {
            drop(item);
        }
    }

    /// Appends an item.
    #[inline(always)]
    pub fn push(&mut self, item: T) -> Result<(), OutOfMemory> {
        if self.len == self.capacity {
            self.reserve(1)?;
        }
        // SAFETY: there is room for one more.
        unsafe { self.items.add(self.len).write(item) };
        self.len += 1;
        Ok(())
    }

    /// Takes the last item.
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        // SAFETY: the item at the old end is filled, and no longer counted as ours.
        Some(unsafe { self.items.add(self.len).read() })
    }

    /// Puts an item before the one at `index`, at most the length.
    pub fn insert(&mut self, index: usize, item: T) -> Result<(), OutOfMemory> {
        assert!(index <= self.len);
        self.reserve(1)?;
        // SAFETY: the items from `index` on move up by one, for which there is room.
        unsafe {
            let place = self.items.add(index);
            std::ptr::copy(place.as_ptr(), place.add(1).as_ptr(), self.len - index);
            place.write(item);
        }
        self.len += 1;
        Ok(())
    }

    /// Takes the item at `index` out; those behind it move down.
    pub fn remove(&mut self, index: usize) -> T {
        assert!(index < self.len);
        // SAFETY: the index is in range; the rest moves over the item taken.
        unsafe {
            let place = self.items.add(index);
            let item = place.read();
            std::ptr::copy(place.add(1).as_ptr(), place.as_ptr(), self.len - index - 1);
            self.len -= 1;
            item
        }
    }

    /// Takes the items of `range` out, as a vector of their own.
    pub fn split_range(&mut self, range: std::ops::Range<usize>) -> Result<HeapVec<T>, OutOfMemory> {
        assert!(range.start <= range.end && range.end <= self.len);
        let mut taken = HeapVec::with_capacity(range.len())?;
        // SAFETY: the items move to the new vector, the rest moves over the gap.
        unsafe {
            std::ptr::copy_nonoverlapping(self.items.add(range.start).as_ptr(), taken.items.as_ptr(), range.len());
            taken.len = range.len();
            let gap = self.items.add(range.start);
            std::ptr::copy(self.items.add(range.end).as_ptr(), gap.as_ptr(), self.len - range.end);
        }
        self.len -= range.len();
        Ok(taken)
    }

    /// Puts all items of `other` in place of those of `range`, which are returned.
    pub fn splice(&mut self, range: std::ops::Range<usize>, mut other: HeapVec<T>) -> Result<HeapVec<T>, OutOfMemory> {
        if range.len() == other.len {
            self[range].swap_with_slice(&mut other);
            return Ok(other);
        }
        self.reserve(other.len)?;
        let taken = self.split_range(range.clone())?;
        // SAFETY: room was reserved; the items from the gap on move up, the new ones move in.
        unsafe {
            let gap = self.items.add(range.start);
            std::ptr::copy(gap.as_ptr(), gap.add(other.len).as_ptr(), self.len - range.start);
            std::ptr::copy_nonoverlapping(other.items.as_ptr(), gap.as_ptr(), other.len);
        }
        self.len += other.len;
        other.forget_items();
        Ok(taken)
    }

    fn forget_items(mut self) {
        self.len = 0;
    }

    /// Shortens to `len` items. The ones cut off are returned so that they drop when nothing is borrowed.
    pub fn split_off(&mut self, len: usize) -> Result<HeapVec<T>, OutOfMemory> {
        self.split_range(len..self.len)
    }

    /// Appends what an iterator yields.
    pub fn try_extend(&mut self, items: impl IntoIterator<Item = T>) -> Result<(), OutOfMemory> {
        let items = items.into_iter();
        self.reserve(items.size_hint().0)?;
        for item in items {
            self.push(item)?;
        }
        Ok(())
    }

    /// A vector of what an iterator yields.
    pub fn try_from_iter(items: impl IntoIterator<Item = T>) -> Result<HeapVec<T>, OutOfMemory> {
        let items = items.into_iter();
        let mut vec = HeapVec::with_capacity(items.size_hint().0)?;
        for item in items {
            vec.push(item)?;
        }
        Ok(vec)
    }

    /// The content, with an empty vector left behind.
    pub fn take(&mut self) -> HeapVec<T> {
        std::mem::take(self)
    }
}

impl<T: Copy> HeapVec<T> {
    /// Appends copies of `items`.
    pub fn extend_copies(&mut self, items: &[T]) -> Result<(), OutOfMemory> {
        self.reserve(items.len())?;
        // SAFETY: there is room, and a slice of another owner does not overlap it.
        unsafe { std::ptr::copy_nonoverlapping(items.as_ptr(), self.items.add(self.len).as_ptr(), items.len()) };
        self.len += items.len();
        Ok(())
    }
}

impl<T: Clone> HeapVec<T> {
    /// A vector with copies of `items`.
    pub fn from_slice(items: &[T]) -> Result<HeapVec<T>, OutOfMemory> {
        let mut vec = HeapVec::with_capacity(items.len())?;
        for item in items {
            // SAFETY: there is room for as many as the slice has.
            unsafe { vec.items.add(vec.len).write(item.clone()) };
            vec.len += 1;
        }
        Ok(vec)
    }
}

impl<T> Default for HeapVec<T> {
    fn default() -> HeapVec<T> {
        HeapVec::new()
    }
}

impl<T> Deref for HeapVec<T> {
    type Target = [T];

    #[inline(always)]
    fn deref(&self) -> &[T] {
        // SAFETY: the first `len` items are filled.
        unsafe { std::slice::from_raw_parts(self.items.as_ptr(), self.len) }
    }
}

impl<T> DerefMut for HeapVec<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: the first `len` items are filled.
        unsafe { std::slice::from_raw_parts_mut(self.items.as_ptr(), self.len) }
    }
}

impl<T> Drop for HeapVec<T> {
    fn drop(&mut self) {
        // CPython's list drops from the end.
        while let Some(item) = self.pop() {
            drop(item);
        }
        if self.capacity != 0 {
            // SAFETY: the block is what `resize` returned for this capacity.
            unsafe { memory::free(self.items.cast(), self.capacity * size_of::<T>(), align_of::<T>()) };
        }
    }
}

/// The items by value, in order.
pub struct IntoIter<T> {
    vec: HeapVec<T>,
    next: usize,
}

impl<T> IntoIterator for HeapVec<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter { vec: self, next: 0 }
    }
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        if self.next == self.vec.len {
            return None;
        }
        self.next += 1;
        // SAFETY: each item is read once; `drop` skips those that were.
        Some(unsafe { self.vec.items.add(self.next - 1).read() })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.vec.len - self.next;
        (left, Some(left))
    }
}

impl<T> ExactSizeIterator for IntoIter<T> {}

impl<T> Drop for IntoIter<T> {
    fn drop(&mut self) {
        for _ in self.by_ref() {}
        self.vec.len = 0;
    }
}
