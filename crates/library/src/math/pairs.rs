//! Functions of two or three floats, and those that split and join floats.

use pvm_macros::pyfunction;
use pvm_object::number::float_arith;
use pvm_object::number::math_functions::{elementary, pairs};
use pvm_object::{Heap, PyResult, Value, Vm};

use super::checked;

/// Return the arc tangent (measured in radians) of y/x.
///
/// Unlike atan(y/x), the signs of both x and y are considered.
#[pyfunction(module = "math")]
pub fn atan2(y: f64, x: f64) -> f64 {
    y.atan2(x)
}

/// Return a float with the magnitude (absolute value) of x but the sign of y.
///
/// On platforms that support signed zeros, copysign(1.0, -0.0)
/// returns -1.0.
#[pyfunction(module = "math")]
pub fn copysign(x: f64, y: f64) -> f64 {
    x.copysign(y)
}

/// Fused multiply-add operation.
///
/// Compute (x * y) + z with a single round.
#[pyfunction(module = "math")]
pub fn fma(heap: &mut Heap, x: f64, y: f64, z: f64) -> PyResult<f64> {
    checked(heap, pairs::fma(x, y, z))
}

/// Return fmod(x, y), according to platform C.
///
/// x % y may differ.
#[pyfunction(module = "math")]
pub fn fmod(heap: &mut Heap, x: f64, y: f64) -> PyResult<f64> {
    checked(heap, pairs::fmod(x, y))
}

/// Return x**y (x to the power of y).
#[pyfunction(module = "math")]
pub fn pow(heap: &mut Heap, x: f64, y: f64) -> PyResult<f64> {
    checked(heap, pairs::pow(x, y))
}

/// Difference between x and the closest integer multiple of y.
///
/// Return x - n*y where n*y is the closest integer multiple of y.
/// In the case where x is exactly halfway between two multiples of
/// y, the nearest even value of n is used. The result is always exact.
#[pyfunction(module = "math")]
pub fn remainder(heap: &mut Heap, x: f64, y: f64) -> PyResult<f64> {
    checked(heap, pairs::remainder(x, y))
}

/// Return the mantissa and exponent of x, as pair (m, e).
///
/// If x is a finite nonzero number, then its mantissa m and exponent e
/// satisfy x == m * 2**e exactly, with 0.5 <= abs(m) < 1.  A zero,
/// infinity or NaN comes back with 0 for e.
#[pyfunction(module = "math")]
pub fn frexp(x: f64) -> (f64, i32) {
    float_arith::frexp(x)
}

/// Return the fractional and integer parts of x.
///
/// Both results carry the sign of x and are floats.
#[pyfunction(module = "math")]
pub fn modf(x: f64) -> (f64, f64) {
    elementary::modf(x)
}

/// Return x * (2**i).
///
/// This is essentially the inverse of frexp().
#[pyfunction(module = "math")]
pub fn ldexp(heap: &mut Heap, x: f64, i: &Value) -> PyResult<f64> {
    let Some(exponent) = i.as_int_ref() else {
        return Err(heap.type_error(format_args!("Expected an int as second argument to ldexp.")));
    };
    checked(heap, pairs::ldexp(x, exponent))
}

/// nextafter($module, x, y, /, *, steps=None)
/// --
///
/// Return the floating-point value the given number of steps after x towards y.
///
/// If steps is not specified or is None, it defaults to 1.
///
/// Raises a TypeError, if x or y is not a double, or if steps is not an integer.
/// Raises ValueError if steps is negative.
#[pyfunction(module = "math")]
pub fn nextafter(vm: &mut Vm, x: f64, y: f64, steps: Option<&Value>) -> PyResult<f64> {
    let Some(steps) = steps else {
        return Ok(pairs::next_after(x, y));
    };
    let steps = vm.index(steps)?;
    let result = pairs::next_after_steps(x, y, steps.as_int_ref().expect("an index is an int"));
    checked(vm, result)
}

/// isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)
/// --
///
/// Determine whether two floating-point numbers are close in value.
///
///   rel_tol
///     maximum difference for being considered "close", relative to the
///     magnitude of the input values
///   abs_tol
///     maximum difference for being considered "close", regardless of the
///     magnitude of the input values
///
/// NaN is close to nothing, not even to itself; infinities are only close
/// to themselves.
#[pyfunction(module = "math")]
pub fn isclose(heap: &mut Heap, a: f64, b: f64, rel_tol: f64, abs_tol: f64) -> PyResult<bool> {
    checked(heap, pairs::is_close(a, b, rel_tol, abs_tol))
}
