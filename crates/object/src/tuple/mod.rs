//! `tuple`: the object. Items lie inline behind the cached hash, as in CPython 3.14's `PyTupleObject`. The methods are in
//! `methods.rs`.

pub(crate) mod hidden;
mod methods;

use std::sync::atomic::{AtomicI64, Ordering};

use pvm_macros::pyclass;

use crate::Heap;
use crate::core::header::Header;
use crate::core::object::{Object, Ref, Static};
use crate::core::slot::Slot;
use crate::core::value::Value;
use crate::heap::OutOfMemory;
use crate::list::List;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Type};

/// tuple(iterable=(), /)
/// --
///
/// A sequence that cannot change.
///
/// Empty without an argument; else it holds the items of the iterable. A tuple comes back as it is.
#[pyclass(name = "tuple", sequence, match_self, layout = TUPLE_LAYOUT, no_trace)]
#[repr(C)]
pub struct Tuple {
    len: usize,
    /// -1 before it is asked for.
    hash: AtomicI64,
}

const ITEMS: usize = 32;
const _: () = {
    assert!(size_of::<Object<Tuple>>() == ITEMS);
    assert!(std::mem::offset_of!(Object<Tuple>, native) + std::mem::offset_of!(Tuple, len) == 16);
};

static TUPLE_LAYOUT: NativeLayout = NativeLayout::sized::<Tuple>(Tuple::size_of);

impl Tuple {
    unsafe fn size_of(object: *const Header) -> usize {
        // SAFETY: called for a live tuple.
        let tuple = unsafe { &*object.cast::<Object<Tuple>>() };
        ITEMS + 8 * tuple.native.len
    }

    fn items(&self) -> *const Value {
        // SAFETY: a tuple exists only as the native half of an object; the items lie right behind the head.
        unsafe { (self as *const Tuple).add(1).cast() }
    }

    /// The number of items.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no items.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The hash, once it was asked for.
    #[inline]
    fn known_hash(&self) -> Option<i64> {
        Some(self.hash.load(Ordering::Relaxed)).filter(|&hash| hash != -1)
    }

    fn keep_hash(&self, hash: i64) {
        self.hash.store(hash, Ordering::Relaxed);
    }
}

impl Object<Tuple> {
    /// The items.
    #[inline(always)]
    pub fn as_slice(&self) -> &[Value] {
        // SAFETY: `len` items lie behind the head, and a tuple never changes.
        unsafe { std::slice::from_raw_parts(self.native.items(), self.native.len) }
    }
}

impl Tuple {
    /// Puts new items into a pair that nobody else has, as iterators do with what they gave last time: the old ones come
    /// back. The new ones do where others may see the tuple.
    #[inline]
    pub(crate) fn renew_pair(pair: &Ref<Tuple>, items: (Value, Value)) -> Result<(Value, Value), (Value, Value)> {
        if pair.header().count() != 1 || pair.len != 2 {
            return Err(items);
        }
        pair.keep_hash(-1);
        // SAFETY: the only reference is the caller's, who borrows nothing of the tuple.
        unsafe {
            let places = pair.items().cast_mut();
            Ok((places.replace(items.0), places.add(1).replace(items.1)))
        }
    }
}

// SAFETY: each item is visited once.
unsafe impl Trace for Tuple {
    const HAS_PARTS: bool = true;

    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.trace_parts(0..self.len, visitor);
    }

    fn parts(&self) -> usize {
        self.len
    }

    fn trace_parts(&self, parts: std::ops::Range<usize>, visitor: &mut Visitor<'_>) {
        // SAFETY: the items lie behind the head.
        let items = unsafe { std::slice::from_raw_parts(self.items(), self.len) };
        items.get(parts).unwrap_or_default().iter().for_each(|item| visitor.visit(item));
    }
}

impl Drop for Tuple {
    fn drop(&mut self) {
        // CPython's tuple drops from the end.
        for index in (0..self.len).rev() {
            // SAFETY: each item is owned by the tuple and read once.
            drop(unsafe { self.items().add(index).read() });
        }
    }
}

