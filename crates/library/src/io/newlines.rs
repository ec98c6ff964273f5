//! Ends of lines: finding them in text, and the translation of `\r\n` and `\r` that universal newlines mean.

use pvm_object::text::{TextBuf, TextBuilder, TextView, Unit};
use pvm_object::{Heap, PyResult, Value};

/// What the argument `newline` of text streams says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Newline {
    /// `None`: all ends are read as `\n`, and `\n` is written as the system's, which is the same.
    Universal,
    /// `''`: all ends are ends of lines, and stay as they are.
    Untranslated,
    /// `'\n'`
    Lf,
    /// `'\r'`
    Cr,
    /// `'\r\n'`
    CrLf,
}

impl Newline {
    /// The meaning of an argument, where it is a legal one.
    pub fn of(argument: Option<&str>) -> Option<Newline> {
        Some(match argument {
            None => Newline::Universal,
            Some("") => Newline::Untranslated,
            Some("\n") => Newline::Lf,
            Some("\r") => Newline::Cr,
            Some("\r\n") => Newline::CrLf,
            Some(_) => return None,
        })
    }

    /// Whether `\r`, `\n` and `\r\n` all end lines in reading.
    pub fn is_universal(self) -> bool {
        matches!(self, Newline::Universal | Newline::Untranslated)
    }

    /// What `\n` is written as, where that is something else.
    pub fn written(self) -> Option<&'static str> {
        match self {
            Newline::Cr => Some("\r"),
            Newline::CrLf => Some("\r\n"),
            _ => None,
        }
    }

    /// Looks for the end of the first line: `Ok` with the position behind it, or `Err` with the number of characters that
    /// certainly belong to no end (`_PyIO_find_line_ending`).
    pub fn find_end(self, text: TextView<'_>) -> Result<usize, usize> {
        match text {
            TextView::Ascii(units) | TextView::Latin1(units) => self.find_in(units),
            TextView::Ucs2(units) => self.find_in(units),
            TextView::Ucs4(units) => self.find_in(units),
        }
    }

    fn find_in<U: Unit>(self, units: &[U]) -> Result<usize, usize> {
        let (cr, lf) = (U::from(b'\r'), U::from(b'\n'));
        let one = |unit| U::find_unit(units, unit).map(|at| at + 1).ok_or(units.len());
        match self {
            Newline::Universal | Newline::Lf => one(lf),
            Newline::Cr => one(cr),
            Newline::Untranslated => {
                let Some(at) = units.iter().position(|&unit| unit == cr || unit == lf) else {
                    return Err(units.len());
                };
                let pair = units[at] == cr && units.get(at + 1) == Some(&lf);
                Ok(at + if pair { 2 } else { 1 })
            }
            Newline::CrLf => {
                let mut from = 0;
                while let Some(found) = U::find_unit(&units[from..], cr) {
                    let at = from + found;
                    match units.get(at + 1) {
                        Some(&next) if next == lf => return Ok(at + 2),
                        Some(_) => from = at + 1,
                        None => return Err(at),
                    }
                }
                Err(units.len())
            }
        }
    }
}

const SEEN_CR: u8 = 1;
const SEEN_LF: u8 = 2;
const SEEN_CRLF: u8 = 4;

/// The state of reading with universal newlines: the ends seen, and a `\r` whose `\n` may come with the next piece.
#[derive(Clone, Copy)]
pub struct Translation {
    translate: bool,
    pending_cr: bool,
    seen: u8,
}

impl Translation {
    /// At the start of a text. Without `translate` ends stay as they are, but are never cut in two.
    pub const fn new(translate: bool) -> Translation {
        Translation { translate, pending_cr: false, seen: 0 }
    }

    /// Takes the next piece of decoded text.
    pub fn process(&mut self, mut text: TextBuf, last: bool) -> TextBuf {
        if self.pending_cr && (last || !text.is_empty()) {
            let mut with_cr = TextBuilder::with_capacity(text.len() + 1);
            with_cr.push_ascii(b"\r");
            with_cr.push_view(text.view());
            text = with_cr.finish();
            self.pending_cr = false;
        }
        if !last && text.view().last() == Some(u32::from(b'\r')) {
            text = without_last(text);
            self.pending_cr = true;
        }
        match text {
            TextBuf::Ascii(units) => TextBuf::Ascii(self.translated(units)),
            TextBuf::Latin1(units) => TextBuf::Latin1(self.translated(units)),
            TextBuf::Ucs2(units) => TextBuf::Ucs2(self.translated(units)),
            TextBuf::Ucs4(units) => TextBuf::Ucs4(self.translated(units)),
        }
    }

