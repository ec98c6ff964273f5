//! A borrowed text: the characters of a `str`, or of a part of one, in whatever width they are stored.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use super::builder::TextBuf;
use super::unit::{Unit, Width, or_all};

/// The characters of a text in their storage. `Copy`, two words and a tag.
///
/// The view of a whole `str` is *canonical*: its width is the narrowest that fits. A slice keeps the width of what it was
/// taken from; [`TextView::to_buf`] narrows. Comparisons look at characters only, so both kinds mix.
#[derive(Clone, Copy)]
pub enum TextView<'a> {
    /// Every character is below U+0080.
    Ascii(&'a [u8]),
    /// One byte a character.
    Latin1(&'a [u8]),
    /// Two bytes a character (code points, not UTF-16: a surrogate here is a lone surrogate).
    Ucs2(&'a [u16]),
    /// Four bytes a character.
    Ucs4(&'a [u32]),
}

/// Runs `$body` with `$units` bound to the view's storage slice, whatever its type.
macro_rules! with_units {
    ($view:expr, $units:ident => $body:expr) => {
        match $view {
            $crate::text::TextView::Ascii($units) | $crate::text::TextView::Latin1($units) => $body,
            $crate::text::TextView::Ucs2($units) => $body,
            $crate::text::TextView::Ucs4($units) => $body,
        }
    };
}
pub(crate) use with_units;

impl<'a> TextView<'a> {
    /// The view of an ASCII literal or other Rust text, if all of it is ASCII.
    pub const fn from_ascii(text: &'a str) -> Option<TextView<'a>> {
        if text.is_ascii() { Some(TextView::Ascii(text.as_bytes())) } else { None }
    }

    /// Number of characters.
    #[inline]
    pub const fn len(self) -> usize {
        match self {
            TextView::Ascii(units) | TextView::Latin1(units) => units.len(),
            TextView::Ucs2(units) => units.len(),
            TextView::Ucs4(units) => units.len(),
        }
    }

    /// Whether there are no characters.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The code point at `index`, which must be below the length.
    #[inline]
    pub fn get(self, index: usize) -> u32 {
        with_units!(self, units => units[index].code_point())
    }

    /// The first code point.
    pub fn first(self) -> Option<u32> {
        (!self.is_empty()).then(|| self.get(0))
    }

    /// The last code point.
    pub fn last(self) -> Option<u32> {
        self.len().checked_sub(1).map(|index| self.get(index))
    }

    /// The characters in `range`, in the same width. The range must lie within the text.
    #[inline]
    pub fn slice(self, range: Range<usize>) -> TextView<'a> {
        match self {
            TextView::Ascii(units) => TextView::Ascii(&units[range]),
            TextView::Latin1(units) => TextView::Latin1(&units[range]),
            TextView::Ucs2(units) => TextView::Ucs2(&units[range]),
            TextView::Ucs4(units) => TextView::Ucs4(&units[range]),
        }
    }

    /// The characters from `start` on.
    #[inline]
    pub fn slice_from(self, start: usize) -> TextView<'a> {
        self.slice(start..self.len())
    }

    /// The code points, from either end.
    #[inline]
    pub fn code_points(self) -> CodePoints<'a> {
        match self {
            TextView::Ascii(units) | TextView::Latin1(units) => CodePoints::One(units.iter()),
            TextView::Ucs2(units) => CodePoints::Two(units.iter()),
            TextView::Ucs4(units) => CodePoints::Four(units.iter()),
        }
    }

    /// The width the characters are stored in.
    #[inline]
    pub const fn width(self) -> Width {
        match self {
            TextView::Ascii(_) => Width::Ascii,
            TextView::Latin1(_) => Width::Latin1,
            TextView::Ucs2(_) => Width::Ucs2,
            TextView::Ucs4(_) => Width::Ucs4,
        }
    }

    /// The narrowest width that holds these characters; for a canonical view the same as [`TextView::width`].
    pub fn narrowest(self) -> Width {
        match self {
            TextView::Ascii(_) => Width::Ascii,
            TextView::Latin1(units) if units.is_ascii() => Width::Ascii,
            TextView::Latin1(_) => Width::Latin1,
            TextView::Ucs2(units) => Width::of(or_all(units)),
            TextView::Ucs4(units) => Width::of(or_all(units)),
        }
    }

    /// The limit of the range these characters fall in: 0x7F, 0xFF, 0xFFFF or 0x10FFFF.
    pub fn max_char(self) -> u32 {
        self.narrowest().max_char()
    }

    /// Whether all characters are below U+0080.
    pub fn is_ascii(self) -> bool {
        self.narrowest() == Width::Ascii
    }

    /// The text as Rust text, where it is stored as ASCII.
    #[inline]
    pub fn as_ascii(self) -> Option<&'a str> {
        match self {
            TextView::Ascii(units) => std::str::from_utf8(units).ok(),
            _ => None,
        }
    }

    /// The text as Rust text, unless it has lone surrogates. ASCII is borrowed.
    pub fn to_str(self) -> Option<Cow<'a, str>> {
        if let Some(text) = self.as_ascii() {
            return Some(Cow::Borrowed(text));
        }
        self.code_points().map(char::from_u32).collect::<Option<String>>().map(Cow::Owned)
    }

    /// The text as Rust text, lone surrogates replaced by U+FFFD.
    pub fn to_str_lossy(self) -> Cow<'a, str> {
        match self.as_ascii() {
            Some(text) => Cow::Borrowed(text),
            None => {
                let chars = self.code_points().map(|c| char::from_u32(c).unwrap_or('\u{FFFD}'));
                Cow::Owned(chars.collect())
            }
        }
    }

    /// The stored bytes: what a `str` is hashed by. Equal texts have equal bytes only if both views are canonical.
    pub fn storage_bytes(self) -> &'a [u8] {
        with_units!(self, units => bytemuck::cast_slice(units))
    }

    /// A copy of the narrowest width.
    pub fn to_buf(self) -> TextBuf {
        match self.narrowest() {
            Width::Ascii => TextBuf::Ascii(self.to_units()),
            Width::Latin1 => TextBuf::Latin1(self.to_units()),
            Width::Ucs2 => TextBuf::Ucs2(self.to_units()),
            Width::Ucs4 => TextBuf::Ucs4(self.to_units()),
        }
    }

    /// The characters as units of one type. Every character must fit the type; [`TextView::fit`] checks.
    pub(crate) fn to_units<U: Unit>(self) -> Vec<U> {
        match U::storage(self) {
            Some(units) => units.to_vec(),
            None => self.code_points().filter_map(U::from_code_point).collect(),
        }
    }

    /// The characters as units of one type, borrowed where they are stored so; `None` if one does not fit.
    pub fn fit<U: Unit>(self) -> Option<Cow<'a, [U]>> {
        match U::storage(self) {
            Some(units) => Some(Cow::Borrowed(units)),
            None => {
                let units: Option<Vec<U>> = self.code_points().map(U::from_code_point).collect();
                units.map(Cow::Owned)
            }
        }
    }
}

