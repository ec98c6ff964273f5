//! `format(str, spec)`.

use super::layout::margins;
use super::{Align, FormatSpec, SignStyle, unknown_kind};
use crate::number::error::NumberError;
use crate::text::{TextBuilder, TextView};

/// Writes a text, cut to the precision and padded to the width.
///
/// # Errors
/// `ValueError` for what does not suit text: signs, `z`, `#`, `=`, other types than `s`.
pub fn format_string(out: &mut TextBuilder, value: TextView<'_>, spec: &FormatSpec, type_name: &str) -> Result<(), NumberError> {
    if spec.kind != u32::from('s') {
        return Err(unknown_kind(spec.kind, type_name));
    }
    let refused = match spec {
        FormatSpec { sign: Some(SignStyle::Space), .. } => Some("Space"),
        FormatSpec { sign: Some(_), .. } => Some("Sign"),
        FormatSpec { no_negative_zero: true, .. } => Some("Negative zero coercion (z)"),
        FormatSpec { alternate: true, .. } => Some("Alternate form (#)"),
        FormatSpec { align: Align::AfterSign, .. } => Some("'=' alignment"),
        _ => None,
    };
    if let Some(what) = refused {
        return Err(NumberError::value(format!("{what} not allowed in string format specifier")));
    }
    let length = spec.precision.map_or(value.len(), |precision| precision.min(value.len()));
    let (before, after) = margins(spec, length)?;
    out.push_repeated(spec.fill, before);
    out.push_view(value.slice(0..length));
    out.push_repeated(spec.fill, after);
    Ok(())
}
