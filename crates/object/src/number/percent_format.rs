//! Numbers under the `%` operator: one directive's flags, width and precision applied to one value.
//!
//! The caller parses the directive and converts the operand; text directives (`%s`, `%r`, `%a`) are not here.

use super::bigint::IntRef;
use super::error::{NumberError, check_room};
use super::float_text::{self, FloatForm, FormatFlags};
use super::int_text::{prefix, to_decimal, to_radix};

/// A directive: `%[flags][width][.precision]conversion`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Directive {
    /// `-`: padding goes after the value.
    pub left: bool,
    /// `+`: a plus before numbers that are not negative.
    pub plus: bool,
    /// Space: a space before numbers that are not negative; `+` goes first.
    pub space: bool,
    /// `#`: prefixes of base 8 and 16, the decimal point always.
    pub alternate: bool,
    /// `0`: padding is zeros after the sign and prefix.
    pub zero: bool,
    /// The smallest width.
    pub width: usize,
    /// The precision, if there is one.
    pub precision: Option<usize>,
    /// The conversion letter.
    pub conversion: u8,
}

/// Precision of the float conversions, if none is given.
const DEFAULT_PRECISION: usize = 6;

/// The greatest precision of integers.
const MAX_INT_PRECISION: usize = i32::MAX as usize - 3;

/// An integer under `d`, `i`, `u`, `o`, `x` or `X`; `max_digits` is the limit on decimal digits (0: none).
///
/// # Errors
/// `OverflowError` for a precision beyond C's int, `ValueError` for too many digits, `MemoryError`.
pub fn format_int(value: IntRef<'_>, directive: &Directive, max_digits: usize) -> Result<String, NumberError> {
    let precision = directive.precision.unwrap_or(0);
    if precision > MAX_INT_PRECISION {
        return Err(NumberError::overflow("precision too large"));
    }
    let radix = match directive.conversion {
        b'o' => 8,
        b'x' | b'X' => 16,
        _ => 10,
    };
    let text = if radix == 10 { to_decimal(value, max_digits)? } else { to_radix(value, radix) };
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.as_str()),
    };
    let prefix = if directive.alternate { prefix(radix) } else { "" };
    let zeros = precision.saturating_sub(digits.len());
    check_room(zeros as u128)?;
    let digits = "0".repeat(zeros) + digits;
    let mut out = lay_out(negative, prefix, &digits, directive)?;
    if directive.conversion == b'X' {
        out.make_ascii_uppercase();
    }
    Ok(out)
}

/// A float under `e`, `E`, `f`, `F`, `g` or `G`.
///
/// # Errors
/// `ValueError` for a precision beyond C's int, `MemoryError`.
pub fn format_float(value: f64, directive: &Directive) -> Result<String, NumberError> {
    let form = match directive.conversion.to_ascii_lowercase() {
        b'e' => FloatForm::Exponent,
        b'f' => FloatForm::Fixed,
        _ => FloatForm::General,
    };
    let flags = FormatFlags {
        upper: directive.conversion.is_ascii_uppercase(),
        alternate: directive.alternate,
        ..FormatFlags::default()
    };
    let precision = directive.precision.unwrap_or(DEFAULT_PRECISION);
    let text = float_text::format_float(value, form, precision, flags)?;
    match text.strip_prefix('-') {
        Some(digits) => lay_out(true, "", digits, directive),
        None => lay_out(false, "", &text, directive),
    }
}

/// Sign, prefix and digits in the directive's width.
fn lay_out(negative: bool, prefix: &str, digits: &str, directive: &Directive) -> Result<String, NumberError> {
    let sign = match (negative, directive.plus, directive.space) {
        (true, ..) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        (false, false, false) => "",
    };
    let padding = directive.width.saturating_sub(sign.len() + prefix.len() + digits.len());
    check_room(padding as u128)?;
    let fill = |fill: &str, wanted: bool| fill.repeat(if wanted { padding } else { 0 });
    Ok([
        fill(" ", !directive.left && !directive.zero).as_str(),
        sign,
        prefix,
        fill("0", !directive.left && directive.zero).as_str(),
        digits,
        fill(" ", directive.left).as_str(),
    ]
    .concat())
}

