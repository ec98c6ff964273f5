//! The slots of `float`. Two floats in the word are computed in the word; an int as the other operand is converted.

use pvm_macros::pymethods;

use super::Float;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::number::NumberError;
use crate::number::bigint::{compare, convert};
use crate::number::complex::{self, Operand};
use crate::number::float_arith::{self, FloatPower};
use crate::number::float_text;
use crate::ops::compare::CompareOp;
use crate::{Heap, Vm};

/// An operand as a float; `None` where it is neither float nor int.
#[inline(always)]
pub(crate) fn operand(heap: &mut Heap, value: &Value) -> PyResult<Option<f64>> {
    if let Some(float) = value.as_small_float() {
        return Ok(Some(float));
    }
    slow_operand(heap, value)
}

fn slow_operand(heap: &mut Heap, value: &Value) -> PyResult<Option<f64>> {
    if let Some(float) = value.as_float() {
        return Ok(Some(float));
    }
    match value.as_int_ref().map(convert::to_f64) {
        None => Ok(None),
        Some(Ok(float)) => Ok(Some(float)),
        Some(Err(error)) => Err(heap.number_error(error)),
    }
}

/// Both operands, or `return Ok(NotImplemented)`.
macro_rules! operands {
    ($heap:ident, $left:ident, $right:ident) => {{
        let Some(left) = operand($heap, $left)? else {
            return Ok(Value::not_implemented());
        };
        let Some(right) = operand($heap, $right)? else {
            return Ok(Value::not_implemented());
        };
        (left, right)
    }};
}

fn finish(heap: &mut Heap, result: Result<f64, NumberError>) -> PyResult {
    match result {
        Ok(value) => Ok(heap.float(value)),
        Err(error) => Err(heap.number_error(error)),
    }
}

fn this_float(this: &Value) -> f64 {
    this.as_float().expect("the slot belongs to floats")
}

/// The order of a float and another number; `None` where they have none (NaN), or the other is no number.
fn order(this: &Value, other: &Value) -> Option<Option<std::cmp::Ordering>> {
    let left = this_float(this);
    if let Some(right) = other.as_float() {
        return Some(left.partial_cmp(&right));
    }
    let right = other.as_int_ref()?;
    Some(compare::cmp_float(right, left).map(std::cmp::Ordering::reverse))
}

#[pymethods]
impl Float {
    fn __repr__(this: &Value) -> String {
        float_text::repr(this_float(this))
    }

    fn __hash__(this: &Value) -> i64 {
        // NaN hashes by identity; it always is an object.
        crate::hashing::hash_float(this_float(this)).unwrap_or_else(|| crate::hashing::hash_pointer(this.bits() as usize))
    }

    fn __bool__(this: &Value) -> bool {
        this_float(this) != 0.0
    }

    fn __richcompare__(this: &Value, other: &Value, op: CompareOp) -> Value {
        match order(this, other) {
            Some(Some(order)) => Value::from_bool(op.holds(order)),
            Some(None) => Value::from_bool(op == CompareOp::Ne),
            None => Value::not_implemented(),
        }
    }

    fn __add__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        let (left, right) = operands!(heap, left, right);
        Ok(heap.float(left + right))
    }

    fn __sub__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        let (left, right) = operands!(heap, left, right);
        Ok(heap.float(left - right))
    }

    fn __mul__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        let (left, right) = operands!(heap, left, right);
        Ok(heap.float(left * right))
    }

    fn __truediv__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        let (left, right) = operands!(heap, left, right);
        finish(heap, float_arith::true_div(left, right))
    }

    fn __floordiv__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        let (left, right) = operands!(heap, left, right);
        finish(heap, float_arith::floor_div(left, right))
    }

    fn __mod__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        let (left, right) = operands!(heap, left, right);
        finish(heap, float_arith::modulo(left, right))
    }

    fn __divmod__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        let (left, right) = operands!(heap, left, right);
        match float_arith::div_mod(left, right) {
            Ok((quotient, remainder)) => {
                let items = [heap.float(quotient), heap.float(remainder)];
                Ok(heap.try_tuple(items)?.into())
            }
            Err(error) => Err(heap.number_error(error)),
        }
    }

    fn __pow__(vm: &mut Vm, base: &Value, exponent: &Value, modulus: &Value) -> PyResult {
        if !modulus.is_none() {
            return Err(vm.type_error(format_args!("pow() 3rd argument not allowed unless all arguments are integers")));
        }
        let (base, exponent) = operands!(vm, base, exponent);
        match float_arith::pow(base, exponent) {
            Ok(FloatPower::Real(value)) => Ok(vm.float(value)),
            Ok(FloatPower::Complex) => match complex::pow(Operand::Real(base), Operand::Real(exponent)) {
                Ok(value) => Ok(vm.complex(value)),
                Err(error) => Err(vm.number_error(error)),
            },
            Err(error) => Err(vm.number_error(error)),
        }
    }

    fn __neg__(this: &Value, heap: &mut Heap) -> Value {
        heap.float(-this_float(this))
    }

    fn __pos__(this: &Value, heap: &mut Heap) -> Value {
        heap.plain_float(this)
    }

    fn __abs__(this: &Value, heap: &mut Heap) -> Value {
        heap.float(this_float(this).abs())
    }

    fn __int__(this: &Value, heap: &mut Heap) -> PyResult {
        heap.float_to_int(this_float(this))
    }

    fn __float__(this: &Value, heap: &mut Heap) -> Value {
        heap.plain_float(this)
    }
}

impl Heap {
    /// `int(float)`: the whole part.
    pub fn float_to_int(&mut self, value: f64) -> PyResult {
        match convert::float_trunc(value) {
            Ok(int) => Ok(self.number(int)),
            Err(error) => Err(self.number_error(error)),
        }
    }
}
