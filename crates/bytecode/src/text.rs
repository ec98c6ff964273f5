//! [`Text`]: a string as Python has them, that is Unicode plus lone surrogates, cheap to clone and shared between threads.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// An immutable string of code points, lone surrogates among them, in UTF-8 extended to them (WTF-8).
#[derive(Clone)]
pub struct Text(Repr);

#[derive(Clone)]
enum Repr {
    Utf8(Arc<str>),
    /// Part of the binary.
    Static(&'static str),
    /// Holds at least one surrogate. A high one before a low one stays two code points, as in Python.
    Surrogates(Arc<[u8]>),
}

impl Text {
    /// The empty string.
    pub fn empty() -> Text {
        Text(Repr::Static(""))
    }

    /// A string of these bytes in UTF-8 in which surrogates may stand as three bytes each (what Python's `surrogatepass`
    /// writes); `None` if they are not that.
    pub fn from_wtf8(bytes: &[u8]) -> Option<Text> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(Text::from(text)),
            Err(error) => {
                let mut rest = bytes.get(error.valid_up_to()..)?;
                while !rest.is_empty() {
                    rest = match std::str::from_utf8(rest) {
                        Ok(_) => break,
                        Err(error) => rest.get(error.valid_up_to()..)?,
                    };
                    surrogate(rest)?;
                    rest = &rest[3..];
                }
                Some(Text(Repr::Surrogates(Arc::from(bytes))))
            }
        }
    }

    /// As [`Text::from_wtf8`], of bytes that are part of the binary: they are not copied.
    pub fn from_static(bytes: &'static [u8]) -> Option<Text> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(Text(Repr::Static(text))),
            Err(_) => Text::from_wtf8(bytes),
        }
    }

    /// A string of these code points; `None` if one is above U+10FFFF.
    pub fn from_code_points(points: impl IntoIterator<Item = u32>) -> Option<Text> {
        let mut bytes = Vec::new();
        let mut utf8 = true;
        for point in points {
            match char::from_u32(point) {
                Some(char) => bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
                None if (0xD800..0xE000).contains(&point) => {
                    utf8 = false;
                    bytes.extend([0xE0 | (point >> 12) as u8, 0x80 | (point >> 6 & 0x3F) as u8, 0x80 | (point & 0x3F) as u8]);
                }
                None => return None,
            }
        }
        if utf8 { String::from_utf8(bytes).ok().map(Text::from) } else { Some(Text(Repr::Surrogates(Arc::from(bytes)))) }
    }

    /// The string as UTF-8, unless it holds a surrogate.
    #[inline]
    pub fn as_str(&self) -> Option<&str> {
        match &self.0 {
            Repr::Utf8(text) => Some(text),
            Repr::Static(text) => Some(text),
            Repr::Surrogates(_) => None,
        }
    }

    /// The string's bytes in UTF-8, surrogates as three bytes each.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Repr::Utf8(text) => text.as_bytes(),
            Repr::Static(text) => text.as_bytes(),
            Repr::Surrogates(bytes) => bytes,
        }
    }

    /// The string for showing, with U+FFFD for each surrogate.
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        match &self.0 {
            Repr::Utf8(text) => Cow::Borrowed(text),
            Repr::Static(text) => Cow::Borrowed(text),
            Repr::Surrogates(_) => {
                Cow::Owned(self.code_points().map(|point| char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
            }
        }
    }

    /// The code points in order.
    pub fn code_points(&self) -> CodePoints<'_> {
        CodePoints(self.as_bytes())
    }

    /// Whether all code points are below 128.
    #[inline]
    pub fn is_ascii(&self) -> bool {
        self.as_bytes().is_ascii()
    }

    /// Whether the string has no code points.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.as_bytes().is_empty()
    }

    /// Whether both share one allocation.
    pub fn ptr_eq(&self, other: &Text) -> bool {
        self.as_bytes().as_ptr() == other.as_bytes().as_ptr() && self.as_bytes().len() == other.as_bytes().len()
    }

    /// Whether CPython's compiler interns a string constant of this content: ASCII letters, digits and underscores only.
    pub fn is_name_like(&self) -> bool {
        self.as_bytes().iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'_')
    }
}

/// The surrogate that the first three bytes encode.
fn surrogate(bytes: &[u8]) -> Option<u32> {
    match *bytes {
        [0xED, second @ 0xA0..=0xBF, third @ 0x80..=0xBF, ..] => {
            Some(0xD000 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F))
        }
        _ => None,
    }
}

/// Iterator over the code points of a [`Text`].
#[derive(Clone)]
pub struct CodePoints<'a>(&'a [u8]);

impl Iterator for CodePoints<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let (&first, rest) = self.0.split_first()?;
        let (bits, more) = match first {
            0..0x80 => (first, 0),
            0x80..0xE0 => (first & 0x1F, 1),
            0xE0..0xF0 => (first & 0x0F, 2),
            _ => (first & 0x07, 3),
        };
        let (tail, rest) = rest.split_at(more);
        self.0 = rest;
        Some(tail.iter().fold(u32::from(bits), |point, &byte| point << 6 | u32::from(byte & 0x3F)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.len().div_ceil(4), Some(self.0.len()))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        if text.is_empty() { Text::empty() } else { Text(Repr::Utf8(Arc::from(text))) }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text::from(text.as_str())
    }
}

impl From<Arc<str>> for Text {
    fn from(text: Arc<str>) -> Text {
        Text(Repr::Utf8(text))
    }
}

impl Default for Text {
    fn default() -> Text {
        Text::empty()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

/// By code points, which WTF-8 keeps as the order of bytes.
impl Ord for Text {
    fn cmp(&self, other: &Text) -> std::cmp::Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Text) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

/// Lets maps keyed by [`Text`] be asked with bytes.
impl Borrow<[u8]> for Text {
    fn borrow(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_str() {
            Some(text) => text.fmt(f),
            None => write!(f, "Text({:?})", self.to_string_lossy()),
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_string_lossy())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_and_surrogates() {
        let text = Text::from_code_points([0x61, 0xD800, 0xDC00, 0x1F600]).unwrap();
        assert_eq!(text.as_str(), None);
        assert_eq!(text.code_points().collect::<Vec<_>>(), [0x61, 0xD800, 0xDC00, 0x1F600]);
        assert_eq!(Text::from_wtf8(text.as_bytes()), Some(text.clone()));
        assert_eq!(text.to_string_lossy(), "a\u{FFFD}\u{FFFD}\u{1F600}");
        let plain = Text::from_code_points("naïve €".chars().map(u32::from)).unwrap();
        assert_eq!(plain, "naïve €");
        assert_eq!(plain.as_str(), Some("naïve €"));
        assert_eq!(Text::from_code_points([0x110000]), None);
    }

    #[test]
    fn damaged_bytes() {
        for bytes in [&b"\xff"[..], b"a\xed\xa0", b"\xed\xa0\x80\xc3", b"\xc0\x80", b"\xf4\x90\x80\x80"] {
            assert_eq!(Text::from_wtf8(bytes), None, "{bytes:?}");
        }
        assert!(Text::from_wtf8(b"\xed\xa0\x80\xc3\xa9").is_some());
        assert!(Text::from_wtf8(b"\xed\xb0\x80").is_some());
    }

    #[test]
    fn order_is_by_code_point() {
        let low = Text::from_code_points([0xD800]).unwrap();
        let mut sorted = [Text::from("\u{E000}"), low.clone(), Text::from("z")];
        sorted.sort();
        assert_eq!(sorted[1], low);
    }
}
