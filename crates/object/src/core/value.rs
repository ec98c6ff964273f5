//! [`Value`]: one 64-bit word that owns what it names.
//!
//! | low bits | meaning |
//! |---|---|
//! | `…1` | an int of 63 bits, in the word |
//! | `…10` | a float, in the word (rotated exponent, as CRuby's flonum) |
//! | `000` | a pointer to a heap object, counted |
//!
//! A number that fits its tag is always tagged: caches and compiled code check one form.

use std::marker::PhantomData;
use std::num::NonZeroU64;
use std::ops::Deref;

use super::header::Header;
use super::object::{Object, Ref};
use crate::types::{PyClass, Type};

/// An owned Python value: `Clone` counts up, `Drop` counts down. One word, as is `Option<Value>`.
#[repr(transparent)]
pub struct Value {
    bits: NonZeroU64,
    _not_send: PhantomData<*mut ()>,
}

/// A borrowed Python value: one word, `Copy`, valid as long as what it was borrowed from.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct ValueRef<'a> {
    bits: NonZeroU64,
    _life: PhantomData<&'a Value>,
    _not_send: PhantomData<*mut ()>,
}

/// The smallest and largest int that lives in the word.
pub const SMALL_INT_MIN: i64 = -(1 << 62);
/// See [`SMALL_INT_MIN`].
pub const SMALL_INT_MAX: i64 = (1 << 62) - 1;

const POSITIVE_ZERO: u64 = 0x8000_0000_0000_0002;
const NEGATIVE_ZERO: u64 = 0x8000_0000_0000_0006;

/// The word of an int, where it fits 63 bits.
#[inline(always)]
pub const fn tag_int(value: i64) -> Option<u64> {
    if value >= SMALL_INT_MIN && value <= SMALL_INT_MAX { Some((value as u64) << 1 | 1) } else { None }
}

/// The word of a float, where its exponent is not among the rare ones (about 1e-77 to 1e77, and both zeros, fit).
#[inline(always)]
pub const fn tag_float(value: f64) -> Option<u64> {
    let bits = value.to_bits();
    // The three bits below the sign are 011 or 100 for the common exponents. Rotated, the upper two of them come to be the
    // lowest of the word and the third the highest: added to the others it makes the tag of both.
    let rotated = bits.rotate_left(3);
    let word = rotated.wrapping_add(rotated >> 63);
    if word & 3 == 2 && word & !4 != POSITIVE_ZERO {
        Some(word)
    } else if bits == 0 {
        Some(POSITIVE_ZERO)
    } else if bits == 1 << 63 {
        Some(NEGATIVE_ZERO)
    } else {
        None
    }
}

/// The float of a word that [`tag_float`] made.
#[inline(always)]
pub const fn untag_float(word: u64) -> f64 {
    if word & !4 != POSITIVE_ZERO {
        // Bit 63 of the word is bit 60 of the float, whose two higher bits it determines.
        f64::from_bits((word - (word >> 63)).rotate_right(3))
    } else {
        f64::from_bits((word & 4) << 61)
    }
}

impl Value {
    /// A value from its word.
    ///
    /// # Safety
    /// `bits` is a tagged number, or a pointer to a live object of which the new value takes over one count.
    #[inline(always)]
    pub unsafe fn from_bits(bits: u64) -> Value {
        // SAFETY: the caller gives a tagged number or a pointer, neither of which is zero.
        Value { bits: unsafe { NonZeroU64::new_unchecked(bits) }, _not_send: PhantomData }
    }

    /// The word, with the ownership it carries.
    #[inline(always)]
    pub fn into_bits(self) -> u64 {
        let bits = self.bits.get();
        std::mem::forget(self);
        bits
    }

    /// The word.
    #[inline(always)]
    pub fn bits(&self) -> u64 {
        self.bits.get()
    }

    /// The int in a word, where it fits; else [`Heap::int`](crate::Heap::int) makes an object.
    #[inline(always)]
    pub fn small_int(value: i64) -> Option<Value> {
        // SAFETY: a tagged int.
        tag_int(value).map(|bits| unsafe { Value::from_bits(bits) })
    }

