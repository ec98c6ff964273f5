//! `math`: the functions over floats and ints. The algorithms are in `pvm_object::number::math_functions`.
//!
//! | file | subject |
//! |---|---|
//! | `elementary` | functions of one float |
//! | `integers` | integers of any size |
//! | `pairs` | functions of two or three floats, splitting and joining floats |
//! | `rounding` | `ceil`, `floor`, `trunc`, logarithms |
//! | `sums` | sums, products, lengths of vectors |

mod elementary;
mod integers;
mod pairs;
mod rounding;
mod sums;

use pvm_macros::pymodule;
use pvm_object::number::NumberError;
use pvm_object::{Heap, PyResult};

/// Raises what an algorithm complains about.
pub(crate) fn checked<T>(heap: &mut Heap, result: Result<T, NumberError>) -> PyResult<T> {
    result.map_err(|error| heap.number_error(error))
}

#[pymodule(name = "math")]
pub mod native {
    //! This module provides access to the mathematical functions
    //! defined by the C standard.

    #[export]
    use super::elementary::{
        acos, acosh, asin, asinh, atan, atanh, cbrt, cos, cosh, degrees, erf, erfc, exp, exp2, expm1, fabs, gamma, isfinite,
        isinf, isnan, lgamma, log1p, radians, sin, sinh, sqrt, tan, tanh, ulp,
    };
    #[export]
    use super::integers::{comb, factorial, gcd, isqrt, lcm, perm};
    #[export]
    use super::pairs::{atan2, copysign, fma, fmod, frexp, isclose, ldexp, modf, nextafter, pow, remainder};
    #[export]
    use super::rounding::{ceil, floor, log, log2, log10, trunc};
    #[export]
    use super::sums::{dist, fsum, hypot, prod, sumprod};

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
    #[name = "nan"]
    const NAN: f64 = f64::NAN;
}
