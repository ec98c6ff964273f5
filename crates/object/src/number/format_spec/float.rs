//! `format(float, spec)`.

use super::layout::{Pieces, Separators, write_number};
use super::{FormatSpec, LocaleNumbers, unknown_kind};
use crate::number::error::NumberError;
use crate::number::float_text::{self, FloatForm, FormatFlags};
use crate::text::TextBuilder;

/// Precision of the forms that have one, if none is given.
const DEFAULT_PRECISION: usize = 6;

/// A type letter's form and flags.
struct Kind {
    form: FloatForm,
    precision: usize,
    flags: FormatFlags,
    percent: bool,
}

fn kind_of(spec: &FormatSpec) -> Option<Kind> {
    let letter = char::from_u32(spec.kind)?;
    let (form, add_dot_0) = match letter {
        'e' | 'E' => (FloatForm::Exponent, false),
        'f' | 'F' | '%' => (FloatForm::Fixed, false),
        'g' | 'G' | 'n' => (FloatForm::General, false),
        '\0' if spec.precision.is_some() => (FloatForm::General, true),
        '\0' => (FloatForm::Shortest, true),
        _ => return None,
    };
    let flags = FormatFlags {
        upper: letter.is_ascii_uppercase(),
        sign: false,
        add_dot_0,
        alternate: spec.alternate,
        no_negative_zero: spec.no_negative_zero,
    };
    Some(Kind { form, precision: spec.precision.unwrap_or(DEFAULT_PRECISION), flags, percent: letter == '%' })
}

/// Writes a float.
///
/// # Errors
/// `ValueError` for what does not suit floats.
pub fn format_float(
    out: &mut TextBuilder,
    value: f64,
    spec: &FormatSpec,
    type_name: &str,
    locale: &LocaleNumbers<'_>,
) -> Result<(), NumberError> {
    let kind = kind_of(spec).ok_or_else(|| unknown_kind(spec.kind, type_name))?;
    let value = if kind.percent { value * 100.0 } else { value };
    let mut text = float_text::format_float(value, kind.form, kind.precision, kind.flags)?;
    if kind.percent {
        text.push('%');
    }
    write_number(out, Pieces::of_float(&text), spec, &Separators::of(spec, locale))
}

/// The text of one part of a complex number: as a float, but without `.0` after whole numbers; `None` for a
/// type letter that complex numbers do not know.
pub(super) fn complex_part(value: f64, spec: &FormatSpec) -> Result<Option<String>, NumberError> {
    match kind_of(spec) {
        Some(kind) if !kind.percent => {
            let flags = FormatFlags { add_dot_0: false, ..kind.flags };
            float_text::format_float(value, kind.form, kind.precision, flags).map(Some)
        }
        _ => Ok(None),
    }
}
