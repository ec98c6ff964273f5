//! The slots of `complex`. A real operand stays real, as in C99's annex G.

use pvm_macros::pymethods;

use super::Complex;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::float::operand as real_operand;
use crate::number::NumberError;
use crate::number::bigint::compare;
use crate::number::complex::{self, Operand};
use crate::number::complex_text;
use crate::ops::compare::CompareOp;
use crate::{Heap, Vm};

/// An operand; `None` where it is no number.
fn operand(heap: &mut Heap, value: &Value) -> PyResult<Option<Operand>> {
    if let Some(number) = value.as_complex() {
        return Ok(Some(Operand::Complex(number)));
    }
    Ok(real_operand(heap, value)?.map(Operand::Real))
}

fn binary(
    heap: &mut Heap,
    left: &Value,
    right: &Value,
    algorithm: impl FnOnce(Operand, Operand) -> Result<complex::Complex, NumberError>,
) -> PyResult {
    let Some(left) = operand(heap, left)? else {
        return Ok(Value::not_implemented());
    };
    let Some(right) = operand(heap, right)? else {
        return Ok(Value::not_implemented());
    };
    match algorithm(left, right) {
        Ok(value) => Ok(heap.complex(value)),
        Err(error) => Err(heap.number_error(error)),
    }
}

#[pymethods(part = operators)]
impl Complex {
    fn __repr__(&self) -> String {
        complex_text::repr(self.value)
    }

    fn __hash__(&self, heap: &mut Heap) -> i64 {
        let _ = heap;
        let part = |part: f64| {
            // NaN hashes by identity.
            crate::hashing::hash_float(part).unwrap_or_else(|| crate::hashing::hash_pointer(self as *const Complex as usize))
        };
        crate::hashing::hash_complex(part(self.value.re), part(self.value.im))
    }

    fn __bool__(&self) -> bool {
        self.value.re != 0.0 || self.value.im != 0.0
    }

    fn __richcompare__(&self, other: &Value, op: CompareOp) -> Value {
        if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
            return Value::not_implemented();
        }
        let number = self.value;
        let equal = if let Some(other) = other.as_complex() {
            number == other
        } else if let Some(other) = other.as_float() {
            number.im == 0.0 && number.re == other
        } else if let Some(other) = other.as_int_ref() {
            number.im == 0.0 && compare::cmp_float(other, number.re).is_some_and(std::cmp::Ordering::is_eq)
        } else {
            return Value::not_implemented();
        };
        Value::from_bool(equal == (op == CompareOp::Eq))
    }

    fn __add__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        binary(heap, left, right, |left, right| Ok(complex::add(left, right)))
    }

    fn __sub__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        binary(heap, left, right, |left, right| Ok(complex::sub(left, right)))
    }

    fn __mul__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        binary(heap, left, right, |left, right| Ok(complex::mul(left, right)))
    }

    fn __truediv__(heap: &mut Heap, left: &Value, right: &Value) -> PyResult {
        binary(heap, left, right, complex::div)
    }

    fn __pow__(vm: &mut Vm, base: &Value, exponent: &Value, modulus: &Value) -> PyResult {
        let known = |heap: &mut Heap, value: &Value| operand(heap, value).map(|operand| operand.is_some());
        if !modulus.is_none() && known(vm, base)? && known(vm, exponent)? {
            return Err(vm.value_error(format_args!("complex modulo")));
        }
        binary(vm, base, exponent, complex::pow)
    }

    fn __neg__(&self, heap: &mut Heap) -> Value {
        heap.complex(complex::neg(self.value))
    }

    fn __pos__(this: &Value, heap: &mut Heap) -> Value {
        match this.downcast_exact::<Complex>() {
            Some(_) => this.clone(),
            None => heap.complex(this.as_complex().expect("the slot belongs to complex numbers")),
        }
    }

    fn __abs__(&self, heap: &mut Heap) -> PyResult {
        match complex::abs(self.value) {
            Ok(size) => Ok(heap.float(size)),
            Err(error) => Err(heap.number_error(error)),
        }
    }
}
