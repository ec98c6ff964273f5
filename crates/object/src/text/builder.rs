//! Building text that stays in the narrowest width: `TextBuf` is the finished text, `TextBuilder` grows one.

use std::collections::TryReserveError;
use std::fmt;

use super::unit::{Unit, Width};
use super::view::TextView;

/// An owned text in the narrowest width that holds it.
#[derive(Clone, PartialEq, Eq)]
pub enum TextBuf {
    /// Every character is below U+0080.
    Ascii(Vec<u8>),
    /// One byte a character, at least one of them U+0080 or above.
    Latin1(Vec<u8>),
    /// Two bytes a character.
    Ucs2(Vec<u16>),
    /// Four bytes a character.
    Ucs4(Vec<u32>),
}

impl TextBuf {
    /// The empty text.
    pub const fn new() -> TextBuf {
        TextBuf::Ascii(Vec::new())
    }

    /// The text as a view.
    #[inline]
    pub fn view(&self) -> TextView<'_> {
        match self {
            TextBuf::Ascii(units) => TextView::Ascii(units),
            TextBuf::Latin1(units) => TextView::Latin1(units),
            TextBuf::Ucs2(units) => TextView::Ucs2(units),
            TextBuf::Ucs4(units) => TextView::Ucs4(units),
        }
    }

    /// Number of characters.
    pub fn len(&self) -> usize {
        self.view().len()
    }

    /// Whether there are no characters.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A text of code points, each at most U+10FFFF.
    pub fn from_code_points(code_points: impl IntoIterator<Item = u32>) -> TextBuf {
        let mut builder = TextBuilder::new();
        builder.extend(code_points);
        builder.finish()
    }

    /// The same characters stored at least as wide as `width`.
    fn widened(self, width: Width) -> TextBuf {
        match (self, width) {
            (TextBuf::Ascii(units), Width::Latin1) => TextBuf::Latin1(units),
            (TextBuf::Ascii(units) | TextBuf::Latin1(units), Width::Ucs2) => TextBuf::Ucs2(convert(&units)),
            (TextBuf::Ascii(units) | TextBuf::Latin1(units), Width::Ucs4) => TextBuf::Ucs4(convert(&units)),
            (TextBuf::Ucs2(units), Width::Ucs4) => TextBuf::Ucs4(convert(&units)),
            (same, _) => same,
        }
    }
}

/// Copies units into a wider vector, with room to grow.
fn convert<U: Unit, W: Unit + From<U>>(units: &[U]) -> Vec<W> {
    let mut wide = Vec::with_capacity(units.len() + units.len() / 2 + 8);
    wide.extend(units.iter().map(|&u| W::from(u)));
    wide
}

impl Default for TextBuf {
    fn default() -> TextBuf {
        TextBuf::new()
    }
}

impl From<&str> for TextBuf {
    fn from(text: &str) -> TextBuf {
        let mut builder = TextBuilder::new();
        builder.push_str(text);
        builder.finish()
    }
}

impl fmt::Debug for TextBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.view().fmt(f)
    }
}

impl PartialEq<str> for TextBuf {
    fn eq(&self, other: &str) -> bool {
        self.view() == *other
    }
}

impl PartialEq<&str> for TextBuf {
    fn eq(&self, other: &&str) -> bool {
        self.view() == **other
    }
}

/// A growing text. It starts as ASCII and widens when a character needs it, so what it holds is always canonical.
#[derive(Clone, Default)]
pub struct TextBuilder {
    buf: TextBuf,
}

impl TextBuilder {
    /// An empty builder.
    pub const fn new() -> TextBuilder {
        TextBuilder { buf: TextBuf::new() }
    }

    /// An empty builder with room for `capacity` ASCII characters.
    pub fn with_capacity(capacity: usize) -> TextBuilder {
        TextBuilder { buf: TextBuf::Ascii(Vec::with_capacity(capacity)) }
    }

    /// An empty builder with room for `capacity` characters of `width`, or the allocator's refusal. The text is canonical
    /// only if a character that needs `width` is pushed in the end: otherwise [`TextBuilder::finish_narrowed`] it.
    pub fn try_with_capacity(capacity: usize, width: Width) -> Result<TextBuilder, TryReserveError> {
        fn room<U>(capacity: usize) -> Result<Vec<U>, TryReserveError> {
            let mut units = Vec::new();
            units.try_reserve_exact(capacity)?;
            Ok(units)
        }
        let buf = match width {
            Width::Ascii => TextBuf::Ascii(room(capacity)?),
            Width::Latin1 => TextBuf::Latin1(room(capacity)?),
            Width::Ucs2 => TextBuf::Ucs2(room(capacity)?),
            Width::Ucs4 => TextBuf::Ucs4(room(capacity)?),
        };
        Ok(TextBuilder { buf })
    }

    /// Number of characters so far.
    pub fn len(&self) -> usize {
        self.buf.len()
    }

    /// Whether nothing was pushed yet.
    pub fn is_empty(&self) -> bool {
        self.buf.is_empty()
    }

