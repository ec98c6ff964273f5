//! Decimal, digit and numeric values.

use super::numbers::{NUMERIC_CODE_POINTS, NUMERIC_INDICES, NUMERIC_VALUES};
use super::records::record;

/// The value of a decimal digit, one that numbers are written with.
#[inline]
pub fn decimal(code_point: u32) -> Option<u8> {
    u8::try_from(record(code_point).decimal).ok()
}

/// The value of a digit, superscripts and the like included.
#[inline]
pub fn digit(code_point: u32) -> Option<u8> {
    u8::try_from(record(code_point).digit).ok()
}

/// The numeric value: of digits, fractions, number letters and ideographs.
pub fn numeric(code_point: u32) -> Option<f64> {
    if let Some(digit) = digit(code_point) {
        return Some(digit.into());
    }
    let row = NUMERIC_CODE_POINTS.binary_search(&code_point).ok()?;
    let (numerator, denominator) = NUMERIC_VALUES[usize::from(NUMERIC_INDICES[row])];
    Some(numerator as f64 / f64::from(denominator))
}

/// Whether the code point is a decimal digit.
#[inline]
pub fn is_decimal(code_point: u32) -> bool {
    decimal(code_point).is_some()
}

/// Whether the code point is a digit.
#[inline]
pub fn is_digit(code_point: u32) -> bool {
    digit(code_point).is_some()
}
