//! `repr` of constants, for messages and for source made from trees.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::ast::{Constant, Text};

/// Whether `repr` shows a character as it is (`str.isprintable`).
pub(crate) fn is_printable(char: char) -> bool {
    char == ' '
        || !matches!(
            char.general_category(),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::Surrogate
                | GeneralCategory::PrivateUse
                | GeneralCategory::Unassigned
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
                | GeneralCategory::SpaceSeparator
        )
}

/// `repr` of a constant. Slices, code objects and frozen sets are no literals; they give their type's name.
pub(crate) fn repr(constant: &Constant) -> String {
    match constant {
        Constant::None => "None".to_owned(),
        Constant::Ellipsis => "Ellipsis".to_owned(),
        Constant::Bool(true) => "True".to_owned(),
        Constant::Bool(false) => "False".to_owned(),
        Constant::Int(value) => value.to_string(),
        Constant::Float(value) => float(*value),
        Constant::Complex(real, imag) => complex(*real, *imag),
        Constant::Str(text) => string(text),
        Constant::Bytes(bytes) => self::bytes(bytes),
        Constant::Tuple(items) => match &items[..] {
            [item] => format!("({},)", repr(item)),
            items => {
                let items: Vec<String> = items.iter().map(repr).collect();
                format!("({})", items.join(", "))
            }
        },
        other => other.type_name().to_owned(),
    }
}

/// `repr` of a string.
pub(crate) fn string(text: &Text) -> String {
    let quote = choose_quote(text.as_bytes());
    let mut out = String::from(quote);
    for point in text.code_points() {
        match char::from_u32(point) {
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(char) if char == quote => out.extend(['\\', char]),
            Some(char) if is_printable(char) => out.push(char),
            _ if point < 0x100 => out.push_str(&format!("\\x{point:02x}")),
            _ if point < 0x1_0000 => out.push_str(&format!("\\u{point:04x}")),
            _ => out.push_str(&format!("\\U{point:08x}")),
        }
    }
    out.push(quote);
    out
}

/// `repr` of bytes.
pub(crate) fn bytes(bytes: &[u8]) -> String {
    let quote = choose_quote(bytes);
    let mut out = format!("b{quote}");
    for &byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b' '..=b'~' if char::from(byte) == quote => out.extend(['\\', quote]),
            b' '..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push(quote);
    out
}

/// Double quotes for text with single ones only.
fn choose_quote(text: &[u8]) -> char {
    if text.contains(&b'\'') && !text.contains(&b'"') {
        '"'
    } else {
        '\''
    }
}

/// `repr` of a float: the shortest digits that read back the same, with an exponent below 1e-4 and from 1e16 on.
pub(crate) fn float(value: f64) -> String {
    let text = plain_float(value);
    if value.is_finite() && !text.contains(['.', 'e']) {
        text + ".0"
    } else {
        text
    }
}

/// `repr` of a complex number.
pub(crate) fn complex(real: f64, imag: f64) -> String {
    if real == 0.0 && real.is_sign_positive() {
        return format!("{}j", plain_float(imag));
    }
    let sign = if imag.is_sign_negative() && !imag.is_nan() {
        ""
    } else {
        "+"
    };
    format!("({}{sign}{}j)", plain_float(real), plain_float(imag))
}

fn plain_float(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..16).contains(&exponent) {
        return format!("{value}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (value, text) in [
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (1.5e-5, "1.5e-05"),
            (0.0001, "0.0001"),
            (1e300, "1e+300"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(float(value), text);
        }
        assert_eq!(complex(0.0, 1.0), "1j");
        assert_eq!(complex(-0.0, -1.5), "(-0-1.5j)");
    }

    #[test]
    fn texts() {
        let text = Text::from_code_points([0x27, 0xE9, 0xA0, 0xD800, 0x0A]).unwrap();
        assert_eq!(string(&text), "\"'\u{e9}\\xa0\\ud800\\n\"");
        assert_eq!(bytes(b"a'\"\xff"), "b'a\\'\"\\xff'");
    }
}
