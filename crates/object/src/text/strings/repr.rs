//! `repr` and `ascii` of text.

use super::search::find_char;
use crate::text::escape::{choose_quote, repr_escape};
use crate::text::unicode::is_printable;
use crate::text::unit::Unit;
use crate::text::view::with_units;
use crate::text::{TextBuf, TextBuilder, TextView};

/// `repr(text)`.
pub fn repr(text: TextView<'_>) -> TextBuf {
    quoted(text, is_printable)
}

/// `ascii(text)`.
pub fn ascii(text: TextView<'_>) -> TextBuf {
    quoted(text, |_| false)
}

/// The text in quotes, with what is neither ASCII nor `shown` escaped.
fn quoted(text: TextView<'_>, shown: impl Fn(u32) -> bool) -> TextBuf {
    let has_single = find_char(text, u32::from(b'\'')).is_some();
    let quote = u32::from(choose_quote(has_single, || find_char(text, u32::from(b'"')).is_some()));
    let plain = |c: u32| match c {
        0..0x20 | 0x7F | 0x5C => false,
        0x20..0x7F => c != quote,
        _ => shown(c),
    };
    let mut out = TextBuilder::with_capacity(text.len() + 2);
    out.push(quote);
    with_units!(text, units => push_escaped(&mut out, text, units, plain));
    out.push(quote);
    out.finish()
}

fn push_escaped<U: Unit>(out: &mut TextBuilder, text: TextView<'_>, units: &[U], plain: impl Fn(u32) -> bool) {
    let mut start = 0;
    for (index, &unit) in units.iter().enumerate() {
        let c = unit.code_point();
        if !plain(c) {
            out.push_view(text.slice(start..index));
            out.push_ascii(repr_escape(c).as_bytes());
            start = index + 1;
        }
    }
    out.push_view(text.slice_from(start));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_from_cpython() {
        for (text, expected_repr, expected_ascii) in [
            ("abc", "'abc'", "'abc'"),
            ("it's", "\"it's\"", "\"it's\""),
            ("'\"", "'\\'\"'", "'\\'\"'"),
            ("\"", "'\"'", "'\"'"),
            ("a\\b\n\r\t\u{0b}\u{7f}", "'a\\\\b\\n\\r\\t\\x0b\\x7f'", "'a\\\\b\\n\\r\\t\\x0b\\x7f'"),
            ("é\u{a0}\u{ad}", "'é\\xa0\\xad'", "'\\xe9\\xa0\\xad'"),
            ("€\u{2028}\u{e000}", "'€\\u2028\\ue000'", "'\\u20ac\\u2028\\ue000'"),
            ("😀\u{10ffff}", "'😀\\U0010ffff'", "'\\U0001f600\\U0010ffff'"),
            ("", "''", "''"),
        ] {
            let text = TextBuf::from(text);
            assert_eq!(repr(text.view()), expected_repr);
            assert_eq!(ascii(text.view()), expected_ascii);
        }
        assert_eq!(repr(TextView::Ucs2(&[0xD800])), "'\\ud800'");
    }
}
