//! Searching and splitting text whose parts may be stored in different widths.
//!
//! The text decides the width of a search: what is looked for is widened, or cannot occur in it.

use std::ops::Range;

use crate::text::search::trim::{self, Sides, UnitSet};
use crate::text::search::{self, SizeError, split};
use crate::text::unicode::{is_line_break, is_line_break_latin1, is_space};
use crate::text::unit::{Unit, Width};
use crate::text::view::with_units;
use crate::text::{TextBuf, TextView};

/// Position of the first `needle`; the empty needle is found at 0.
pub fn find(text: TextView<'_>, needle: TextView<'_>) -> Option<usize> {
    with_units!(text, units => search::find(units, &needle.fit()?))
}

/// Position of the last `needle`; the empty needle is found at the end.
pub fn rfind(text: TextView<'_>, needle: TextView<'_>) -> Option<usize> {
    with_units!(text, units => search::rfind(units, &needle.fit()?))
}

/// Whether `needle` occurs in `text` (the operator `in`).
pub fn contains(text: TextView<'_>, needle: TextView<'_>) -> bool {
    find(text, needle).is_some()
}

/// Position of the first character `code_point`.
pub fn find_char(text: TextView<'_>, code_point: u32) -> Option<usize> {
    with_units!(text, units => Unit::find_unit(units, Unit::from_code_point(code_point)?))
}

/// Number of occurrences without overlap.
pub fn count(text: TextView<'_>, needle: TextView<'_>) -> usize {
    with_units!(text, units => match needle.fit() {
        Some(needle) => search::count(units, &needle, usize::MAX),
        None => 0,
    })
}

/// Whether `text` begins with `prefix`.
pub fn starts_with(text: TextView<'_>, prefix: TextView<'_>) -> bool {
    prefix.len() <= text.len() && text.slice(0..prefix.len()) == prefix
}

/// Whether `text` ends with `suffix`.
pub fn ends_with(text: TextView<'_>, suffix: TextView<'_>) -> bool {
    suffix.len() <= text.len() && text.slice_from(text.len() - suffix.len()) == suffix
}

/// What is left without `prefix`; the whole text if it does not begin so.
pub fn remove_prefix(text: TextView<'_>, prefix: TextView<'_>) -> Range<usize> {
    let start = if starts_with(text, prefix) { prefix.len() } else { 0 };
    start..text.len()
}

/// What is left without `suffix`; the whole text if it does not end so.
pub fn remove_suffix(text: TextView<'_>, suffix: TextView<'_>) -> Range<usize> {
    let less = if ends_with(text, suffix) { suffix.len() } else { 0 };
    0..text.len() - less
}

/// `text` with the first `max` occurrences of `old` replaced; `None` if nothing changes.
pub fn replace(text: TextView<'_>, old: TextView<'_>, new: TextView<'_>, max: usize) -> Result<Option<TextBuf>, SizeError> {
    fn run<U: Unit>(text: TextView<'_>, old: TextView<'_>, new: TextView<'_>, max: usize) -> Result<Option<TextBuf>, SizeError> {
        // All three fit: the width is the widest of `text` and `new`, and `old` occurs in `text`.
        let (Some(text), Some(old), Some(new)) = (text.fit::<U>(), old.fit::<U>(), new.fit::<U>()) else {
            return Ok(None);
        };
        Ok(search::replace(&text, &old, &new, max)?.map(U::into_text))
    }
    if new.width() > text.width() && !contains(text, old) {
        return Ok(None);
    }
    match text.width().max(new.width()) {
        Width::Ascii | Width::Latin1 => run::<u8>(text, old, new, max),
        Width::Ucs2 => run::<u16>(text, old, new, max),
        Width::Ucs4 => run::<u32>(text, old, new, max),
    }
}

/// The pieces between separators, from the left; see [`search::split::split`]. The separator must not be empty.
pub fn split<E>(
    text: TextView<'_>,
    separator: TextView<'_>,
    max: usize,
    mut each: impl FnMut(Range<usize>) -> Result<(), E>,
) -> Result<(), E> {
    with_units!(text, units => match separator.fit() {
        Some(separator) => split::split(units, &separator, max, each),
        None => each(0..text.len()),
    })
}

/// The same from the right, in reverse order; see [`search::split::rsplit`].
pub fn rsplit<E>(
    text: TextView<'_>,
    separator: TextView<'_>,
    max: usize,
    mut each: impl FnMut(Range<usize>) -> Result<(), E>,
) -> Result<(), E> {
    with_units!(text, units => match separator.fit() {
        Some(separator) => split::rsplit(units, &separator, max, each),
        None => each(0..text.len()),
    })
}

/// The words between whitespace; see [`search::split::split_whitespace`].
pub fn split_whitespace<E>(text: TextView<'_>, max: usize, each: impl FnMut(Range<usize>) -> Result<(), E>) -> Result<(), E> {
    with_units!(text, units => split::split_whitespace(units, |u| is_space(u.code_point()), max, each))
}

