//! Specifications with what CPython 3.14 makes of them.

use super::*;
use crate::number::bigint::IntRef;
use crate::number::complex::Complex;
use crate::text::{TextBuf, TextBuilder};

enum Subject {
    Int(i64),
    Float(f64),
    Complex(f64, f64),
    Str(&'static str),
}
use Subject::{Complex as C, Float as F, Int as I, Str as S};

fn apply(subject: &Subject, spec: &str, locale: &LocaleNumbers<'_>) -> Result<String, String> {
    let text = TextBuf::from(spec);
    let mut out = TextBuilder::new();
    let mut go = || match subject {
        I(value) => {
            let spec = parse(text.view(), "int", Defaults::INT)?;
            format_int(&mut out, IntRef::Small(*value), &spec, "int", locale, 4300)
        }
        F(value) => {
            let spec = parse(text.view(), "float", Defaults::FLOAT)?;
            format_float(&mut out, *value, &spec, "float", locale)
        }
        C(re, im) => {
            let spec = parse(text.view(), "complex", Defaults::FLOAT)?;
            format_complex(&mut out, Complex::new(*re, *im), &spec, "complex", locale)
        }
        S(value) => {
            let spec = parse(text.view(), "str", Defaults::STR)?;
            format_string(&mut out, TextBuf::from(*value).view(), &spec, "str")
        }
    };
    match go() {
        Ok(()) => Ok(out.view().to_str_lossy().into_owned()),
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn results() {
    for (subject, spec, expected) in [
        (I(1234567), "010,d", "01,234,567"),
        (I(1234567), "015,d", "000,001,234,567"),
        (I(1234567), "016,d", "0,000,001,234,567"),
        (I(1234567), "#020_x", "0x000_0000_0012_d687"),
        (I(-1234567), "=+20,", "-          1,234,567"),
        (I(5), "0<5", "50000"),
        (I(5), "٣d", "  5"),
        (I(255), "#X", "0XFF"),
        (I(97), "^5c", "  a  "),
        (I(97), "05c", "0000a"),
        (I(1), ".,f", "1.000,000"),
        (F(1234.56789), ".7_e", "1.234_567_9e+03"),
        (F(1234.56789), ".7,f", "1234.567,890,0"),
        (F(1.5), "010,", "0,000,001.5"),
        (F(f64::INFINITY), "010,", "0000000inf"),
        (F(f64::NAN), "+010", "+000000nan"),
        (F(1e16), "#", "1.e+16"),
        (F(1.5), "#.0", "2.e+00"),
        (F(123.0), ".2", "1.2e+02"),
        (F(-0.01), "z.1f", "0.0"),
        (F(1.0), "%", "100.000000%"),
        (F(123456.789), "012,.2f", "0,123,456.79"),
        (C(1.0, 2.0), "", "(1+2j)"),
        (C(1.0, 2.0), "^20g", "        1+2j        "),
        (C(0.0, 2.0), "<10.1f", "0.0+2.0j  "),
        (C(1.0, 2.0), "#", "(1.+2.j)"),
        (S("abc"), "*^7.1", "***a***"),
        (S("a"), "05", "a0000"),
        (S("aé\u{1f600}"), "\u{1f600}>5", "\u{1f600}\u{1f600}aé\u{1f600}"),
    ] {
        assert_eq!(apply(&subject, spec, &LocaleNumbers::C).as_deref(), Ok(expected), "{spec}");
    }
}

#[test]
fn errors() {
    for (subject, spec, expected) in [
        (I(1), ".5", "Precision not allowed in integer format specifier"),
        (I(1), ",n", "Cannot specify ',' with 'n'."),
        (I(1), "_c", "Cannot specify '_' with 'c'."),
        (I(1), ".,n", "Cannot specify ',' with 'n'."),
        (I(1), "_,", "Cannot specify both ',' and '_'."),
        (I(1), ".1,,", "Unknown format code ',' for object of type 'int'"),
        (I(1), ".", "Format specifier missing precision"),
        (I(1), "5.5.5", "Invalid format specifier '5.5.5' for object of type 'int'"),
        (I(-1), "c", "%c arg not in range(0x110000)"),
        (I(1), "s", "Unknown format code 's' for object of type 'int'"),
        (I(1), "99999999999999999999d", "Too many decimal digits in format string"),
        (F(1.0), ",\x01", "Cannot specify ',' with '\\x1'."),
        (F(1.0), ".2147483648f", "precision too big"),
        (F(1.5), "d", "Unknown format code 'd' for object of type 'float'"),
        (C(1.0, 0.0), "05", "Zero padding is not allowed in complex format specifier"),
        (C(1.0, 0.0), "=5", "'=' alignment flag is not allowed in complex format specifier"),
        (C(1.0, 0.0), "%", "Unknown format code '%' for object of type 'complex'"),
        (S("a"), " ", "Space not allowed in string format specifier"),
        (S("a"), "=3", "'=' alignment not allowed in string format specifier"),
        (S("a"), "\u{1234}", "Unknown format code '\\x1234' for object of type 'str'"),
    ] {
        assert_eq!(apply(&subject, spec, &LocaleNumbers::C), Err(expected.to_owned()), "{spec}");
    }
}

#[test]
fn locales() {
    let german = LocaleNumbers { decimal_point: ",", thousands_separator: ".", grouping: &[3, 3] };
    assert_eq!(apply(&I(1234567), "n", &german).as_deref(), Ok("1.234.567"));
    assert_eq!(apply(&F(1234.5), "n", &german).as_deref(), Ok("1.234,5"));
    let indian = LocaleNumbers { decimal_point: ".", thousands_separator: "\u{202f}", grouping: &[3, 2] };
    assert_eq!(apply(&I(123456789), "n", &indian).as_deref(), Ok("12\u{202f}34\u{202f}56\u{202f}789"));
    let ending = LocaleNumbers { decimal_point: ".", thousands_separator: ",", grouping: &[3, 127] };
    assert_eq!(apply(&I(123456789), "n", &ending).as_deref(), Ok("123456,789"));
}
