//! What the `math` module computes, as pure functions with the module's errors.
//!
//! | file | subject |
//! |---|---|
//! | `elementary` | functions of one float: a table of their errors, `SQRT.call(x)` |
//! | `gamma` | the gamma function and its logarithm |
//! | `hyperbolic` | the inverse hyperbolic functions |
//! | `logarithms` | logarithms of floats and of integers of any size |
//! | `pairs` | functions of two or three numbers: `fmod`, `pow`, `ldexp`, `nextafter`, `fma` … |
//! | `sums` | exact sums, extended precision products, vector lengths |
//! | `combinatorics` | factorials, combinations, permutations |
//!
//! `isqrt`, `gcd` and `lcm` are in [`super::bigint::roots`], `floor`, `ceil` and `trunc` in
//! [`super::bigint::convert`].

pub mod combinatorics;
pub mod elementary;
pub mod gamma;
mod hyperbolic;
pub mod logarithms;
pub mod pairs;
pub mod sums;

use super::error::NumberError;

/// The result is infinite or undefined at this argument.
pub(crate) fn domain_error() -> NumberError {
    NumberError::value("math domain error")
}

/// The result is beyond the floats.
pub(crate) fn range_error() -> NumberError {
    NumberError::overflow("math range error")
}
