//! `format(int, spec)`.

use super::layout::{Pieces, Separators, margins, write_number};
use super::{FormatSpec, LocaleNumbers, unknown_kind};
use crate::number::bigint::{IntRef, convert};
use crate::number::error::NumberError;
use crate::number::int_text::{prefix, to_decimal, to_radix};
use crate::text::TextBuilder;

/// Writes an integer. `max_digits` is the limit on decimal digits (0: none); `type_name` the value's type.
///
/// # Errors
/// `ValueError` for what does not suit integers, `OverflowError` for `c` outside Unicode and for float types
/// beyond the floats.
pub fn format_int(
    out: &mut TextBuilder,
    value: IntRef<'_>,
    spec: &FormatSpec,
    type_name: &str,
    locale: &LocaleNumbers<'_>,
    max_digits: usize,
) -> Result<(), NumberError> {
    let kind = char::from_u32(spec.kind).unwrap_or('\0');
    let radix = match kind {
        'd' | 'n' => 10,
        'b' => 2,
        'o' => 8,
        'x' | 'X' => 16,
        'c' => {
            check_integer_spec(spec)?;
            return format_character(out, value, spec);
        }
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => {
            return super::format_float(out, convert::to_f64(value)?, spec, type_name, locale);
        }
        _ => return Err(unknown_kind(spec.kind, type_name)),
    };
    check_integer_spec(spec)?;
    let mut text = if radix == 10 { to_decimal(value, max_digits)? } else { to_radix(value, radix) };
    let mut prefix = if spec.alternate { prefix(radix) } else { "" };
    if kind == 'X' {
        text.make_ascii_uppercase();
        if spec.alternate {
            prefix = "0X";
        }
    }
    let (negative, whole) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.as_str()),
    };
    let pieces = Pieces { negative, prefix, whole, ..Pieces::default() };
    write_number(out, pieces, spec, &Separators::of(spec, locale))
}

fn check_integer_spec(spec: &FormatSpec) -> Result<(), NumberError> {
    if spec.precision.is_some() {
        return Err(NumberError::value("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(NumberError::value("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    Ok(())
}

fn format_character(out: &mut TextBuilder, value: IntRef<'_>, spec: &FormatSpec) -> Result<(), NumberError> {
    if spec.sign.is_some() {
        return Err(NumberError::value("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(NumberError::value("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let code_point = match value.to_i64() {
        Some(code_point @ 0..=0x10_ffff) => code_point as u32,
        None => {
            return Err(NumberError::overflow("Python int too large to convert to C long"));
        }
        _ => return Err(NumberError::overflow("%c arg not in range(0x110000)")),
    };
    // Without sign and digits, padding after the sign is padding before.
    let (before, after) = match spec.align {
        super::Align::AfterSign => margins(&FormatSpec { align: super::Align::Right, ..*spec }, 1)?,
        _ => margins(spec, 1)?,
    };
    out.push_repeated(spec.fill, before);
    out.push(code_point);
    out.push_repeated(spec.fill, after);
    Ok(())
}
