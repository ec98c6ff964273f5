//! `float`: the objects. A float with a common exponent lives in the word and never comes here; this is the home of the
//! others, and of instances of subclasses.
//!
//! | file | subject |
//! |---|---|
//! | `operators` | the slots |
//! | `methods` | the methods and properties |
//! | `construct` | `float(…)`, text to floats |
//!
//! The algorithms are in [`crate::number::float_arith`] and [`crate::number::float_text`].

mod construct;
mod methods;
mod operators;
#[cfg(test)]
mod tests;

use pvm_macros::pyclass;

use crate::Heap;
use crate::core::object::Object;
use crate::core::value::Value;
use crate::types::{PyClass, Type};

pub(crate) use operators::operand;

/// float(x=0, /)
/// --
///
/// Convert a string or number to a floating-point number, if possible.
#[pyclass(name = "float", match_self, parts(methods, construct))]
pub struct Float {
    #[trace(skip)]
    value: f64,
}

impl Value {
    /// The number of a float or of an instance of a subclass.
    #[inline]
    pub fn as_float(&self) -> Option<f64> {
        match self.as_small_float() {
            Some(value) => Some(value),
            None => self.downcast::<Float>().map(|float| float.value),
        }
    }

    /// Whether this is a float and not an instance of a subclass.
    #[inline(always)]
    pub fn is_exact_float(&self) -> bool {
        self.is_small_float() || self.downcast_exact::<Float>().is_some()
    }
}

impl Heap {
    /// A float.
    #[inline]
    pub fn float(&mut self, value: f64) -> Value {
        Value::small_float(value).unwrap_or_else(|| self.alloc(Float { value }).into())
    }

    /// An instance of `class`, a subclass of `float`.
    pub fn float_of_class(&mut self, class: &Object<Type>, value: f64) -> Value {
        if std::ptr::eq(class, Float::type_object()) { self.float(value) } else { self.alloc_as(class, Float { value }).into() }
    }

    /// The number as an exact `float`: itself where it is one.
    ///
    /// # Panics
    /// For a value that is no float.
    pub fn plain_float(&mut self, value: &Value) -> Value {
        if value.is_exact_float() {
            return value.clone();
        }
        self.float(value.as_float().expect("a value that was found to be a float"))
    }
}
