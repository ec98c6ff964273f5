//! Functions of one float.

use pvm_macros::pyfunction;
use pvm_object::number::math_functions::elementary;
use pvm_object::{Heap, PyResult};

use super::checked;

macro_rules! functions {
    ($($(#[doc = $doc:literal])* $name:ident $function:ident;)*) => {$(
        $(#[doc = $doc])*
        #[pyfunction(module = "math")]
        pub fn $name(heap: &mut Heap, x: f64) -> PyResult<f64> {
            checked(heap, elementary::$function.call(x))
        }
    )*};
}

functions! {
    /// Return the arc cosine (measured in radians) of x.
    ///
    /// The result is between 0 and pi.
    acos ACOS;
    /// Return the inverse hyperbolic cosine of x.
    acosh ACOSH;
    /// Return the arc sine (measured in radians) of x.
    ///
    /// The result is between -pi/2 and pi/2.
    asin ASIN;
    /// Return the inverse hyperbolic sine of x.
    asinh ASINH;
    /// Return the arc tangent (measured in radians) of x.
    ///
    /// The result is between -pi/2 and pi/2.
    atan ATAN;
    /// Return the inverse hyperbolic tangent of x.
    atanh ATANH;
    /// Return the cube root of x.
    cbrt CBRT;
    /// Return the cosine of x (measured in radians).
    cos COS;
    /// Return the hyperbolic cosine of x.
    cosh COSH;
    /// Error function at x.
    erf ERF;
    /// Complementary error function at x.
    erfc ERFC;
    /// Return e raised to the power of x.
    exp EXP;
    /// Return 2 raised to the power of x.
    exp2 EXP2;
    /// Return exp(x)-1, without the loss of precision for small x.
    expm1 EXPM1;
    /// Return the absolute value of the float x.
    fabs FABS;
    /// Return the natural logarithm of 1+x (base e), accurate for x near zero.
    log1p LOG1P;
    /// Return the sine of x (measured in radians).
    sin SIN;
    /// Return the hyperbolic sine of x.
    sinh SINH;
    /// Return the square root of x.
    sqrt SQRT;
    /// Return the tangent of x (measured in radians).
    tan TAN;
    /// Return the hyperbolic tangent of x.
    tanh TANH;
}

/// Gamma function at x.
#[pyfunction(module = "math")]
pub fn gamma(heap: &mut Heap, x: f64) -> PyResult<f64> {
    checked(heap, elementary::gamma(x))
}

/// Natural logarithm of absolute value of Gamma function at x.
#[pyfunction(module = "math")]
pub fn lgamma(heap: &mut Heap, x: f64) -> PyResult<f64> {
    checked(heap, elementary::lgamma(x))
}

/// Convert angle x from radians to degrees.
#[pyfunction(module = "math")]
pub fn degrees(x: f64) -> f64 {
    elementary::degrees(x)
}

/// Convert angle x from degrees to radians.
#[pyfunction(module = "math")]
pub fn radians(x: f64) -> f64 {
    elementary::radians(x)
}

/// Return the value of the least significant bit of the float x.
#[pyfunction(module = "math")]
pub fn ulp(x: f64) -> f64 {
    elementary::ulp(x)
}

/// Return True if x is neither an infinity nor a NaN, and False otherwise.
#[pyfunction(module = "math")]
pub fn isfinite(x: f64) -> bool {
    x.is_finite()
}

/// Return True if x is a positive or negative infinity, and False otherwise.
#[pyfunction(module = "math")]
pub fn isinf(x: f64) -> bool {
    x.is_infinite()
}

/// Return True if x is a NaN (not a number), and False otherwise.
#[pyfunction(module = "math")]
pub fn isnan(x: f64) -> bool {
    x.is_nan()
}