    /// What was built so far.
    pub fn view(&self) -> TextView<'_> {
        self.buf.view()
    }

    /// The text so far, for decoders that write its units themselves. They must keep it in the narrowest width.
    pub(crate) fn buf_mut(&mut self) -> &mut TextBuf {
        &mut self.buf
    }

    /// Makes room for `additional` characters of the present width.
    pub fn reserve(&mut self, additional: usize) {
        match &mut self.buf {
            TextBuf::Ascii(units) | TextBuf::Latin1(units) => units.reserve(additional),
            TextBuf::Ucs2(units) => units.reserve(additional),
            TextBuf::Ucs4(units) => units.reserve(additional),
        }
    }

    /// Appends one code point, at most U+10FFFF; lone surrogates are characters too.
    #[inline]
    pub fn push(&mut self, code_point: u32) {
        match &mut self.buf {
            TextBuf::Ascii(units) if code_point < 0x80 => units.push(code_point as u8),
            TextBuf::Latin1(units) if code_point < 0x100 => units.push(code_point as u8),
            TextBuf::Ucs2(units) if code_point < 0x1_0000 => units.push(code_point as u16),
            TextBuf::Ucs4(units) => units.push(code_point),
            _ => self.push_wider(code_point),
        }
    }

    #[cold]
    fn push_wider(&mut self, code_point: u32) {
        self.widen(Width::of(code_point));
        match &mut self.buf {
            TextBuf::Ascii(units) | TextBuf::Latin1(units) => units.push(code_point as u8),
            TextBuf::Ucs2(units) => units.push(code_point as u16),
            TextBuf::Ucs4(units) => units.push(code_point),
        }
    }

    fn widen(&mut self, width: Width) {
        if width > self.buf.view().width() {
            self.buf = std::mem::take(&mut self.buf).widened(width);
        }
    }

    /// Appends `count` times the same code point.
    pub fn push_repeated(&mut self, code_point: u32, count: usize) {
        if count == 0 {
            return;
        }
        self.widen(Width::of(code_point));
        match &mut self.buf {
            TextBuf::Ascii(units) | TextBuf::Latin1(units) => units.resize(units.len() + count, code_point as u8),
            TextBuf::Ucs2(units) => units.resize(units.len() + count, code_point as u16),
            TextBuf::Ucs4(units) => units.resize(units.len() + count, code_point),
        }
    }

    /// Appends bytes that are ASCII, as the caller knows: each one is a character.
    #[inline]
    pub fn push_ascii(&mut self, ascii: &[u8]) {
        debug_assert!(ascii.is_ascii());
        self.push_narrow(ascii);
    }

    /// Appends bytes as the code points U+0000 to U+00FF.
    pub fn push_latin1(&mut self, bytes: &[u8]) {
        if !bytes.is_ascii() {
            self.widen(Width::Latin1);
        }
        self.push_narrow(bytes);
    }

    fn push_narrow(&mut self, bytes: &[u8]) {
        match &mut self.buf {
            TextBuf::Ascii(units) | TextBuf::Latin1(units) => units.extend_from_slice(bytes),
            TextBuf::Ucs2(units) => units.extend(bytes.iter().map(|&b| u16::from(b))),
            TextBuf::Ucs4(units) => units.extend(bytes.iter().map(|&b| u32::from(b))),
        }
    }

    /// Appends Rust text.
    pub fn push_str(&mut self, text: &str) {
        if text.is_ascii() {
            return self.push_narrow(text.as_bytes());
        }
        let all = text.chars().fold(0, |acc, c| acc | u32::from(c));
        self.widen(Width::of(all));
        let chars = text.chars().map(u32::from);
        match &mut self.buf {
            TextBuf::Ascii(units) | TextBuf::Latin1(units) => units.extend(chars.map(|c| c as u8)),
            TextBuf::Ucs2(units) => units.extend(chars.map(|c| c as u16)),
            TextBuf::Ucs4(units) => units.extend(chars),
        }
    }

    /// Appends a text. A wider one is looked through first: it may be a slice whose characters are narrower.
    pub fn push_view(&mut self, view: TextView<'_>) {
        if view.width() > self.buf.view().width() {
            self.widen(view.narrowest());
        }
        match (&mut self.buf, view) {
            (TextBuf::Ascii(units) | TextBuf::Latin1(units), TextView::Ascii(v) | TextView::Latin1(v)) => {
                units.extend_from_slice(v);
            }
            (TextBuf::Ascii(units) | TextBuf::Latin1(units), TextView::Ucs2(v)) => {
                units.extend(v.iter().map(|&u| u as u8));
            }
            (TextBuf::Ascii(units) | TextBuf::Latin1(units), TextView::Ucs4(v)) => {
                units.extend(v.iter().map(|&u| u as u8));
            }
            (TextBuf::Ucs2(units), TextView::Ascii(v) | TextView::Latin1(v)) => {
                units.extend(v.iter().map(|&u| u16::from(u)));
            }
            (TextBuf::Ucs2(units), TextView::Ucs2(v)) => units.extend_from_slice(v),
            (TextBuf::Ucs2(units), TextView::Ucs4(v)) => units.extend(v.iter().map(|&u| u as u16)),
            (TextBuf::Ucs4(units), TextView::Ascii(v) | TextView::Latin1(v)) => {
                units.extend(v.iter().map(|&u| u32::from(u)));
            }
            (TextBuf::Ucs4(units), TextView::Ucs2(v)) => units.extend(v.iter().map(|&u| u32::from(u))),
            (TextBuf::Ucs4(units), TextView::Ucs4(v)) => units.extend_from_slice(v),
        }
    }

    /// Takes back all but the first `len` characters.
    pub fn truncate(&mut self, len: usize) {
        match &mut self.buf {
            TextBuf::Ascii(units) | TextBuf::Latin1(units) => units.truncate(len),
            TextBuf::Ucs2(units) => units.truncate(len),
            TextBuf::Ucs4(units) => units.truncate(len),
        }
        self.buf = std::mem::take(self).finish_narrowed();
    }

    /// The finished text.
    pub fn finish(self) -> TextBuf {
        self.buf
    }

    /// The finished text, narrowed if it was started wider than it turned out to be.
    pub fn finish_narrowed(self) -> TextBuf {
        match self.buf {
            TextBuf::Ascii(units) => TextBuf::Ascii(units),
            TextBuf::Latin1(units) => Unit::into_text(units),
            TextBuf::Ucs2(units) => Unit::into_text(units),
            TextBuf::Ucs4(units) => Unit::into_text(units),
        }
    }
}

