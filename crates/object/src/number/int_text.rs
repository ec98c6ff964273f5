//! Integers from and to text, in any base, with the limit on decimal digits.
//!
//! Text to read is given as bytes whose digits and spaces are already mapped to ASCII, by
//! [`to_ascii_numeral`](crate::text::strings::numeral::to_ascii_numeral).

use super::bigint::{Int, IntRef, large};
use super::error::NumberError;
use dashu_int::{IBig, UBig};

/// `sys.int_info.default_max_str_digits`.
pub const DEFAULT_MAX_STR_DIGITS: usize = 4300;

/// `sys.int_info.str_digits_check_threshold`: the smallest limit other than none that may be set.
pub const MAX_STR_DIGITS_THRESHOLD: usize = 640;

/// Numbers up to so many words become text in one go.
const UNDIVIDED: usize = 1000;

/// The characters that C's `isspace` knows, which surround numbers in text.
pub fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// The text without [`is_space`] characters around it.
pub fn trim_spaces(mut text: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = text
        && is_space(*first)
    {
        text = rest;
    }
    while let [rest @ .., last] = text
        && is_space(*last)
    {
        text = rest;
    }
    text
}

/// Why a text is no integer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseIntError {
    /// `ValueError`, "invalid literal for int() with base {base}: " and the `repr` of the argument (which
    /// CPython cuts to 200 characters).
    InvalidLiteral {
        /// The base as the caller gave it, 0 included.
        base: u32,
    },
    /// An error whose text is complete.
    Error(NumberError),
}

impl From<NumberError> for ParseIntError {
    fn from(error: NumberError) -> ParseIntError {
        ParseIntError::Error(error)
    }
}

/// Checks the base argument of `int()`: 0 or 2 to 36.
///
/// # Errors
/// `ValueError`.
pub fn check_base(base: i64) -> Result<u32, NumberError> {
    match base {
        0 | 2..=36 => Ok(base as u32),
        _ => Err(NumberError::value("int() base must be >= 2 and <= 36, or 0")),
    }
}

/// `int(text, base)`: `PyLong_FromString`, and nothing may follow.
///
/// `max_digits` limits the digits in bases that are no power of two; 0 is no limit.
///
/// # Panics
/// Only for a base that [`check_base`] refuses.
pub fn parse_int(text: &[u8], base: u32, max_digits: usize) -> Result<Int, ParseIntError> {
    let invalid = ParseIntError::InvalidLiteral { base };
    let text = trim_spaces(text);
    let (negative, mut digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let prefix = match digits {
        [b'0', letter, ..] => prefix_base(*letter),
        _ => None,
    };
    let mut zero_only = false;
    let radix = match (base, prefix) {
        (0, Some(radix)) => radix,
        (0, None) => {
            // "0" and "00" are fine, "01" is C's octal and refused.
            zero_only = digits.first() == Some(&b'0');
            10
        }
        _ => base,
    };
    if prefix == Some(radix) {
        digits = &digits[2..];
        if let [b'_', rest @ ..] = digits {
            digits = rest;
        }
    }
    let count = count_digits(digits, radix).ok_or(invalid.clone())?;
    if max_digits > 0 && count > max_digits && !radix.is_power_of_two() {
        return Err(NumberError::value(format!(
            "Exceeds the limit ({max_digits} digits) for integer string conversion: value has {count} digits; \
             use sys.set_int_max_str_digits() to increase the limit"
        ))
        .into());
    }
    let value = digits_value(digits, count, radix, negative)?;
    if zero_only && !value.as_ref().is_zero() {
        return Err(invalid);
    }
    Ok(value)
}

fn prefix_base(letter: u8) -> Option<u32> {
    match letter {
        b'x' | b'X' => Some(16),
        b'o' | b'O' => Some(8),
        b'b' | b'B' => Some(2),
        _ => None,
    }
}

/// How many digits there are; `None` if there is none, or anything else but single underscores between them.
fn count_digits(text: &[u8], radix: u32) -> Option<usize> {
    let mut count = 0;
    let mut after_underscore = true;
    for &byte in text {
        if byte == b'_' {
            if after_underscore {
                return None;
            }
            after_underscore = true;
        } else {
            (byte as char).to_digit(radix)?;
            count += 1;
            after_underscore = false;
        }
    }
    (!after_underscore).then_some(count)
}

/// The value of checked digits.
fn digits_value(digits: &[u8], count: usize, radix: u32, negative: bool) -> Result<Int, NumberError> {
    let plain = digits.iter().filter(|byte| **byte != b'_');
    // 12 digits of base 36 fit 63 bits, 18 of base 10 do.
    if count <= 12 || (radix <= 10 && count <= 18) {
        let value =
            plain.fold(0i64, |value, byte| value * i64::from(radix) + i64::from((*byte as char).to_digit(radix).unwrap_or(0)));
        return Ok(Int::Small(if negative { -value } else { value }));
    }
    let plain: String = plain.map(|byte| *byte as char).collect();
    let value = IBig::from(large::from_digits(&plain, radix)?);
    Ok(Int::from(if negative { -value } else { value }))
}

/// `str(a)`.
///
/// # Errors
/// `ValueError` when the number has more than `max_digits` digits; 0 is no limit.
pub fn to_decimal(a: IntRef<'_>, max_digits: usize) -> Result<String, NumberError> {
    let big = match a {
        IntRef::Small(value) => return Ok(value.to_string()),
        IntRef::Big(big) => big,
    };
    let too_long = || {
        NumberError::value(format!(
            "Exceeds the limit ({max_digits} digits) for integer string conversion; \
             use sys.set_int_max_str_digits() to increase the limit"
        ))
    };
    // A bit is worth more than 0.30102 digits, so this many bits cannot fit: the conversion need not be tried.
    if max_digits > 0 && (u128::from(a.bit_length()) - 1) * 30_102 > 100_000 * max_digits as u128 {
        return Err(too_long());
    }
    let (_, words) = big.as_sign_words();
    if words.len() > UNDIVIDED {
        let digits = large::to_decimal(&UBig::from_words(words))?;
        if max_digits > 0 && digits.len() > max_digits {
            return Err(too_long());
        }
        return Ok(if a.is_negative() { format!("-{digits}") } else { digits });
    }
    let text = big.to_string();
    let digits = text.len() - usize::from(a.is_negative());
    if max_digits > 0 && digits > max_digits {
        return Err(too_long());
    }
    Ok(text)
}

/// The number in a base from 2 to 36, small letters, without prefix; only base 10 has a limit, see [`to_decimal`].
///
/// # Panics
/// For another base.
pub fn to_radix(a: IntRef<'_>, radix: u32) -> String {
    match a {
        IntRef::Small(value) => small_to_radix(value, radix),
        IntRef::Big(value) => value.in_radix(radix).to_string(),
    }
}

fn small_to_radix(value: i64, radix: u32) -> String {
    let magnitude = value.unsigned_abs();
    let sign = if value < 0 { "-" } else { "" };
    match radix {
        2 => format!("{sign}{magnitude:b}"),
        8 => format!("{sign}{magnitude:o}"),
        10 => value.to_string(),
        16 => format!("{sign}{magnitude:x}"),
        _ => IBig::from(value).in_radix(radix).to_string(),
    }
}

/// `bin(a)`, `oct(a)`, `hex(a)`: with the prefix of base 2, 8 or 16 after the sign.
pub fn to_prefixed(a: IntRef<'_>, radix: u32) -> String {
    let text = to_radix(a, radix);
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.as_str()),
    };
    format!("{sign}{}{digits}", prefix(radix))
}

