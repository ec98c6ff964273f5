//! `format(complex, spec)`.

use super::float::complex_part;
use super::layout::{Pieces, Separators, margins, write_number};
use super::{Align, FormatSpec, LocaleNumbers, SignStyle, unknown_kind};
use crate::number::complex::Complex;
use crate::number::error::NumberError;
use crate::text::TextBuilder;

/// Writes a complex number.
///
/// # Errors
/// `ValueError` for what does not suit complex numbers: zero padding, `=`, the integer and percent types.
pub fn format_complex(
    out: &mut TextBuilder,
    value: Complex,
    spec: &FormatSpec,
    type_name: &str,
    locale: &LocaleNumbers<'_>,
) -> Result<(), NumberError> {
    let unknown = || unknown_kind(spec.kind, type_name);
    // The type is looked at before the padding, the digits after it.
    if !matches!(char::from_u32(spec.kind), Some('\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n')) {
        return Err(unknown());
    }
    if spec.fill == u32::from('0') {
        return Err(NumberError::value("Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == Align::AfterSign {
        return Err(NumberError::value("'=' alignment flag is not allowed in complex format specifier"));
    }
    let re = complex_part(value.re, spec)?.ok_or_else(unknown)?;
    let im = complex_part(value.im, spec)?.ok_or_else(unknown)?;
    let is_plain = spec.kind == 0;
    let without_re = is_plain && value.re == 0.0 && value.re.is_sign_positive();
    let brackets = is_plain && !without_re;
    let separators = Separators::of(spec, locale);
    // The parts are laid out without padding, and the imaginary one with its sign after a real one.
    let part_spec = FormatSpec { width: None, ..*spec };
    let im_sign = if without_re { spec.sign } else { Some(SignStyle::Plus) };
    let mut body = TextBuilder::new();
    if brackets {
        body.push_str("(");
    }
    if !without_re {
        write_number(&mut body, Pieces::of_float(&re), &part_spec, &separators)?;
    }
    write_number(&mut body, Pieces::of_float(&im), &FormatSpec { sign: im_sign, ..part_spec }, &separators)?;
    body.push_str(if brackets { "j)" } else { "j" });
    let (before, after) = margins(spec, body.len())?;
    out.push_repeated(spec.fill, before);
    out.push_view(body.view());
    out.push_repeated(spec.fill, after);
    Ok(())
}
