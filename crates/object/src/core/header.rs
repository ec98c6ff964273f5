//! The sixteen bytes every heap object starts with.
//!
//! | offset | field | meaning |
//! |---|---|---|
//! | 0 | count | references; the sign bit set means immortal |
//! | 4 | flags | ten state bits, then the 22-bit shape of the object |
//! | 8 | type | the object's class |
//!
//! The offsets are those of CPython 3.14's `PyObject`.

use std::cell::Cell;

use super::object::{Object, Static};
use crate::trace::Visitor;
use crate::types::Type;

/// The count of an object that is never freed.
pub const IMMORTAL: u32 = 0xC000_0000;
const IMMORTAL_BIT: u32 = 0x8000_0000;

/// State bits in the low part of [`Header::flags`].
pub mod flag {
    /// Allocated apart, behind a [`LargePrefix`](crate::heap::LargePrefix).
    pub const LARGE: u32 = 1 << 0;
    /// The collector knows the object (it may hold references).
    pub const TRACKED: u32 = 1 << 1;
    /// Made since the last collection.
    pub const YOUNG: u32 = 1 << 2;
    /// Reached by the marking in progress, or not yet: which of the two changes with every cycle.
    pub const MARKED: u32 = 1 << 3;
    /// Part of the candidate set of the collection in progress.
    pub const CANDIDATE: u32 = 1 << 4;
    /// The finaliser has run.
    pub const FINALISED: u32 = 1 << 5;
    /// The weak-reference table has an entry for the object.
    pub const WEAKLY_REFERENCED: u32 = 1 << 6;
    /// Found alive by the trial in progress.
    pub const REACHED: u32 = 1 << 7;
    /// `gc.freeze` took the object out of collections.
    pub const FROZEN: u32 = 1 << 8;
    /// Has survived one collection since the last one of its elders.
    pub const AGED: u32 = 1 << 9;
    /// Position of the shape.
    pub const SHAPE_SHIFT: u32 = 10;
}

/// What every heap object starts with; see the module's page for the layout.
#[repr(C)]
pub struct Header {
    pub(crate) count: Cell<u32>,
    pub(crate) flags: Cell<u32>,
    pub(crate) ty: Cell<*const Object<Type>>,
}

impl Header {
    /// The header of a static object: immortal, and of no collector's concern.
    pub const fn immortal(ty: *const Static<Type>) -> Header {
        Header { count: Cell::new(IMMORTAL), flags: Cell::new(0), ty: Cell::new(ty.cast()) }
    }

    /// The number of references, or a number above two thousand million for an immortal object.
    #[inline]
    pub fn count(&self) -> u32 {
        self.count.get()
    }

    /// Whether the object is never freed.
    #[inline]
    pub fn is_immortal(&self) -> bool {
        self.count.get() & IMMORTAL_BIT != 0
    }

    #[inline(always)]
    pub(crate) fn retain(&self) {
        let count = self.count.get();
        if count & IMMORTAL_BIT == 0 {
            debug_assert!(count > 0, "an object was retained after its end");
            debug_assert!(
                crate::heap::free::is_attached(self),
                "an object was retained by a thread that is not attached to its heap"
            );
            self.count.set(count + 1);
        }
    }

    /// Counts down; true when the last reference is gone.
    #[inline(always)]
    pub(crate) fn release(&self) -> bool {
        let count = self.count.get();
        if count & IMMORTAL_BIT != 0 {
            return false;
        }
        debug_assert!(count > 0, "an object was released once too often");
        debug_assert!(
            crate::heap::free::is_attached(self),
            "an object was released by a thread that is not attached to its heap"
        );
        self.count.set(count - 1);
        count == 1
    }

    /// The object's class.
    #[inline(always)]
    pub fn ty(&self) -> &Object<Type> {
        // SAFETY: an object owns a count of its class (static classes are immortal), so the class outlives `self`.
        unsafe { &*self.ty.get() }
    }

    /// The number that says at once class, class version and attribute layout; one compare guards all three.
    #[inline(always)]
    pub fn shape(&self) -> u32 {
        self.flags.get() >> flag::SHAPE_SHIFT
    }

    /// How many parts the object's content has for the collector; 0 where it is looked at as a whole.
    #[inline]
    pub(crate) fn parts(&self) -> usize {
        // SAFETY: the object is live and of the layout's class.
        self.ty().layout().parts.map_or(0, |parts| unsafe { (parts.count)(self) })
    }

    /// Shows the collector some parts of the content.
    pub(crate) fn trace_parts(&self, range: std::ops::Range<usize>, visitor: &mut Visitor<'_>) {
        if let Some(parts) = self.ty().layout().parts {
            // SAFETY: as in `parts`.
            unsafe { (parts.trace)(self, range, visitor) }
        }
    }

    pub(crate) fn set_shape(&self, shape: u32) {
        let low = self.flags.get() & ((1 << flag::SHAPE_SHIFT) - 1);
        self.flags.set(low | shape << flag::SHAPE_SHIFT);
    }

    /// Gives the object the shape it has by an attribute just added where that shape keeps it.
    ///
    /// # Safety
    /// The object's content is as the shape says, which belongs to the object's class.
    #[inline(always)]
    pub unsafe fn change_shape(&self, shape: u32) {
        self.set_shape(shape);
    }

    /// Sets state bits; see [`flag`].
    ///
    /// # Safety
    /// The state is what the bits say.
    #[inline(always)]
    pub unsafe fn mark(&self, bits: u32) {
        self.set(bits);
    }

    /// Takes state bits back; see [`flag`].
    ///
    /// # Safety
    /// The state is no longer what the bits say.
    #[inline(always)]
    pub unsafe fn unmark(&self, bits: u32) {
        self.unset(bits);
    }

    /// Whether the finaliser has run, or has nothing to do.
    #[inline(always)]
    pub fn is_finalised(&self) -> bool {
        self.has(flag::FINALISED)
    }

    #[inline(always)]
    pub(crate) fn has(&self, bit: u32) -> bool {
        self.flags.get() & bit != 0
    }

    #[inline(always)]
    pub(crate) fn set(&self, bit: u32) {
        self.flags.set(self.flags.get() | bit);
    }

    #[inline(always)]
    pub(crate) fn unset(&self, bit: u32) {
        self.flags.set(self.flags.get() & !bit);
    }
}

const _: () = {
    assert!(size_of::<Header>() == 16);
    assert!(std::mem::offset_of!(Header, count) == 0);
    assert!(std::mem::offset_of!(Header, ty) == 8);
};
