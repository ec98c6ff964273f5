//! The format specification mini-language (PEP 3101, 378, 515, 682), as `format()` and f-strings apply it to
//! numbers and text: CPython's `formatter_unicode.c`.
//!
//! ```text
//! [[fill]align][sign][z][#][0][width][grouping][.precision[grouping]][type]
//! ```
//!
//! | file | subject |
//! |---|---|
//! | `parse` | text to [`FormatSpec`] |
//! | `layout` | sign, padding and grouping of a number's pieces |
//! | `int`, `float`, `complex`, `string` | a value under a specification |

mod complex;
mod float;
mod int;
mod layout;
mod parse;
mod string;

pub use complex::format_complex;
pub use float::format_float;
pub use int::format_int;
pub use parse::{Defaults, parse};
pub use string::format_string;

use crate::number::error::NumberError;

/// Where the padding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// `<`: after the value.
    Left,
    /// `>`: before the value.
    Right,
    /// `^`: on both sides.
    Center,
    /// `=`: between sign and digits.
    AfterSign,
}

/// What stands before a number that is not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignStyle {
    /// `-`: nothing.
    Minus,
    /// `+`: a plus.
    Plus,
    /// A space: a space.
    Space,
}

/// How digits are separated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Not at all.
    None,
    /// `,` every three digits.
    Comma,
    /// `_` every three digits.
    Underscore,
    /// `_` every four digits: bases 2, 8 and 16.
    UnderscoreFour,
}

/// A parsed specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatSpec {
    /// The padding character.
    pub fill: u32,
    /// Where padding goes.
    pub align: Align,
    /// The sign, if one was given.
    pub sign: Option<SignStyle>,
    /// `z`: a result of zero loses its minus.
    pub no_negative_zero: bool,
    /// `#`.
    pub alternate: bool,
    /// The smallest width.
    pub width: Option<usize>,
    /// Separators before the decimal point.
    pub grouping: Grouping,
    /// Digits after the point, significant digits, or characters.
    pub precision: Option<usize>,
    /// Separators after the decimal point.
    pub fraction_grouping: Grouping,
    /// The type letter; 0 if none was given and the value's type has no default.
    pub kind: u32,
}

/// What the `n` type takes from the locale: `localeconv()`.
#[derive(Clone, Copy, Debug)]
pub struct LocaleNumbers<'a> {
    /// Between whole and fraction.
    pub decimal_point: &'a str,
    /// Between groups of digits.
    pub thousands_separator: &'a str,
    /// Sizes of groups from the right, the last one repeated; 127 ends grouping.
    pub grouping: &'a [u8],
}

impl LocaleNumbers<'_> {
    /// The locale named C.
    pub const C: LocaleNumbers<'static> = LocaleNumbers { decimal_point: ".", thousands_separator: "", grouping: &[] };
}

/// `ValueError` for a type letter that a value's type does not know.
fn unknown_kind(kind: u32, type_name: &str) -> NumberError {
    NumberError::value(format!("Unknown format code '{}' for object of type '{type_name}'", parse::shown(kind)))
}

#[cfg(test)]
mod tests;