/// The character that an integer stands for under `%c`, in text (`is_bytes` false) or bytes.
///
/// # Errors
/// `OverflowError` outside Unicode or a byte.
pub fn character(value: IntRef<'_>, is_bytes: bool) -> Result<u32, NumberError> {
    let (end, text) = if is_bytes { (0x100, "%c arg not in range(256)") } else { (0x11_0000, "%c arg not in range(0x110000)") };
    match value.to_i64() {
        Some(code) if (0..end).contains(&code) => Ok(code as u32),
        _ => Err(NumberError::overflow(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a directive the simple way.
    fn directive(text: &str) -> Directive {
        let mut directive = Directive::default();
        let body = text.trim_start_matches(|c| {
            match c {
                '-' => directive.left = true,
                '+' => directive.plus = true,
                ' ' => directive.space = true,
                '#' => directive.alternate = true,
                '0' => directive.zero = true,
                _ => return false,
            }
            true
        });
        let (numbers, conversion) = body.split_at(body.len() - 1);
        directive.conversion = conversion.as_bytes()[0];
        let (width, precision) = match numbers.split_once('.') {
            Some((width, precision)) => (width, Some(precision.parse().unwrap_or(0))),
            None => (numbers, None),
        };
        directive.width = width.parse().unwrap_or(0);
        directive.precision = precision;
        directive
    }

    #[test]
    fn integers() {
        for (text, value, expected) in [
            ("#x", -255, "-0xff"),
            ("#o", 8, "0o10"),
            ("#X", 255, "0XFF"),
            ("+.5d", -3, "-00003"),
            (" d", 3, " 3"),
            ("-+5d", 3, "+3   "),
            ("05d", -3, "-0003"),
            ("05.3d", -3, "-0003"),
            ("#08x", -255, "-0x000ff"),
            ("#8x", 255, "    0xff"),
            ("-#8x", 255, "0xff    "),
            ("#.5x", 255, "0x000ff"),
            (".0d", 0, "0"),
            ("#.0x", 0, "0x0"),
            ("#.3o", 8, "0o010"),
            ("-05d", 3, "3    "),
        ] {
            assert_eq!(format_int(IntRef::Small(value), &directive(text), 0).as_deref(), Ok(expected), "{text}");
        }
        let precise = Directive { precision: Some(2147483646), conversion: b'd', ..Directive::default() };
        assert_eq!(format_int(IntRef::Small(0), &precise, 0), Err(NumberError::overflow("precision too large")));
    }

    #[test]
    fn floats() {
        for (text, value, expected) in [
            ("08.3f", -1.5, "-001.500"),
            ("+f", f64::INFINITY, "+inf"),
            ("05f", f64::INFINITY, "00inf"),
            ("05f", f64::NEG_INFINITY, "-0inf"),
            ("F", f64::NAN, "NAN"),
            ("#.0f", 1.0, "1."),
            ("#g", 1.0, "1.00000"),
            (".0e", 15.0, "2e+01"),
            ("010.3e", -1e100, "-1.000e+100"),
            (" .3g", f64::NAN, " nan"),
            ("-10.2E|", 1.0, "1.00E+00  "),
        ] {
            let text = text.trim_end_matches('|');
            assert_eq!(format_float(value, &directive(text)).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn characters() {
        assert_eq!(character(IntRef::Small(0x10ffff), false), Ok(0x10ffff));
        assert!(character(IntRef::Small(-1), false).is_err());
        assert_eq!(character(IntRef::Small(256), true), Err(NumberError::overflow("%c arg not in range(256)")));
    }
}
