//! Python's `repr` of constants.

use std::fmt::{self, Write};
use std::sync::Arc;

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::code::CodeObject;
use crate::constant::Constant;
use crate::text::Text;

/// As `repr()` in Python; members of frozen sets in the order in which they stand.
impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Constant::None => f.write_str("None"),
            Constant::Ellipsis => f.write_str("Ellipsis"),
            Constant::StopIteration => f.write_str("<class 'StopIteration'>"),
            Constant::Bool(true) => f.write_str("True"),
            Constant::Bool(false) => f.write_str("False"),
            Constant::Int(value) => write!(f, "{value}"),
            Constant::Float(value) => f.write_str(&float_repr(*value)),
            Constant::Complex(real, imag) => f.write_str(&complex_repr(*real, *imag)),
            Constant::Str(text) => f.write_str(&str_repr(text)),
            Constant::Bytes(bytes) => f.write_str(&bytes_repr(bytes)),
            Constant::Tuple(items) => match &items[..] {
                [item] => write!(f, "({item},)"),
                items => list(f, "(", items, ")"),
            },
            Constant::FrozenSet(items) if items.is_empty() => f.write_str("frozenset()"),
            Constant::FrozenSet(items) => list(f, "frozenset({", items, "})"),
            Constant::Slice(parts) => list(f, "slice(", &parts[..], ")"),
            Constant::Code(code) => f.write_str(&code_repr(code)),
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, open: &str, items: &[Constant], close: &str) -> fmt::Result {
    f.write_str(open)?;
    for (place, item) in items.iter().enumerate() {
        let comma = if place > 0 { ", " } else { "" };
        write!(f, "{comma}{item}")?;
    }
    f.write_str(close)
}

/// `<code object f at 0x7f…, file "x.py", line 3>`
pub fn code_repr(code: &Arc<CodeObject>) -> String {
    let CodeObject { name, filename, firstlineno, .. } = &**code;
    format!("<code object {name} at {:p}, file \"{filename}\", line {firstlineno}>", Arc::as_ptr(code))
}

/// The shortest text that reads as the same float, with `.0` where it would look like an int.
pub fn float_repr(value: f64) -> String {
    let mut text = shortest(value);
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        text.push_str(".0");
    }
    text
}

/// `(1+2j)`, or `2j` when the real part is a positive zero.
pub fn complex_repr(real: f64, imag: f64) -> String {
    if real == 0.0 && real.is_sign_positive() {
        return format!("{}j", shortest(imag));
    }
    let sign = if imag.is_nan() || imag.is_sign_positive() { "+" } else { "" };
    format!("({}{sign}{}j)", shortest(real), shortest(imag))
}

