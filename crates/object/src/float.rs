//! `float`.

use crate::Heap;
use crate::core::object::Object;
use crate::core::value::Value;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, PyClass, Slots, Type, static_class, type_flag};

/// The native half of a float whose exponent does not fit the word, and of every instance of a subclass.
pub struct Float {
    value: f64,
}

// SAFETY: it holds no references.
unsafe impl Trace for Float {
    const HOLDS_REFERENCES: bool = false;

    fn trace(&self, _: &mut Visitor<'_>) {}
}

static_class! {
    /// `float`.
    pub FLOAT_TYPE: Float = {
        name: "float",
        layout: &FLOAT_LAYOUT,
        flags: type_flag::BASE_TYPE | type_flag::MATCH_SELF,
        members: &[],
        slots: Slots::new(),
    }
}
static FLOAT_LAYOUT: NativeLayout = NativeLayout::of::<Float>();

impl Value {
    /// The number of a float or of an instance of a subclass.
    #[inline]
    pub fn as_float(&self) -> Option<f64> {
        match self.as_small_float() {
            Some(value) => Some(value),
            None => self.downcast::<Float>().map(|float| float.value),
        }
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
}
