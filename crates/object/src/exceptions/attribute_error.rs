//! `AttributeError` with the object and the name it is about.

use std::fmt;

use crate::Heap;
use crate::core::object::Object;
use crate::core::value::Value;
use crate::errors::Raised;
use crate::str::Str;

impl Heap {
    /// Raises an `AttributeError` that tells suggestions where to look.
    #[cold]
    pub fn attribute_error_on(&mut self, _object: &Value, _name: &Object<Str>, message: fmt::Arguments<'_>) -> Raised {
        self.attribute_error(message)
    }
}