/// The shortest digits that read as the same float, with an exponent below -4 and from 16 up.
fn shortest(value: f64) -> String {
    if value.is_nan() {
        return "nan".into();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let value = value.abs();
    if value.is_infinite() {
        return format!("{sign}inf");
    }
    let (digits, exponent) = split_scientific(&format!("{value:e}"));
    let digits = even_of_tie(value, digits.len()).unwrap_or(digits);
    let (first, rest) = digits.split_at(1);
    match exponent {
        -4..0 => format!("{sign}0.{}{digits}", "0".repeat((-1 - exponent) as usize)),
        0..16 => match rest.split_at_checked(exponent as usize) {
            Some((whole, fraction)) if !fraction.is_empty() => {
                format!("{sign}{first}{whole}.{fraction}")
            }
            _ => format!("{sign}{digits}{}", "0".repeat(exponent as usize - rest.len())),
        },
        _ => {
            let point = if rest.is_empty() { "" } else { "." };
            let exponent_sign = if exponent < 0 { '-' } else { '+' };
            format!("{sign}{first}{point}{rest}e{exponent_sign}{:02}", exponent.abs())
        }
    }
}

/// The digits and the exponent of a text like `1.5e-7`.
fn split_scientific(text: &str) -> (String, i32) {
    let (mantissa, exponent) = text.split_once('e').expect("the format has an exponent");
    (mantissa.replace('.', ""), exponent.parse().expect("the exponent is a number"))
}

/// Where the value lies exactly between two texts of so many digits, Rust takes the upper one and Python the even one: this
/// gives the lower one's digits if they are even and read as the same value.
fn even_of_tie(value: f64, length: usize) -> Option<String> {
    let (digits, exponent) = split_scientific(&format!("{value:.*e}", length + 25));
    let (kept, rest) = digits.split_at(length);
    let tie = rest.starts_with('5') && rest[1..].bytes().all(|digit| digit == b'0');
    let even = kept.bytes().last().is_some_and(|digit| digit % 2 == 0);
    let reads_as = || format!("{kept}e{}", exponent + 1 - length as i32).parse();
    (tie && even && reads_as() == Ok(value)).then(|| kept.into())
}

/// Which quote Python writes around text: the double one only where that saves escapes.
fn quote(single: bool, double: bool) -> char {
    if single && !double { '"' } else { '\'' }
}

/// A string literal of the text.
pub fn str_repr(text: &Text) -> String {
    let bytes = text.as_bytes();
    let quote = quote(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let mut repr = String::with_capacity(bytes.len() + 2);
    repr.push(quote);
    for point in text.code_points() {
        match char::from_u32(point) {
            Some('\n') => repr.push_str("\\n"),
            Some('\r') => repr.push_str("\\r"),
            Some('\t') => repr.push_str("\\t"),
            Some('\\') => repr.push_str("\\\\"),
            Some(char) if char == quote => repr.extend(['\\', char]),
            Some(char) if is_printable(char) => repr.push(char),
            _ => escape(&mut repr, point),
        }
    }
    repr.push(quote);
    repr
}

fn escape(repr: &mut String, point: u32) {
    let result = match point {
        0..0x100 => write!(repr, "\\x{point:02x}"),
        0x100..0x1_0000 => write!(repr, "\\u{point:04x}"),
        _ => write!(repr, "\\U{point:08x}"),
    };
    result.expect("strings take all writes");
}

/// Python's `str.isprintable` for one character.
pub fn is_printable(char: char) -> bool {
    use GeneralCategory::*;
    if char.is_ascii() {
        return !char.is_ascii_control();
    }
    !matches!(
        char.general_category(),
        Control | Format | Surrogate | PrivateUse | Unassigned | LineSeparator | ParagraphSeparator | SpaceSeparator
    )
}

/// A bytes literal.
pub fn bytes_repr(bytes: &[u8]) -> String {
    let quote = quote(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let mut repr = String::with_capacity(bytes.len() + 3);
    repr.extend(['b', quote]);
    for &byte in bytes {
        match byte {
            b'\n' => repr.push_str("\\n"),
            b'\r' => repr.push_str("\\r"),
            b'\t' => repr.push_str("\\t"),
            b'\\' => repr.push_str("\\\\"),
            b' '..=b'~' => {
                if char::from(byte) == quote {
                    repr.push('\\');
                }
                repr.push(char::from(byte));
            }
            _ => escape(&mut repr, u32::from(byte)),
        }
    }
    repr.push(quote);
    repr
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let cases = [
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (123456789012345.6, "123456789012345.6"),
            (1e15, "1000000000000000.0"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1.5e300, "1.5e+300"),
            (2f64.powi(-25), "2.9802322387695312e-08"),
            (9007199254740993.0, "9007199254740992.0"),
            (5e-324, "5e-324"),
            (f64::INFINITY, "inf"),
            (f64::NAN, "nan"),
        ];
        for (value, text) in cases {
            assert_eq!(float_repr(value), text);
        }
        assert_eq!(complex_repr(0.0, 2.0), "2j");
        assert_eq!(complex_repr(-0.0, 2.5), "(-0+2.5j)");
        assert_eq!(complex_repr(1.0, -0.0), "(1-0j)");
        assert_eq!(complex_repr(f64::INFINITY, f64::NAN), "(inf+nanj)");
    }

    #[test]
    fn text() {
        let cases = [
            ("it's", "\"it's\""),
            ("\"it's\"", "'\"it\\'s\"'"),
            ("a\\\n\t\u{7f}\u{a0}é", "'a\\\\\\n\\t\\x7f\\xa0é'"),
            ("\u{200b}\u{e000}\u{1F600}\u{E0001}", "'\\u200b\\ue000\u{1F600}\\U000e0001'"),
        ];
        for (text, repr) in cases {
            assert_eq!(str_repr(&text.into()), repr);
        }
        assert_eq!(str_repr(&Text::from_code_points([0xD800]).unwrap()), "'\\ud800'");
        assert_eq!(bytes_repr(b"\0'\xff\n"), "b\"\\x00'\\xff\\n\"");
    }

    #[test]
    fn containers() {
        let items = [Constant::int(1), Constant::str("a")];
        assert_eq!(Constant::Tuple(items.clone().into()).to_string(), "(1, 'a')");
        assert_eq!(Constant::Tuple(Arc::from(&items[..1])).to_string(), "(1,)");
        assert_eq!(Constant::Tuple(Arc::from([])).to_string(), "()");
        assert_eq!(Constant::FrozenSet(items.into()).to_string(), "frozenset({1, 'a'})");
        let slice = Constant::Slice(Arc::new([Constant::None, Constant::int(2), Constant::None]));
        assert_eq!(slice.to_string(), "slice(None, 2, None)");
    }
}
