//! Floats from and to text: `repr`, the `e`, `f`, `g` forms, reading decimals, hexadecimal both ways.

mod fixed;
mod format;
mod hex;
mod parse;

pub use fixed::Fixed;
pub use format::{FloatForm, FormatFlags, format_float, repr};
pub use hex::{from_hex, to_hex};
pub use parse::{ParseFloatError, parse_float, parse_float_prefix, strip_underscores};