/// Collects code points one by one and appends them to a builder in blocks: faster than [`TextBuilder::push`] where many
/// come that are not ASCII.
pub struct CodePointSink {
    out: TextBuilder,
    block: [u32; CodePointSink::BLOCK],
    len: usize,
}

impl CodePointSink {
    const BLOCK: usize = 64;

    /// An empty sink with room for `capacity` ASCII characters.
    pub fn with_capacity(capacity: usize) -> CodePointSink {
        let out = TextBuilder::with_capacity(capacity);
        CodePointSink { out, block: [0; CodePointSink::BLOCK], len: 0 }
    }

    /// Appends one code point, at most U+10FFFF.
    #[inline]
    pub fn push(&mut self, code_point: u32) {
        if self.len == CodePointSink::BLOCK {
            self.flush();
        }
        self.block[self.len] = code_point;
        self.len += 1;
    }

    fn flush(&mut self) {
        self.out.push_view(TextView::Ucs4(&self.block[..self.len]));
        self.len = 0;
    }

    /// The finished text.
    pub fn finish(mut self) -> TextBuf {
        self.flush();
        self.out.finish()
    }
}

impl Extend<u32> for TextBuilder {
    fn extend<I: IntoIterator<Item = u32>>(&mut self, code_points: I) {
        let code_points = code_points.into_iter();
        self.reserve(code_points.size_hint().0);
        code_points.for_each(|c| self.push(c));
    }
}

impl fmt::Write for TextBuilder {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_str(text);
        Ok(())
    }

    fn write_char(&mut self, c: char) -> fmt::Result {
        self.push(c.into());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widens_only_when_needed() {
        let mut builder = TextBuilder::new();
        builder.push(0x61);
        assert_eq!(builder.view().width(), Width::Ascii);
        builder.push(0xE9);
        assert_eq!(builder.view().width(), Width::Latin1);
        builder.push_ascii(b"xy");
        builder.push(0x20AC);
        builder.push_str("é");
        assert_eq!(builder.view().width(), Width::Ucs2);
        builder.push_view(TextView::Ucs4(&[0x61]));
        assert_eq!(builder.view().width(), Width::Ucs2);
        builder.push_view(TextView::Ucs4(&[0x1F600]));
        builder.push_repeated(0x7A, 2);
        assert_eq!(builder.finish(), "aéxy€éa😀zz");
    }

    #[test]
    fn a_wide_start_narrows_at_the_end() {
        let mut builder = TextBuilder::try_with_capacity(4, Width::Ucs4).unwrap();
        builder.push_str("añ");
        assert!(matches!(builder.finish_narrowed(), TextBuf::Latin1(v) if v == b"a\xF1"));
        let mut builder = TextBuilder::new();
        builder.push_str("ab€");
        builder.truncate(2);
        assert!(matches!(builder.finish(), TextBuf::Ascii(v) if v == b"ab"));
        assert!(TextBuilder::try_with_capacity(usize::MAX / 8, Width::Ucs4).is_err());
    }

    #[test]
    fn code_points_from_text_and_back() {
        for text in ["", "ascii", "café", "€uro", "😀 a é €"] {
            let buf = TextBuf::from(text);
            assert_eq!(buf.view().to_str().unwrap(), text);
            assert_eq!(TextBuf::from_code_points(buf.view().code_points()), buf);
            assert_eq!(buf.view().width(), buf.view().narrowest());
        }
    }
}
