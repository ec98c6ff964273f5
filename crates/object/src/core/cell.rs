//! [`HeapCell`]: the interior of a mutable object, reached only with a token.

use std::cell::UnsafeCell;

use super::token::Heap;

/// The mutable interior of an object. A borrow of it is bounded by the object *and* by the token, so it cannot be held
/// across a call that may run Python code: such a call needs the token itself.
///
/// The accesses are bare loads. They are sound because a thread has one token for one heap, `&mut` of it is exclusive,
/// and `Drop`, which works without it, never reaches into a cell whose object is alive.
#[repr(transparent)]
pub struct HeapCell<T>(UnsafeCell<T>);

impl<T> HeapCell<T> {
    /// A cell with its first content.
    #[inline(always)]
    pub const fn new(value: T) -> HeapCell<T> {
        HeapCell(UnsafeCell::new(value))
    }

    /// Reads: as long as the borrow lasts nothing can change an interior or run Python code.
    #[inline(always)]
    pub fn borrow<'a>(&'a self, _: &'a Heap) -> &'a T {
        // SAFETY: `&mut` borrows need the token exclusively, and it is lent shared for 'a.
        unsafe { &*self.0.get() }
    }

    /// Changes: as long as the borrow lasts nobody else can reach any interior.
    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    pub fn borrow_mut<'a>(&'a self, _: &'a mut Heap) -> &'a mut T {
        // SAFETY: the token is lent exclusively for 'a, and every other borrow of a cell needs it.
        unsafe { &mut *self.0.get() }
    }

    /// Replaces the content and returns the old one, which the caller drops when nothing is borrowed any more.
    #[inline(always)]
    pub fn replace(&self, value: T, heap: &mut Heap) -> T {
        std::mem::replace(self.borrow_mut(heap), value)
    }

    /// The content by exclusive access to the cell itself.
    pub fn get_mut(&mut self) -> &mut T {
        self.0.get_mut()
    }

    /// The content's address, for the collector and the interpreter's loop.
    #[inline(always)]
    pub fn as_ptr(&self) -> *mut T {
        self.0.get()
    }
}

impl<T: Clone> HeapCell<T> {
    /// A copy of the content.
    #[inline(always)]
    pub fn get(&self, heap: &Heap) -> T {
        self.borrow(heap).clone()
    }
}

impl<T> HeapCell<T> {
    /// Sets the content; the old one is dropped after the borrow has ended.
    #[inline(always)]
    pub fn set(&self, value: T, heap: &mut Heap) {
        drop(self.replace(value, heap));
    }
}

impl<T: Default> Default for HeapCell<T> {
    fn default() -> HeapCell<T> {
        HeapCell::new(T::default())
    }
}

impl Heap {
    /// Two cells at once; `None` where they are the same or one lies within the other.
    pub fn borrow_pair_mut<'a, A, B>(
        &'a mut self,
        first: &'a HeapCell<A>,
        second: &'a HeapCell<B>,
    ) -> Option<(&'a mut A, &'a mut B)> {
        let (a, b) = (first.as_ptr() as usize, second.as_ptr() as usize);
        if a < b + size_of::<B>() && b < a + size_of::<A>() {
            return None;
        }
        // SAFETY: the token is lent exclusively for 'a, and the two contents do not overlap.
        Some(unsafe { (&mut *first.as_ptr(), &mut *second.as_ptr()) })
    }
}