static EMPTY: Static<Tuple> =
    // SAFETY: the header is immortal, and the hash is atomic.
    unsafe {
        Static::new(Object {
            header: Header::immortal(&raw const TUPLE_TYPE),
            native: Tuple { len: 0, hash: AtomicI64::new(-1) },
        })
    };

/// The empty tuple.
pub fn empty() -> &'static Object<Tuple> {
    EMPTY.get()
}

impl Heap {
    /// A tuple of the items an iterator of known length yields.
    pub fn try_tuple(
        &mut self,
        items: impl IntoIterator<Item = Value, IntoIter: ExactSizeIterator>,
    ) -> Result<Ref<Tuple>, OutOfMemory> {
        self.try_tuple_as(&TUPLE_TYPE, items)
    }

    /// A tuple of the class `class` (`tuple` or a subclass).
    pub fn try_tuple_as(
        &mut self,
        class: &Object<Type>,
        items: impl IntoIterator<Item = Value, IntoIter: ExactSizeIterator>,
    ) -> Result<Ref<Tuple>, OutOfMemory> {
        let items = items.into_iter();
        let len = items.len();
        let plain = std::ptr::eq(class, TUPLE_TYPE.get());
        if len == 0 && plain {
            return Ok(empty().to_ref());
        }
        let size =
            len.checked_mul(8).and_then(|size| size.checked_add(ITEMS + class.instance_size() - size_of::<Object<Tuple>>()));
        let size = size.ok_or(OutOfMemory)?;
        let tuple = self.alloc_sized(class, Tuple { len: 0, hash: AtomicI64::new(-1) }, size)?;
        let mut filled = 0;
        // SAFETY: the tuple is ours alone and has room for `len` items. It has none for others to see until all are there,
        // should the iterator panic.
        unsafe {
            let object = Ref::into_raw(tuple);
            let places = (*object).native.items().cast_mut();
            for item in items.take(len) {
                places.add(filled).write(item);
                filled += 1;
            }
            (*object).native.len = filled;
            let tuple = Ref::from_raw(object);
            assert!(filled == len, "an iterator was shorter than it said");
            Ok(tuple)
        }
    }

    /// A tuple of values that move out of slots.
    ///
    /// # Safety
    /// The `count` slots are filled and give their counts away, unless there is no memory.
    pub unsafe fn tuple_from_slots(&mut self, slots: *const Slot, count: usize) -> Result<Ref<Tuple>, OutOfMemory> {
        if count == 0 {
            return Ok(empty().to_ref());
        }
        let size = count.checked_mul(8).and_then(|size| size.checked_add(ITEMS)).ok_or(OutOfMemory)?;
        let tuple = self.alloc_sized(&TUPLE_TYPE, Tuple { len: 0, hash: AtomicI64::new(-1) }, size)?;
        // SAFETY: the tuple is ours alone and has room for the items.
        unsafe {
            let object = Ref::into_raw(tuple);
            let places = (*object).native.items().cast_mut();
            for index in 0..count {
                places.add(index).write((*slots.add(index)).into_value());
            }
            (*object).native.len = count;
            Ok(Ref::from_raw(object))
        }
    }

    /// A tuple of a list's items.
    pub fn tuple_of_list(&mut self, list: &Object<List>) -> Result<Ref<Tuple>, OutOfMemory> {
        let len = list.len(self);
        if len == 0 {
            return Ok(empty().to_ref());
        }
        let size = len.checked_mul(8).and_then(|size| size.checked_add(ITEMS)).ok_or(OutOfMemory)?;
        let tuple = self.alloc_sized(&TUPLE_TYPE, Tuple { len: 0, hash: AtomicI64::new(-1) }, size)?;
        // SAFETY: the tuple is ours alone and has room for the items, which nothing has changed meanwhile.
        unsafe {
            let object = Ref::into_raw(tuple);
            let places = (*object).native.items().cast_mut();
            for (index, item) in list.items(self).iter().enumerate() {
                places.add(index).write(item.clone());
            }
            (*object).native.len = len;
            Ok(Ref::from_raw(object))
        }
    }

    /// A tuple of a few values.
    pub fn new_tuple(&mut self, items: Vec<Value>) -> Ref<Tuple> {
        self.try_tuple(items).expect("a tuple of values that are in memory fits")
    }
}
