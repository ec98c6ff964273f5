//! `cmath`: the functions over complex numbers. The algorithms are in `functions`, what they give for infinities and NaNs
//! in `special`.

mod functions;
mod special;

use pvm_macros::{pyfunction, pymodule};
use pvm_object::number::complex::{self, Complex, Operand};
use pvm_object::{PyResult, Value, Vm};

use crate::math::checked;

#[pymodule(name = "cmath")]
pub mod native {
    //! This module provides access to mathematical functions for complex
    //! numbers.
    use pvm_object::number::complex::Complex;
    use pvm_object::{Heap, Value};

    #[export]
    use super::{
        acos, acosh, asin, asinh, atan, atanh, cos, cosh, exp, isclose, isfinite, isinf, isnan, log, log10, phase, polar, rect,
        sin, sinh, sqrt, tan, tanh,
    };

    #[constant]
    #[name = "pi"]
    const PI: f64 = std::f64::consts::PI;
    #[constant]
    #[name = "e"]
    const E: f64 = std::f64::consts::E;
    #[constant]
    #[name = "tau"]
    const TAU: f64 = std::f64::consts::TAU;
    #[constant]
    #[name = "inf"]
    const INFINITY: f64 = f64::INFINITY;
    #[constant]
    fn infj(heap: &mut Heap) -> Value {
        heap.complex(Complex::new(0.0, f64::INFINITY))
    }
    #[constant]
    #[name = "nan"]
    const NAN: f64 = f64::NAN;
    #[constant]
    fn nanj(heap: &mut Heap) -> Value {
        heap.complex(Complex::new(0.0, f64::NAN))
    }
}

macro_rules! functions {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {$(
        $(#[doc = $doc])*
        #[pyfunction(module = "cmath")]
        pub fn $name(vm: &mut Vm, z: &Value) -> PyResult {
            let z = vm.to_complex(z)?;
            let value = checked(vm, functions::$name(z))?;
            Ok(vm.complex(value))
        }
    )*};
}

functions! {
    /// Return the arc cosine of z.
    acos;
    /// Return the inverse hyperbolic cosine of z.
    acosh;
    /// Return the arc sine of z.
    asin;
    /// Return the inverse hyperbolic sine of z.
    asinh;
    /// Return the arc tangent of z.
    atan;
    /// Return the inverse hyperbolic tangent of z.
    atanh;
    /// Return the cosine of z.
    cos;
    /// Return the hyperbolic cosine of z.
    cosh;
    /// Return the exponential value e**z.
    exp;
    /// Return the base-10 logarithm of z.
    log10;
    /// Return the sine of z.
    sin;
    /// Return the hyperbolic sine of z.
    sinh;
    /// Return the square root of z.
    sqrt;
    /// Return the tangent of z.
    tan;
    /// Return the hyperbolic tangent of z.
    tanh;
}

/// log($module, z, base=<unrepresentable>, /)
/// --
///
/// log(z[, base]) -> the logarithm of z to the given base.
///
/// If the base is not specified, returns the natural logarithm (base e) of z.
#[pyfunction(module = "cmath")]
pub fn log(vm: &mut Vm, z: &Value, base: Option<&Value>) -> PyResult {
    let z = vm.to_complex(z)?;
    let base = base.map(|base| vm.to_complex(base)).transpose()?;
    let mut value = checked(vm, functions::log(z))?;
    if let Some(base) = base {
        let divisor = checked(vm, functions::log(base))?;
        let quotient = complex::div(Operand::Complex(value), Operand::Complex(divisor));
        value = checked(vm, quotient.map_err(|_| functions::domain_error()))?;
    }
    Ok(vm.complex(value))
}

/// Return argument, also known as the phase angle, of a complex.
#[pyfunction(module = "cmath")]
pub fn phase(vm: &mut Vm, z: &Value) -> PyResult<f64> {
    let z = vm.to_complex(z)?;
    Ok(z.im.atan2(z.re))
}

/// Convert a complex from rectangular coordinates to polar coordinates.
///
/// r is the distance from 0 and phi the phase angle.
#[pyfunction(module = "cmath")]
pub fn polar(vm: &mut Vm, z: &Value) -> PyResult<(f64, f64)> {
    let z = vm.to_complex(z)?;
    let size = checked(vm, complex::abs(z).map_err(|_| functions::range_error()))?;
    Ok((size, z.im.atan2(z.re)))
}

/// Convert from polar coordinates to rectangular coordinates.
#[pyfunction(module = "cmath")]
pub fn rect(vm: &mut Vm, r: f64, phi: f64) -> PyResult {
    let value = checked(vm, functions::rect(r, phi))?;
    Ok(vm.complex(value))
}

/// Return True if both the real and imaginary parts of z are finite, else False.
#[pyfunction(module = "cmath")]
pub fn isfinite(vm: &mut Vm, z: &Value) -> PyResult<bool> {
    let z = vm.to_complex(z)?;
    Ok(z.re.is_finite() && z.im.is_finite())
}

/// Checks if the real or imaginary part of z is infinite.
#[pyfunction(module = "cmath")]
pub fn isinf(vm: &mut Vm, z: &Value) -> PyResult<bool> {
    let z = vm.to_complex(z)?;
    Ok(z.re.is_infinite() || z.im.is_infinite())
}

/// Checks if the real or imaginary part of z not a number (NaN).
#[pyfunction(module = "cmath")]
pub fn isnan(vm: &mut Vm, z: &Value) -> PyResult<bool> {
    let z = vm.to_complex(z)?;
    Ok(z.re.is_nan() || z.im.is_nan())
}

/// isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)
/// --
///
/// Determine whether two complex numbers are close in value.
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
#[pyfunction(module = "cmath")]
pub fn isclose(vm: &mut Vm, a: &Value, b: &Value, rel_tol: f64, abs_tol: f64) -> PyResult<bool> {
    let (a, b) = (vm.to_complex(a)?, vm.to_complex(b)?);
    if rel_tol < 0.0 || abs_tol < 0.0 {
        return Err(vm.value_error(format_args!("tolerances must be non-negative")));
    }
    if a == b {
        return Ok(true);
    }
    if [a.re, a.im, b.re, b.im].into_iter().any(f64::is_infinite) {
        return Ok(false);
    }
    let size = |z: Complex| z.re.hypot(z.im);
    let difference = size(complex::sub(Operand::Complex(a), Operand::Complex(b)));
    Ok(difference <= rel_tol * size(b) || difference <= rel_tol * size(a) || difference <= abs_tol)
}
