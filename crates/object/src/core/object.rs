//! Heap objects: [`Object<T>`] is a header and the native half `T`; [`Ref<T>`] owns one.

use std::marker::PhantomData;
use std::ops::Deref;
use std::ptr::NonNull;

use super::header::Header;
use super::value::{Value, ValueRef};
use crate::types::{PyClass, Type};

/// A heap object with the native half `T`. Instances of Python classes carry slots and attributes behind it.
#[repr(C)]
pub struct Object<T: 'static> {
    pub(crate) header: Header,
    pub(crate) native: T,
}

impl<T> Object<T> {
    /// The header.
    #[inline(always)]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The class.
    #[inline(always)]
    pub fn ty(&self) -> &Object<Type> {
        self.header.ty()
    }

    /// The object's address, which `id()` shows.
    #[inline(always)]
    pub fn address(&self) -> usize {
        self as *const Self as usize
    }
}

impl<T: PyClass> Object<T> {
    /// An owned reference to this object.
    #[inline(always)]
    pub fn to_ref(&self) -> Ref<T> {
        self.header.retain();
        // SAFETY: an `Object` exists only in a heap or as an immortal static; the count was raised for the new owner.
        unsafe { Ref::from_raw(self as *const Self as *mut Self) }
    }

    /// An owned value of this object.
    #[inline(always)]
    pub fn to_value(&self) -> Value {
        self.to_ref().into()
    }

    /// A borrowed value of this object.
    #[inline(always)]
    pub fn as_value(&self) -> ValueRef<'_> {
        // SAFETY: the object lives as long as the borrow of it.
        unsafe { ValueRef::from_bits(self as *const Self as u64) }
    }
}

impl<T> Deref for Object<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        &self.native
    }
}

/// An immortal object that is part of the binary. Unlike other objects it may be seen by every thread.
#[repr(transparent)]
pub struct Static<T: 'static>(Object<T>);

// SAFETY: a static object is immortal, so its count is never written, and its content is written at most once, before it
// is shared, or through atomics.
unsafe impl<T> Sync for Static<T> {}

impl<T> Static<T> {
    /// # Safety
    /// The object's header is immortal, and `T` holds to what [`Static`] promises.
    pub(crate) const unsafe fn new(object: Object<T>) -> Static<T> {
        Static(object)
    }

    /// The object.
    #[inline(always)]
    pub const fn get(&'static self) -> &'static Object<T> {
        &self.0
    }
}

impl<T> Deref for Static<T> {
    type Target = Object<T>;

    #[inline(always)]
    fn deref(&self) -> &Object<T> {
        &self.0
    }
}

/// An owned reference to a heap object with the native half `T`. One word.
#[repr(transparent)]
pub struct Ref<T: PyClass> {
    pointer: NonNull<Object<T>>,
    _owns: PhantomData<Object<T>>,
}

impl<T: PyClass> Ref<T> {
    /// Takes over one count.
    ///
    /// # Safety
    /// `pointer` points to a live object of class `T` or a subclass, of which the caller owns a count.
    #[inline(always)]
    pub unsafe fn from_raw(pointer: *mut Object<T>) -> Ref<T> {
        // SAFETY: a live object's address is not null.
        Ref { pointer: unsafe { NonNull::new_unchecked(pointer) }, _owns: PhantomData }
    }

    /// Gives the pointer and its count away.
    #[inline(always)]
    pub fn into_raw(this: Ref<T>) -> *mut Object<T> {
        let pointer = this.pointer.as_ptr();
        std::mem::forget(this);
        pointer
    }
}

impl<T: PyClass> Deref for Ref<T> {
    type Target = Object<T>;

    #[inline(always)]
    fn deref(&self) -> &Object<T> {
        // SAFETY: a `Ref` owns a count, so the object is alive.
        unsafe { self.pointer.as_ref() }
    }
}

impl<T: PyClass> Clone for Ref<T> {
    #[inline(always)]
    fn clone(&self) -> Ref<T> {
        self.to_ref()
    }
}

impl<T: PyClass> Drop for Ref<T> {
    #[inline(always)]
    fn drop(&mut self) {
        if self.header.release() {
            // SAFETY: the last count is gone, and it was ours.
            unsafe { crate::heap::free_object(self.pointer.as_ptr().cast()) }
        }
    }
}

impl<T: PyClass> std::fmt::Display for Ref<T>
where
    Object<T>: std::fmt::Display,
{
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&**self, f)
    }
}

impl<T: PyClass> std::fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{} object at {:#x}>", self.ty().name(), self.address())
    }
}
