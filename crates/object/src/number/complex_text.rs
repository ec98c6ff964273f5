//! Complex numbers from and to text.

use super::complex::Complex;
use super::error::NumberError;
use super::float_text::{FloatForm, FormatFlags, format_float, parse_float_prefix, strip_underscores};
use super::int_text::is_space;

/// `repr(z)`.
pub fn repr(z: Complex) -> String {
    let part = |x: f64, sign: bool| {
        let flags = FormatFlags { sign, ..FormatFlags::default() };
        // The shortest form has no precision that could ask for too much.
        format_float(x, FloatForm::Shortest, 0, flags).unwrap_or_default()
    };
    if z.re == 0.0 && z.re.is_sign_positive() {
        format!("{}j", part(z.im, false))
    } else {
        format!("({}{}j)", part(z.re, false), part(z.im, true))
    }
}

/// Why a text is no complex number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseComplexError {
    /// `ValueError`, "could not convert string to complex: " and the text's `repr`: misplaced underscores.
    Underscores,
    /// An error whose text is complete.
    Error(NumberError),
}

/// `complex(text)`: `complex_from_string_inner`; the text is mapped to ASCII as for `float`.
pub fn parse_complex(text: &[u8]) -> Result<Complex, ParseComplexError> {
    let text = strip_underscores(text).ok_or(ParseComplexError::Underscores)?;
    parse_plain(&text).ok_or(ParseComplexError::Error(NumberError::value("complex() arg is a malformed string")))
}

fn skip_spaces(text: &[u8]) -> &[u8] {
    let spaces = text.iter().take_while(|byte| is_space(**byte)).count();
    &text[spaces..]
}

fn parse_plain(text: &[u8]) -> Option<Complex> {
    let mut rest = skip_spaces(text);
    let bracket = rest.first() == Some(&b'(');
    if bracket {
        rest = skip_spaces(&rest[1..]);
    }
    let is_j = |rest: &[u8]| matches!(rest.first(), Some(b'j' | b'J'));
    let value = if let Some((first, used)) = parse_float_prefix(rest) {
        rest = &rest[used..];
        if matches!(rest.first(), Some(b'+' | b'-')) {
            let imaginary = read_imaginary(&mut rest);
            is_j(rest).then_some(())?;
            rest = &rest[1..];
            Complex::new(first, imaginary)
        } else if is_j(rest) {
            rest = &rest[1..];
            Complex::new(0.0, first)
        } else {
            Complex::new(first, 0.0)
        }
    } else {
        // Only a sign may stand for the number one.
        let imaginary = match rest.first() {
            Some(b'+' | b'-') => read_imaginary(&mut rest),
            _ => 1.0,
        };
        is_j(rest).then_some(())?;
        rest = &rest[1..];
        Complex::new(0.0, imaginary)
    };
    rest = skip_spaces(rest);
    if bracket {
        rest = skip_spaces(rest.strip_prefix(b")")?);
    }
    rest.is_empty().then_some(value)
}

/// A signed float, or the sign alone for plus or minus one; the text starts with a sign.
fn read_imaginary(rest: &mut &[u8]) -> f64 {
    if let Some((value, used)) = parse_float_prefix(rest) {
        *rest = &rest[used..];
        return value;
    }
    let value = if rest[0] == b'-' { -1.0 } else { 1.0 };
    *rest = &rest[1..];
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing() {
        for (re, im, text) in [
            (0.0, 1.0, "1j"),
            (1.0, 2.0, "(1+2j)"),
            (-0.0, 0.0, "(-0+0j)"),
            (0.0, -0.0, "-0j"),
            (f64::NAN, f64::NEG_INFINITY, "(nan-infj)"),
            (1e16, 1e-5, "(1e+16+1e-05j)"),
            (0.5, f64::NAN, "(0.5+nanj)"),
        ] {
            assert_eq!(repr(Complex::new(re, im)), text);
        }
    }

    #[test]
    fn reading() {
        for (text, re, im) in [
            (" ( 1+2j ) ", 1.0, 2.0),
            ("j", 0.0, 1.0),
            ("-j", 0.0, -1.0),
            ("1-j", 1.0, -1.0),
            ("1_0+2_0j", 10.0, 20.0),
            ("1e5j", 0.0, 1e5),
            ("inf-infj", f64::INFINITY, f64::NEG_INFINITY),
            ("(j)", 0.0, 1.0),
            ("2.5", 2.5, 0.0),
        ] {
            assert_eq!(parse_complex(text.as_bytes()), Ok(Complex::new(re, im)), "{text}");
        }
        for text in ["", "abc", "1 + 2j", "1+2", "1+j2", "1+-2j", "++j", "1j+2", "()", "(1+2j", "1+2j)", "1 j", "1e"] {
            assert!(matches!(parse_complex(text.as_bytes()), Err(ParseComplexError::Error(_))), "{text}");
        }
        assert_eq!(parse_complex(b"_1"), Err(ParseComplexError::Underscores));
    }
}