    /// An int of 32 bits, which always fits the word.
    #[inline(always)]
    pub fn from_i32(value: i32) -> Value {
        // SAFETY: a tagged int.
        unsafe { Value::from_bits(((value as i64) << 1 | 1) as u64) }
    }

    /// The float in a word, where it fits; else [`Heap::float`](crate::Heap::float) makes an object.
    #[inline(always)]
    pub fn small_float(value: f64) -> Option<Value> {
        // SAFETY: a tagged float.
        tag_float(value).map(|bits| unsafe { Value::from_bits(bits) })
    }

    /// Whether this is an int in the word.
    #[inline(always)]
    pub fn is_small_int(&self) -> bool {
        self.bits() & 1 != 0
    }

    /// Whether this is a float in the word.
    #[inline(always)]
    pub fn is_small_float(&self) -> bool {
        self.bits() & 3 == 2
    }

    /// The int in the word; for others, also for ints on the heap and bools, `None`.
    #[inline(always)]
    pub fn as_small_int(&self) -> Option<i64> {
        self.is_small_int().then(|| self.bits() as i64 >> 1)
    }

    /// The float in the word; for others, also for floats on the heap, `None`.
    #[inline(always)]
    pub fn as_small_float(&self) -> Option<f64> {
        self.is_small_float().then(|| untag_float(self.bits()))
    }

    /// Whether this is a heap object rather than a number in the word.
    #[inline(always)]
    pub fn is_object(&self) -> bool {
        self.bits() & 3 == 0
    }

    /// The header of a heap object.
    #[inline(always)]
    pub fn header(&self) -> Option<&Header> {
        // SAFETY: an untagged word points to a live object of which `self` owns a count.
        self.is_object().then(|| unsafe { &*(self.bits() as *const Header) })
    }

    /// The class.
    #[inline(always)]
    pub fn ty(&self) -> &Object<Type> {
        match self.header() {
            Some(header) => header.ty(),
            None if self.is_small_int() => crate::int::Int::type_object(),
            None => crate::float::Float::type_object(),
        }
    }

    /// The shape of a heap object; 0, which no shape is, for a number in the word.
    #[inline(always)]
    pub fn shape(&self) -> u32 {
        self.header().map_or(0, Header::shape)
    }

    /// Python's `is`: the same object, or the same number in the word.
    #[inline(always)]
    pub fn is(&self, other: &Value) -> bool {
        self.bits == other.bits
    }

    /// The view without ownership.
    #[inline(always)]
    pub fn borrowed(&self) -> ValueRef<'_> {
        ValueRef { bits: self.bits, _life: PhantomData, _not_send: PhantomData }
    }

    /// The object as an instance of `T` or of a subclass.
    #[inline(always)]
    pub fn downcast<T: PyClass>(&self) -> Option<&Object<T>> {
        let header = self.header()?;
        // SAFETY: a class whose native base is `T` (or extends it) lays its instances out as `Object<T>` at their start.
        header.ty().has_layout_of(T::type_object()).then(|| unsafe { &*(header as *const Header).cast() })
    }

    /// The object as an instance of exactly `T`, not of a subclass.
    #[inline(always)]
    pub fn downcast_exact<T: PyClass>(&self) -> Option<&Object<T>> {
        let header = self.header()?;
        // SAFETY: the class is `T`, whose instances are `Object<T>`.
        std::ptr::eq(header.ty.get(), T::type_object()).then(|| unsafe { &*(header as *const Header).cast() })
    }

    /// The object as an owned instance of `T` or of a subclass; the value comes back where it is not.
    pub fn downcast_into<T: PyClass>(self) -> Result<Ref<T>, Value> {
        if self.downcast::<T>().is_some() {
            // SAFETY: the class was checked; the count goes along.
            Ok(unsafe { Ref::from_raw(self.into_bits() as *mut Object<T>) })
        } else {
            Err(self)
        }
    }

    /// Whether the value is an instance of `T` or of a subclass (numbers in the word are no objects: ask
    /// [`crate::int`] and [`crate::float`] for those).
    #[inline(always)]
    pub fn is_instance_of<T: PyClass>(&self) -> bool {
        self.downcast::<T>().is_some()
    }
}