/// Iterator over a text's code points.
#[derive(Clone)]
pub enum CodePoints<'a> {
    /// One byte a character.
    One(std::slice::Iter<'a, u8>),
    /// Two bytes a character.
    Two(std::slice::Iter<'a, u16>),
    /// Four bytes a character.
    Four(std::slice::Iter<'a, u32>),
}

impl Iterator for CodePoints<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        match self {
            CodePoints::One(units) => units.next().map(|&u| u.into()),
            CodePoints::Two(units) => units.next().map(|&u| u.into()),
            CodePoints::Four(units) => units.next().copied(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            CodePoints::One(units) => units.size_hint(),
            CodePoints::Two(units) => units.size_hint(),
            CodePoints::Four(units) => units.size_hint(),
        }
    }

    // `for_each`, `all`, `collect` and others go through here: one dispatch for the whole text.
    fn fold<B, F: FnMut(B, u32) -> B>(self, init: B, mut f: F) -> B {
        match self {
            CodePoints::One(units) => units.fold(init, |acc, &u| f(acc, u.into())),
            CodePoints::Two(units) => units.fold(init, |acc, &u| f(acc, u.into())),
            CodePoints::Four(units) => units.fold(init, |acc, &u| f(acc, u)),
        }
    }
}

impl DoubleEndedIterator for CodePoints<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<u32> {
        match self {
            CodePoints::One(units) => units.next_back().map(|&u| u.into()),
            CodePoints::Two(units) => units.next_back().map(|&u| u.into()),
            CodePoints::Four(units) => units.next_back().copied(),
        }
    }
}

