//! `bool`.

use pvm_macros::{pyclass, pymethods};

use super::Int;
use crate::core::object::Object;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::number::bigint::bits;
use crate::types::Type;
use crate::{Heap, Vm, exceptions};

/// bool(object=False, /)
/// --
///
/// Return True for an argument that counts as true, False for any other.
/// True and False are the only two instances of the class.  It extends
/// the class int, and cannot be extended itself.
#[pyclass(name = "bool", like = Int, final, match_self)]
pub struct Bool;

const INVERSION: &str = "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the \
                         bitwise inversion of the underlying int object and is usually not what you expect from negating a \
                         bool. Use the 'not' operator for boolean negation or ~int(x) if you really want the bitwise \
                         inversion of the underlying int.";

/// The two truths, where both operands are bools.
fn truths(left: &Value, right: &Value) -> Option<(bool, bool)> {
    (left.is_bool() && right.is_bool()).then(|| (left.is_true(), right.is_true()))
}

macro_rules! logical {
    ($heap:ident $left:ident $right:ident $operator:tt $algorithm:path) => {
        Ok(match truths($left, $right) {
            Some((left, right)) => Value::from_bool(left $operator right),
            None => match ($left.as_int_ref(), $right.as_int_ref()) {
                (Some(left), Some(right)) => $heap.number($algorithm(left, right)),
                _ => Value::not_implemented(),
            },
        })
    };
}

#[pymethods]
impl Bool {
    #[new]
    #[signature = "(object=False, /)"]
    fn new(_cls: &Object<Type>, object: bool) -> Value {
        Value::from_bool(object)
    }

    fn __repr__(this: &Value) -> &'static str {
        if this.is_true() { "True" } else { "False" }
    }

    fn __and__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        logical!(heap left right & bits::and)
    }

    fn __or__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        logical!(heap left right | bits::or)
    }

    fn __xor__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        logical!(heap left right ^ bits::xor)
    }

    fn __invert__(this: &Value, vm: &mut Vm) -> PyResult {
        vm.warn(exceptions::DEPRECATION_WARNING.get(), INVERSION, 1)?;
        Ok(Value::from_i32(!i32::from(this.is_true())))
    }
}
