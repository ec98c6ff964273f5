//! Justifying, zero filling, tabs and repetition of text; the rules are in [`crate::text::pad`].

use crate::text::pad::{self, Align, margins};
use crate::text::search::SizeError;
use crate::text::unit::{Unit, Width};
use crate::text::view::with_units;
use crate::text::{TextBuf, TextBuilder, TextView};

/// `text` in a field of `width`, filled with `fill`; `None` if it fills the field.
pub fn justify(text: TextView<'_>, align: Align, width: isize, fill: u32) -> Result<Option<TextBuf>, SizeError> {
    let Some((left, right)) = margins(align, text.len(), width) else {
        return Ok(None);
    };
    let storage = text.narrowest().max(Width::of(fill));
    let mut out = TextBuilder::try_with_capacity(left + text.len() + right, storage)?;
    out.push_repeated(fill, left);
    out.push_view(text);
    out.push_repeated(fill, right);
    Ok(Some(out.finish()))
}

/// `str.zfill(width)`; `None` if nothing is missing.
pub fn zero_fill(text: TextView<'_>, width: isize) -> Result<Option<TextBuf>, SizeError> {
    with_units!(text, units => Ok(pad::zero_fill(units, width)?.map(Unit::into_text)))
}

/// `str.expandtabs(tab_size)`.
pub fn expand_tabs(text: TextView<'_>, tab_size: isize) -> Result<TextBuf, SizeError> {
    with_units!(text, units => Ok(Unit::into_text(pad::expand_tabs(units, tab_size)?)))
}

/// `text * times`.
pub fn repeat(text: TextView<'_>, times: usize) -> Result<TextBuf, SizeError> {
    with_units!(text, units => Ok(Unit::into_text(pad::repeat(units, times)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_any_width() {
        let text = TextView::Ascii(b"ab");
        assert_eq!(justify(text, Align::Center, 5, 0x20AC).unwrap().unwrap(), "€€ab€");
        assert_eq!(justify(text, Align::Left, 2, 0x20AC).unwrap(), None);
        let wide = TextBuf::from("-€");
        assert_eq!(zero_fill(wide.view(), 4).unwrap().unwrap(), "-00€");
        assert_eq!(expand_tabs(TextBuf::from("€\té").view(), 3).unwrap(), "€  é");
        assert_eq!(repeat(wide.view(), 2).unwrap(), "-€-€");
    }
}