    fn translated<U: Unit>(&mut self, units: Vec<U>) -> Vec<U> {
        let (cr, lf) = (U::from(b'\r'), U::from(b'\n'));
        let Some(first) = U::find_unit(&units, cr) else {
            if self.seen & SEEN_LF == 0 && U::find_unit(&units, lf).is_some() {
                self.seen |= SEEN_LF;
            }
            return units;
        };
        if U::find_unit(&units[..first], lf).is_some() {
            self.seen |= SEEN_LF;
        }
        let mut out = units[..if self.translate { first } else { 0 }].to_vec();
        let mut at = first;
        while let Some(&unit) = units.get(at) {
            at += 1;
            if unit == cr {
                let pair = units.get(at) == Some(&lf);
                self.seen |= if pair { SEEN_CRLF } else { SEEN_CR };
                at += usize::from(pair);
                if self.translate {
                    out.push(lf);
                }
            } else {
                if unit == lf {
                    self.seen |= SEEN_LF;
                }
                if self.translate {
                    out.push(unit);
                }
            }
        }
        if self.translate { out } else { units }
    }

    /// Puts the `\r` that waits into the flags of a decoder's state.
    pub fn join_flags(&self, flags: u64) -> u64 {
        flags << 1 | u64::from(self.pending_cr)
    }

    /// Takes the own part out of the flags of a state; gives the decoder's.
    pub fn take_flags(&mut self, flags: u64) -> u64 {
        self.pending_cr = flags & 1 != 0;
        flags >> 1
    }

    /// Forgets everything.
    pub fn reset(&mut self) {
        (self.pending_cr, self.seen) = (false, 0);
    }

    /// The ends seen: `None`, one, or a tuple of them.
    pub fn seen(&self, heap: &mut Heap) -> PyResult {
        let kinds = [(SEEN_CR, "\r"), (SEEN_LF, "\n"), (SEEN_CRLF, "\r\n")];
        let mut seen = Vec::new();
        for (bit, text) in kinds {
            if self.seen & bit != 0 {
                seen.push(Value::from(heap.new_str(text)));
            }
        }
        match seen.len() {
            0 => Ok(Value::none()),
            1 => Ok(seen.remove(0)),
            _ => Ok(heap.new_tuple(seen).into()),
        }
    }
}

fn without_last(text: TextBuf) -> TextBuf {
    match text {
        TextBuf::Ascii(mut units) => {
            units.pop();
            TextBuf::Ascii(units)
        }
        TextBuf::Latin1(mut units) => {
            units.pop();
            TextBuf::Latin1(units)
        }
        TextBuf::Ucs2(mut units) => {
            units.pop();
            TextBuf::Ucs2(units)
        }
        TextBuf::Ucs4(mut units) => {
            units.pop();
            TextBuf::Ucs4(units)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn process(state: &mut Translation, text: &str, last: bool) -> String {
        state.process(TextBuf::from(text), last).view().to_str_lossy().into_owned()
    }

    #[test]
    fn ends_are_translated_across_pieces() {
        let mut state = Translation::new(true);
        assert_eq!(process(&mut state, "a\r", false), "a");
        assert_eq!(process(&mut state, "\nb\rc\r\n", false), "\nb\nc\n");
        assert_eq!(process(&mut state, "é\r", false), "é");
        assert_eq!(process(&mut state, "", false), "");
        assert_eq!(process(&mut state, "", true), "\n");
        let mut state = Translation::new(false);
        assert_eq!(process(&mut state, "x\n\r", false), "x\n");
        assert_eq!(process(&mut state, "\ny\r", true), "\r\ny\r");
        assert_eq!(state.seen, SEEN_CR | SEEN_LF | SEEN_CRLF);
    }

    #[test]
    fn ends_of_lines() {
        let find = |newline: Newline, text: &str| newline.find_end(TextBuf::from(text).view());
        assert_eq!(find(Newline::Universal, "ab\ncd"), Ok(3));
        assert_eq!(find(Newline::Universal, "ab\r"), Err(3));
        assert_eq!(find(Newline::Untranslated, "ab\r\ncd"), Ok(4));
        assert_eq!(find(Newline::Untranslated, "€b\rcd"), Ok(3));
        assert_eq!(find(Newline::CrLf, "a\rb\r\n"), Ok(5));
        assert_eq!(find(Newline::CrLf, "a\rb\r"), Err(3));
        assert_eq!(find(Newline::Cr, "a\nb"), Err(3));
    }
}
