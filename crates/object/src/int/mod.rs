//! `int` and `bool`: the objects. A number of 63 bits lives in the word and never comes here; this is the home of the
//! bigger ones, of `True` and `False`, and of instances of subclasses.
//!
//! | file | subject |
//! |---|---|
//! | `operators` | the slots |
//! | `methods` | the methods and properties |
//! | `construct` | `int(…)`, text to numbers |
//! | `boolean` | `bool` |
//!
//! The algorithms are in [`crate::number::bigint`].

pub mod boolean;
mod construct;
mod methods;
mod operators;
#[cfg(test)]
pub(crate) mod tests;

use dashu_int::IBig;
use pvm_macros::pyclass;

use crate::Heap;
use crate::core::header::Header;
use crate::core::object::{Object, Static};
use crate::core::value::Value;
use crate::number::bigint::{self, IntRef};
use crate::types::{PyClass, Type};

pub use boolean::BOOL_TYPE;
pub use construct::LiteralSource;

/// int([x]) -> integer
/// int(x, base=10) -> integer
///
/// Convert a number or string to an integer, or return 0 if no arguments
/// are given.  A number is converted by its __int__() method; floats are
/// truncated towards zero.
///
/// With a base, x must be a string, bytes or bytearray with an integer
/// literal in that base (2 to 36), signs and surrounding whitespace
/// allowed.  Base 0 reads the base from the literal's prefix, as in code.
/// >>> int('0b100', base=0)
/// 4
#[pyclass(name = "int", match_self, parts(methods, construct))]
pub struct Int {
    #[trace(skip)]
    value: IBig,
}

/// `False`.
pub static FALSE: Static<Int> = truth(IBig::ZERO);
/// `True`.
pub static TRUE: Static<Int> = truth(IBig::ONE);

const fn truth(value: IBig) -> Static<Int> {
    // SAFETY: the header is immortal, and an int never changes.
    unsafe { Static::new(Object { header: Header::immortal(&raw const BOOL_TYPE), native: Int { value } }) }
}

/// An int, wherever it lives.
#[derive(Clone, Copy)]
pub enum IntView<'a> {
    /// In the word, or small though on the heap.
    Small(i64),
    /// On the heap.
    Big(&'a IBig),
}

impl<'a> From<IntView<'a>> for IntRef<'a> {
    #[inline(always)]
    fn from(view: IntView<'a>) -> IntRef<'a> {
        match view {
            IntView::Small(small) => IntRef::Small(small),
            IntView::Big(big) => IntRef::Big(big),
        }
    }
}

/// Words that a number keeps without a block of its own.
const INLINE_WORDS: usize = 2;

/// Bytes of a number beyond the object itself.
fn bytes_beyond(value: &IBig) -> isize {
    let words = value.as_sign_words().1.len();
    if words > INLINE_WORDS { 8 * words as isize } else { 0 }
}

impl Int {
    /// The native half, its digits charged to the interpreter.
    fn charged(value: IBig, heap: &Heap) -> Int {
        let beyond = bytes_beyond(&value);
        if beyond != 0 {
            heap.heap_state().charge_page(beyond);
        }
        Int { value }
    }

    /// The number.
    pub fn value(&self) -> &IBig {
        &self.value
    }
}

impl Drop for Int {
    fn drop(&mut self) {
        let beyond = bytes_beyond(&self.value);
        if beyond != 0 {
            // Giving back never fails.
            let _ = crate::heap::charge(-beyond);
        }
    }
}

impl Value {
    /// `True` or `False`.
    #[inline(always)]
    pub fn from_bool(value: bool) -> Value {
        if value { TRUE.to_value() } else { FALSE.to_value() }
    }

    /// Whether this is `True`.
    #[inline(always)]
    pub fn is_true(&self) -> bool {
        self.bits() == &raw const TRUE as u64
    }

    /// Whether this is `False`.
    #[inline(always)]
    pub fn is_false(&self) -> bool {
        self.bits() == &raw const FALSE as u64
    }

    /// Whether this is `True` or `False`.
    #[inline(always)]
    pub fn is_bool(&self) -> bool {
        self.is_true() || self.is_false()
    }

    /// The number of an int, a bool, or an instance of a subclass of `int`.
    #[inline]
    pub fn as_int(&self) -> Option<IntView<'_>> {
        if let Some(small) = self.as_small_int() {
            return Some(IntView::Small(small));
        }
        let value = self.downcast::<Int>()?.native.value();
        Some(match i64::try_from(value) {
            Ok(small) => IntView::Small(small),
            Err(_) => IntView::Big(value),
        })
    }

    /// The same as an operand of the algorithms.
    #[inline(always)]
    pub fn as_int_ref(&self) -> Option<IntRef<'_>> {
        self.as_int().map(IntRef::from)
    }

    /// Whether this is an int and not a bool nor an instance of another subclass.
    #[inline(always)]
    pub fn is_exact_int(&self) -> bool {
        self.is_small_int() || self.downcast_exact::<Int>().is_some()
    }
}

impl Heap {
    /// An int of 64 bits.
    #[inline]
    pub fn int(&mut self, value: i64) -> Value {
        Value::small_int(value).unwrap_or_else(|| self.alloc(Int { value: IBig::from(value) }).into())
    }

    /// An int of any size: in the word where it fits.
    pub fn big_int(&mut self, value: IBig) -> Value {
        match i64::try_from(&value) {
            Ok(small) => self.int(small),
            Err(_) => {
                let native = Int::charged(value, self);
                self.alloc(native).into()
            }
        }
    }

    /// The int that an algorithm gave.
    #[inline]
    pub fn number(&mut self, value: bigint::Int) -> Value {
        match value {
            bigint::Int::Small(small) => self.int(small),
            bigint::Int::Big(big) => self.big_int(big),
        }
    }

    /// An instance of `class`, a subclass of `int`.
    pub fn int_of_class(&mut self, class: &Object<Type>, value: IBig) -> Value {
        if std::ptr::eq(class, Int::type_object()) {
            return self.big_int(value);
        }
        let native = Int::charged(value, self);
        self.alloc_as(class, native).into()
    }

    /// The limit on the digits of decimal text to and from ints (`sys.get_int_max_str_digits()`); 0 is none.
    pub fn int_max_str_digits(&self) -> usize {
        self.heap_state().int_max_str_digits.get()
    }

    /// Sets the limit. The caller has checked that it is 0 or at least
    /// [`MAX_STR_DIGITS_THRESHOLD`](crate::number::int_text::MAX_STR_DIGITS_THRESHOLD).
    pub fn set_int_max_str_digits(&mut self, limit: usize) {
        self.heap_state().int_max_str_digits.set(limit);
    }
}
