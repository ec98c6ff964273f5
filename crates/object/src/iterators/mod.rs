//! The built-in iterators.

use crate::Vm;
use crate::core::value::Value;

/// An iterator over anything with the sequence protocol.
pub fn sequence_iterator(_vm: &mut Vm, value: Value) -> Value {
    value
}
