//! Text to float: the grammar of `float()`; the conversion itself is the standard library's, which is correctly
//! rounded for any length.
//!
//! Text is given as bytes whose digits and spaces are already mapped to ASCII, by
//! [`to_ascii_numeral`](crate::text::strings::numeral::to_ascii_numeral).

use crate::number::int_text::trim_spaces;
use std::borrow::Cow;

/// The text is not a float: `ValueError`, "could not convert string to float: " and the text's `repr`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseFloatError;

/// `float(text)`.
pub fn parse_float(text: &[u8]) -> Result<f64, ParseFloatError> {
    let text = strip_underscores(trim_spaces(text)).ok_or(ParseFloatError)?;
    match parse_float_prefix(&text) {
        Some((value, used)) if used == text.len() => Ok(value),
        _ => Err(ParseFloatError),
    }
}

/// Removes the underscores of `1_000.5`; `None` if one stands elsewhere than between two digits.
pub fn strip_underscores(text: &[u8]) -> Option<Cow<'_, [u8]>> {
    if !text.contains(&b'_') {
        return Some(Cow::Borrowed(text));
    }
    let mut previous = 0u8;
    let mut stripped = Vec::with_capacity(text.len());
    for &byte in text {
        match byte {
            b'_' if !previous.is_ascii_digit() => return None,
            b'_' => {}
            _ if previous == b'_' && !byte.is_ascii_digit() => return None,
            _ => stripped.push(byte),
        }
        previous = byte;
    }
    (previous != b'_').then_some(Cow::Owned(stripped))
}

/// The longest float at the start of the text (no spaces, no underscores) and its length: `PyOS_string_to_double`.
pub fn parse_float_prefix(text: &[u8]) -> Option<(f64, usize)> {
    let sign_length = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let negative = text.first() == Some(&b'-');
    let body = &text[sign_length..];
    let signed = |x: f64| if negative { -x } else { x };
    for (name, value) in [(&b"infinity"[..], f64::INFINITY), (b"inf", f64::INFINITY), (b"nan", f64::NAN)] {
        if body.len() >= name.len() && body[..name.len()].eq_ignore_ascii_case(name) {
            return Some((signed(value), sign_length + name.len()));
        }
    }
    let length = decimal_length(body)?;
    let decimal = std::str::from_utf8(&body[..length]).ok()?;
    Some((signed(decimal.parse().ok()?), sign_length + length))
}

/// The length of the unsigned decimal at the start: digits with at most one point, an exponent if it is whole.
fn decimal_length(text: &[u8]) -> Option<usize> {
    let digits_from = |start: usize| text[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = digits_from(0);
    let mut end = whole;
    let mut fraction = 0;
    if text.get(end) == Some(&b'.') {
        fraction = digits_from(end + 1);
        end += 1 + fraction;
    }
    if whole + fraction == 0 {
        return None;
    }
    if matches!(text.get(end), Some(b'e' | b'E')) {
        let start = end + 1 + usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        let exponent = if start <= text.len() { digits_from(start) } else { 0 };
        if exponent > 0 {
            end = start + exponent;
        }
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar() {
        for (text, value) in [
            (" 1_0 ", 10.0),
            ("5.", 5.0),
            (".5", 0.5),
            ("1_0.2_5e1_0", 10.25e10),
            ("+Inf", f64::INFINITY),
            ("-infinity", f64::NEG_INFINITY),
            ("1e400", f64::INFINITY),
            ("1e-99999999999999999999", 0.0),
            ("\t1\n", 1.0),
        ] {
            assert_eq!(parse_float(text.as_bytes()), Ok(value), "{text}");
        }
        assert!(parse_float(b"-nan").unwrap().is_nan());
        assert!(parse_float(b"-0").unwrap().is_sign_negative());
        for text in [
            "", " ", "abc", "1__0", "_1", "1_", "1e_1", "1._1", "1_.1", "infinit", "0x1p3", "1e", ".", "1 2", "+-1", "1\0",
            "in_f", "e5",
        ] {
            assert_eq!(parse_float(text.as_bytes()), Err(ParseFloatError), "{text}");
        }
    }

    #[test]
    fn prefixes_end_where_the_float_ends() {
        assert_eq!(parse_float_prefix(b"1.5e+j"), Some((1.5, 3)));
        assert_eq!(parse_float_prefix(b"-2e3-4j"), Some((-2000.0, 4)));
        assert_eq!(parse_float_prefix(b"infj"), Some((f64::INFINITY, 3)));
        assert_eq!(parse_float_prefix(b"j"), None);
    }
}
