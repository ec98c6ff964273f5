//! `str.translate`: the part that needs no mapping object.

use crate::text::{TextBuilder, TextView};

/// What a character is translated to, as far as the table remembers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    Unknown,
    Deleted,
    To(u8),
    /// Known, but not to be remembered as one ASCII character.
    Ask,
}

/// A table of what the mapping said of ASCII characters, so that each is asked for once.
pub struct AsciiTranslation {
    entries: [Entry; 128],
}

impl Default for AsciiTranslation {
    fn default() -> Self {
        AsciiTranslation::new()
    }
}

impl AsciiTranslation {
    /// A table that knows nothing yet.
    pub const fn new() -> Self {
        AsciiTranslation { entries: [Entry::Unknown; 128] }
    }

    /// Translates characters from `*position` on, into `out`, up to the first one that the mapping must be asked about:
    /// that one is given back, and `*position` stands behind it. `None` at the end of the text.
    pub fn run(&self, text: TextView<'_>, position: &mut usize, out: &mut TextBuilder) -> Option<u32> {
        for c in text.slice_from(*position).code_points() {
            *position += 1;
            match self.entries.get(c as usize) {
                Some(Entry::To(to)) => out.push((*to).into()),
                Some(Entry::Deleted) => {}
                Some(Entry::Unknown | Entry::Ask) | None => return Some(c),
            }
        }
        None
    }

    /// Remembers that the mapping translates `code_point` to the given text.
    pub fn remember(&mut self, code_point: u32, to: TextView<'_>) {
        if let Some(entry) = self.entries.get_mut(code_point as usize) {
            *entry = match to {
                TextView::Ascii([]) => Entry::Deleted,
                TextView::Ascii(&[to]) => Entry::To(to),
                _ => Entry::Ask,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_character_is_asked_for_once() {
        let text = crate::text::TextBuf::from("abcab€x€");
        let (mut table, mut out, mut position, mut asked) = (AsciiTranslation::new(), TextBuilder::new(), 0, Vec::new());
        while let Some(c) = table.run(text.view(), &mut position, &mut out) {
            asked.push(c);
            let to: &[u8] = match c {
                0x61 => b"",
                0x62 => b"B",
                0x20AC => b"EUR",
                _ => b"?",
            };
            table.remember(c, TextView::Ascii(to));
            out.push_ascii(to);
        }
        assert_eq!(asked, [0x61, 0x62, 0x63, 0x20AC, 0x78, 0x20AC]);
        assert_eq!(out.finish(), "B?BEUR?EUR");
    }
}