impl ExactSizeIterator for CodePoints<'_> {}

impl PartialEq for TextView<'_> {
    fn eq(&self, other: &TextView<'_>) -> bool {
        match (*self, *other) {
            (TextView::Ascii(a) | TextView::Latin1(a), TextView::Ascii(b) | TextView::Latin1(b)) => a == b,
            (TextView::Ucs2(a), TextView::Ucs2(b)) => a == b,
            (TextView::Ucs4(a), TextView::Ucs4(b)) => a == b,
            (a, b) => a.len() == b.len() && a.code_points().eq(b.code_points()),
        }
    }
}

impl Eq for TextView<'_> {}

impl PartialEq<str> for TextView<'_> {
    fn eq(&self, other: &str) -> bool {
        match *self {
            TextView::Ascii(units) => units == other.as_bytes(),
            view => view.code_points().eq(other.chars().map(u32::from)),
        }
    }
}

impl Ord for TextView<'_> {
    fn cmp(&self, other: &TextView<'_>) -> Ordering {
        match (*self, *other) {
            (TextView::Ascii(a) | TextView::Latin1(a), TextView::Ascii(b) | TextView::Latin1(b)) => a.cmp(b),
            (TextView::Ucs2(a), TextView::Ucs2(b)) => a.cmp(b),
            (TextView::Ucs4(a), TextView::Ucs4(b)) => a.cmp(b),
            (a, b) => a.code_points().cmp(b.code_points()),
        }
    }
}

impl PartialOrd for TextView<'_> {
    fn partial_cmp(&self, other: &TextView<'_>) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for TextView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({:?})", self.width(), self.to_str_lossy())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_of_different_width_compare_by_characters() {
        let narrow = TextView::Ascii(b"abc");
        let wide = TextView::Ucs4(&[0x61, 0x62, 0x63]);
        assert_eq!(narrow, wide);
        assert_eq!(narrow.cmp(&wide), Ordering::Equal);
        assert!(TextView::Latin1(b"\xFF") < TextView::Ucs2(&[0x100]));
        assert!(TextView::Ucs2(&[0x61]) < narrow);
        assert_ne!(narrow, TextView::Ascii(b"ab"));
        assert_eq!(*"abc", *narrow.as_ascii().unwrap());
    }

    #[test]
    fn slices_keep_their_width_and_copies_narrow() {
        let text = TextView::Ucs4(&[0x1F600, 0xE9, 0x61]);
        assert_eq!(text.slice(1..3).width(), Width::Ucs4);
        assert_eq!(text.slice(1..3).max_char(), 0xFF);
        assert!(matches!(text.slice(1..3).to_buf(), TextBuf::Latin1(v) if v == b"\xE9a"));
        assert!(text.slice(2..3).is_ascii());
        assert_eq!(text.code_points().rev().collect::<Vec<_>>(), [0x61, 0xE9, 0x1F600]);
    }

    #[test]
    fn fit_widens_or_refuses() {
        assert_eq!(TextView::Ascii(b"a").fit::<u16>().unwrap().as_ref(), [0x61]);
        assert!(TextView::Ucs2(&[0x100]).fit::<u8>().is_none());
        assert_eq!(TextView::Ucs2(&[0x41]).fit::<u8>().unwrap().as_ref(), [0x41]);
    }

    #[test]
    fn conversion_to_rust_text() {
        assert_eq!(TextView::Ucs2(&[0x20AC]).to_str().unwrap(), "€");
        assert!(TextView::Ucs2(&[0xD800]).to_str().is_none());
        assert_eq!(TextView::Ucs2(&[0xD800, 0x61]).to_str_lossy(), "\u{FFFD}a");
        assert_eq!(TextView::Ucs2(&[0x0102]).storage_bytes(), 0x0102u16.to_ne_bytes());
    }
}