/// `0b`, `0o` or `0x`; empty for other bases.
pub fn prefix(radix: u32) -> &'static str {
    match radix {
        2 => "0b",
        8 => "0o",
        16 => "0x",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, base: u32) -> Option<String> {
        parse_int(text.as_bytes(), base, DEFAULT_MAX_STR_DIGITS).ok().map(|value| value.to_string())
    }

    #[test]
    fn literals_python_accepts() {
        for (text, base, value) in [
            ("1_0", 10, "10"),
            ("0x_1", 16, "1"),
            ("0x_1", 0, "1"),
            ("00", 0, "0"),
            ("0_0", 0, "0"),
            ("z", 36, "35"),
            ("0b1", 2, "1"),
            ("0b1", 16, "177"),
            (" -12 ", 10, "-12"),
            ("-9223372036854775808", 10, "-9223372036854775808"),
            ("123_456_789_012_345_678_901_234", 10, "123456789012345678901234"),
            ("-0XFFFFFFFFFFFFFFFFF", 0, "-295147905179352825855"),
        ] {
            assert_eq!(parse(text, base).as_deref(), Some(value), "{text} {base}");
        }
    }

    #[test]
    fn literals_python_refuses() {
        for (text, base) in [
            ("", 10),
            ("abc", 10),
            ("1__0", 10),
            ("_1", 10),
            ("1_", 10),
            ("0_1", 0),
            ("01", 0),
            ("0b12", 0),
            ("1 2", 10),
            ("+ 1", 10),
            ("--1", 10),
            ("0x", 16),
            ("0x", 0),
            ("0x__1", 0),
            ("1\0", 10),
            ("\x1c1", 10),
            ("0o17", 2),
        ] {
            let expected = Err(ParseIntError::InvalidLiteral { base });
            assert_eq!(parse_int(text.as_bytes(), base, 0), expected, "{text} {base}");
        }
    }

    #[test]
    fn the_digit_limit() {
        let text = "1".repeat(5000);
        let error = parse_int(text.as_bytes(), 10, 4300).unwrap_err();
        let ParseIntError::Error(error) = error else { panic!("{error:?}") };
        assert_eq!(
            error.to_string(),
            "Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; \
             use sys.set_int_max_str_digits() to increase the limit"
        );
        assert!(parse_int(text.as_bytes(), 16, 4300).is_ok());
        assert!(parse_int(text.as_bytes(), 10, 0).is_ok());
        assert!(parse_int("1".repeat(4300).as_bytes(), 10, 4300).is_ok());
        let limit = IBig::from(10).pow(4300);
        assert!(to_decimal(IntRef::Big(&(&limit - IBig::ONE)), 4300).is_ok());
        assert!(to_decimal(IntRef::Big(&-(&limit - IBig::ONE)), 4300).is_ok());
        assert_eq!(
            to_decimal(IntRef::Big(&limit), 4300).unwrap_err().to_string(),
            "Exceeds the limit (4300 digits) for integer string conversion; \
             use sys.set_int_max_str_digits() to increase the limit"
        );
        assert!(to_decimal(IntRef::Big(&limit.pow(1000)), 4300).is_err());
    }

    #[test]
    fn bases() {
        assert_eq!(to_prefixed(IntRef::Small(-255), 16), "-0xff");
        assert_eq!(to_prefixed(IntRef::Small(i64::MIN), 2), format!("-0b1{}", "0".repeat(63)));
        assert_eq!(to_prefixed(IntRef::Big(&(IBig::ONE << 66)), 8), format!("0o1{}", "0".repeat(22)));
        assert_eq!(to_radix(IntRef::Small(-35), 36), "-z");
    }
}
