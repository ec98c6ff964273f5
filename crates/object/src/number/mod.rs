//! The pure algorithms behind `int`, `float` and `complex`, their text forms and the `math` module.
//!
//! Nothing here knows objects: integers are [`bigint::IntRef`] and [`bigint::Int`], the rest are `f64` and
//! [`complex::Complex`]; text goes out as `String` or into a [`crate::text::TextBuilder`]. A newcomer starts
//! with `bigint` for integers, `float_text` and `float_arith` for floats.
//!
//! | file | subject |
//! |---|---|
//! | `error` | [`NumberError`]: which exception, with CPython's words |
//! | `bigint/` | integers of any size |
//! | `int_text` | integers from and to text |
//! | `float_text/` | floats from and to text |
//! | `float_arith` | Python's rules for dividing, raising and rounding floats |
//! | `complex`, `complex_text` | complex numbers |
//! | `format_spec/` | the format specification mini-language (PEP 3101) |
//! | `percent_format` | numbers under the `%` operator |
//! | `math_functions/` | what the `math` module computes |

pub mod bigint;
pub mod complex;
pub mod complex_text;
pub mod error;
pub mod float_arith;
pub mod float_text;
pub mod format_spec;
pub mod int_text;
pub mod math_functions;
pub mod percent_format;

pub use error::NumberError;