impl Clone for Value {
    #[inline(always)]
    fn clone(&self) -> Value {
        if let Some(header) = self.header() {
            header.retain();
        }
        Value { bits: self.bits, _not_send: PhantomData }
    }
}

impl Drop for Value {
    #[inline(always)]
    fn drop(&mut self) {
        if let Some(header) = self.header()
            && header.release()
        {
            // SAFETY: the last count is gone, and it was ours.
            unsafe { crate::heap::free_object(self.bits() as *mut Header) }
        }
    }
}

impl<'a> ValueRef<'a> {
    /// A borrowed value from its word.
    ///
    /// # Safety
    /// `bits` is a tagged number or a pointer to an object that lives as long as `'a`.
    #[inline(always)]
    pub unsafe fn from_bits(bits: u64) -> ValueRef<'a> {
        // SAFETY: neither a tagged number nor a pointer is zero.
        ValueRef { bits: unsafe { NonZeroU64::new_unchecked(bits) }, _life: PhantomData, _not_send: PhantomData }
    }

    /// An owned value of the same object.
    #[inline(always)]
    pub fn to_owned(self) -> Value {
        (*self).clone()
    }

    /// The object as an instance of `T` or of a subclass, for as long as the borrow lasts.
    #[inline(always)]
    pub fn downcast_ref<T: PyClass>(self) -> Option<&'a Object<T>> {
        let found = self.downcast::<T>()?;
        // SAFETY: the object lives as long as 'a, by the contract of the borrow.
        Some(unsafe { &*(found as *const Object<T>) })
    }
}

impl Deref for ValueRef<'_> {
    type Target = Value;

    #[inline(always)]
    fn deref(&self) -> &Value {
        // SAFETY: both are one word with the same meaning; a `&Value` can neither drop nor move it.
        unsafe { &*(self as *const Self).cast::<Value>() }
    }
}

impl<'a> From<&'a Value> for ValueRef<'a> {
    #[inline(always)]
    fn from(value: &'a Value) -> ValueRef<'a> {
        value.borrowed()
    }
}

impl<T: PyClass> From<Ref<T>> for Value {
    #[inline(always)]
    fn from(object: Ref<T>) -> Value {
        // SAFETY: the pointer and its count go along.
        unsafe { Value::from_bits(Ref::into_raw(object) as u64) }
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.as_small_int(), self.as_small_float()) {
            (Some(int), _) => write!(f, "{int}"),
            (_, Some(float)) => write!(f, "{float:?}"),
            _ => write!(f, "<{} object at {:#x}>", self.ty().name(), self.bits()),
        }
    }
}

const _: () = {
    assert!(size_of::<Option<Value>>() == 8);
    assert!(size_of::<Result<Value, crate::Raised>>() == 8);
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_survive_the_tag() {
        for value in [0.0, -0.0, 1.0, -1.5, 3.25e70, -2.5e-70, 1e-77 * 2.0, f64::MAX, f64::MIN_POSITIVE, f64::INFINITY] {
            if let Some(word) = tag_float(value) {
                assert_eq!(word & 3, 2);
                assert_eq!(untag_float(word).to_bits(), value.to_bits(), "{value}");
            }
        }
        assert!(tag_float(f64::NAN).is_none() && tag_float(f64::INFINITY).is_none() && tag_float(1e300).is_none());
        assert!(tag_float(0.0).is_some() && tag_float(-0.0).is_some() && tag_float(1e77).is_some());
        let excluded = f64::from_bits(0x3000_0000_0000_0000);
        assert!(tag_float(excluded).is_none() && tag_float(-excluded).is_none());
    }

    #[test]
    fn ints_survive_the_tag() {
        for value in [0, 1, -1, SMALL_INT_MAX, SMALL_INT_MIN] {
            assert_eq!(Value::small_int(value).unwrap().as_small_int(), Some(value));
        }
        assert!(Value::small_int(SMALL_INT_MAX + 1).is_none() && Value::small_int(SMALL_INT_MIN - 1).is_none());
    }
}