/// The words between whitespace from the right, in reverse order; see [`search::split::rsplit_whitespace`].
pub fn rsplit_whitespace<E>(text: TextView<'_>, max: usize, each: impl FnMut(Range<usize>) -> Result<(), E>) -> Result<(), E> {
    with_units!(text, units => split::rsplit_whitespace(units, |u| is_space(u.code_point()), max, each))
}

/// The lines; see [`search::split::split_lines`].
pub fn split_lines<E>(text: TextView<'_>, keep_ends: bool, each: impl FnMut(Range<usize>) -> Result<(), E>) -> Result<(), E> {
    match text {
        TextView::Ascii(units) | TextView::Latin1(units) => split::split_lines(units, is_line_break_latin1, keep_ends, each),
        TextView::Ucs2(units) => split::split_lines(units, |u| is_line_break(u.into()), keep_ends, each),
        TextView::Ucs4(units) => split::split_lines(units, is_line_break, keep_ends, each),
    }
}

/// What is before the first separator, and what after it. The separator must not be empty.
pub fn partition(text: TextView<'_>, separator: TextView<'_>) -> Option<(Range<usize>, Range<usize>)> {
    with_units!(text, units => trim::partition(units, &separator.fit()?))
}

/// The same at the last separator.
pub fn rpartition(text: TextView<'_>, separator: TextView<'_>) -> Option<(Range<usize>, Range<usize>)> {
    with_units!(text, units => trim::rpartition(units, &separator.fit()?))
}

/// What is left without whitespace at the given ends.
pub fn strip_whitespace(text: TextView<'_>, sides: Sides) -> Range<usize> {
    with_units!(text, units => trim::strip(units, sides, |u| is_space(u.code_point())))
}

/// What is left without characters of `chars` at the given ends.
pub fn strip_chars(text: TextView<'_>, chars: TextView<'_>, sides: Sides) -> Range<usize> {
    fn run<U: Unit>(units: &[U], chars: TextView<'_>, sides: Sides) -> Range<usize> {
        // Characters too wide for the text cannot be in it.
        let fitting: Vec<U> = chars.code_points().filter_map(U::from_code_point).collect();
        let set = UnitSet::new(&fitting);
        trim::strip(units, sides, |u| set.contains(u))
    }
    with_units!(text, units => run(units, chars, sides))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    fn with<R>(a: &str, b: &str, run: impl FnOnce(TextView<'_>, TextView<'_>) -> R) -> R {
        run(TextBuf::from(a).view(), TextBuf::from(b).view())
    }

    #[test]
    fn finding_across_widths() {
        assert_eq!(with("aé€😀b€", "€", find), Some(2));
        assert_eq!(with("aé€😀b€", "€", rfind), Some(5));
        assert_eq!(with("aé€😀b€", "b€", find), Some(4));
        assert_eq!(with("abc", "€", find), None);
        assert_eq!(with("abc", "", rfind), Some(3));
        assert_eq!(with("€a€a€", "€", count), 3);
        assert_eq!(with("abc", "😀", count), 0);
        assert!(with("€abc", "abc", ends_with));
        assert!(with("€abc", "€a", starts_with));
        assert!(!with("a", "€a", ends_with));
        assert_eq!(find_char(TextView::Ascii(b"abc"), 0x20AC), None);
    }

    fn replaced(text: &str, old: &str, new: &str) -> Option<TextBuf> {
        let (text, old, new) = (TextBuf::from(text), TextBuf::from(old), TextBuf::from(new));
        replace(text.view(), old.view(), new.view(), usize::MAX).unwrap()
    }

    #[test]
    fn replacing_across_widths() {
        assert_eq!(replaced("aba", "a", "€").unwrap(), "€b€");
        let narrowed = replaced("a€b", "€", "e").unwrap();
        assert!(matches!(narrowed, TextBuf::Ascii(v) if v == b"aeb"));
        assert_eq!(replaced("abc", "€", "x"), None);
        assert_eq!(replaced("abc", "€", "😀"), None);
        assert_eq!(replaced("ab", "", "€").unwrap(), "€a€b€");
    }

    #[test]
    fn stripping_across_widths() {
        assert_eq!(with("€ab€", "€😀", |t, c| strip_chars(t, c, Sides::Both)), 1..3);
        assert_eq!(with("xabx", "€x", |t, c| strip_chars(t, c, Sides::Left)), 1..4);
        assert_eq!(with("\u{2003}\u{85} a\u{a0}", "", |t, _| strip_whitespace(t, Sides::Both)), 3..4);
    }

    #[test]
    fn lines_and_words_of_unicode() {
        let text = TextBuf::from("a\u{2028}b\r\nc\u{1c}d\u{85}e\u{0b}");
        let mut lines = Vec::new();
        let Ok(()) = split_lines(text.view(), false, |range| -> Result<(), Infallible> {
            lines.push(text.view().slice(range).to_str_lossy().into_owned());
            Ok(())
        });
        assert_eq!(lines, ["a", "b", "c", "d", "e"]);
        let text = TextBuf::from("\u{3000}eins\u{2009}zwei\u{a0}");
        let mut words = Vec::new();
        let Ok(()) = split_whitespace(text.view(), usize::MAX, |range| -> Result<(), Infallible> {
            words.push(range);
            Ok(())
        });
        assert_eq!(words, [1..5, 6..10]);
    }
}
