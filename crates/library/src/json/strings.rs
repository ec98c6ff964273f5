//! JSON strings: what they mean, and how they are written.

use pvm_object::str::Str;
use pvm_object::text::unit::position;
use pvm_object::text::{TextBuilder, TextView, Unit};
use pvm_object::{Object, PyResult, Raised, Ref, Vm};

use super::decode_error;

const QUOTE: u32 = b'"' as u32;
const BACKSLASH: u32 = b'\\' as u32;

/// Units of one width as text.
pub trait AsText: Unit {
    /// The text of these units.
    fn as_text(units: &[Self]) -> TextView<'_>;
}

impl AsText for u8 {
    fn as_text(units: &[u8]) -> TextView<'_> {
        TextView::Latin1(units)
    }
}

impl AsText for u16 {
    fn as_text(units: &[u16]) -> TextView<'_> {
        TextView::Ucs2(units)
    }
}

impl AsText for u32 {
    fn as_text(units: &[u32]) -> TextView<'_> {
        TextView::Ucs4(units)
    }
}

/// What is wrong with a string, and where.
pub struct Malformed(pub &'static str, pub usize);

impl Malformed {
    /// As an exception.
    pub fn raise(self, document: &Object<Str>, vm: &mut Vm) -> Raised {
        decode_error(vm, self.0, document, self.1)
    }
}

/// The end of the characters from `start` on that stand for themselves.
#[inline]
pub fn plain_end<U: AsText>(text: &[U], start: usize, strict: bool) -> usize {
    let rest = &text[start..];
    let limit = if strict { 0x20 } else { 0 };
    let found = position(rest, |unit| {
        let c: u32 = unit.into();
        (c == QUOTE) | (c == BACKSLASH) | (c < limit)
    });
    start + found.unwrap_or(rest.len())
}

/// The string whose characters begin at `start`, appended to `out`; the place behind its closing quote.
pub fn scan<U: AsText>(text: &[U], start: usize, strict: bool, out: &mut TextBuilder) -> Result<usize, Malformed> {
    let unterminated = Malformed("Unterminated string starting at", start.wrapping_sub(1));
    let mut at = start;
    loop {
        let end = plain_end(text, at, strict);
        out.push_view(U::as_text(&text[at..end]));
        let Some(&unit) = text.get(end) else {
            return Err(unterminated);
        };
        match unit.into() {
            QUOTE => return Ok(end + 1),
            BACKSLASH => {}
            _ => return Err(Malformed("Invalid control character at", end)),
        }
        let Some(&letter) = text.get(end + 1) else {
            return Err(unterminated);
        };
        let letter: u32 = letter.into();
        at = end + 2;
        out.push(match u8::try_from(letter) {
            Ok(b'"' | b'\\' | b'/') => letter,
            Ok(b'b') => 8,
            Ok(b'f') => 12,
            Ok(b'n') => 10,
            Ok(b'r') => 13,
            Ok(b't') => 9,
            Ok(b'u') => {
                let (point, next) = read_unicode_escape(text, at)?;
                at = next;
                point
            }
            _ => return Err(Malformed("Invalid \\escape", end)),
        });
    }
}

/// Four hexadecimal digits; `at` is the place behind the `u`.
fn read_hex<U: AsText>(text: &[U], at: usize) -> Result<u32, Malformed> {
    let invalid = || Malformed("Invalid \\uXXXX escape", at - 1);
    let digits = text.get(at..at + 4).ok_or_else(invalid)?;
    digits.iter().try_fold(0, |number, &digit| {
        let digit: u32 = digit.into();
        let digit = char::from_u32(digit).and_then(|c| c.to_digit(16)).ok_or_else(invalid)?;
        Ok(number << 4 | digit)
    })
}

/// The character of an escape, which may be written as two surrogates; and the place behind it.
fn read_unicode_escape<U: AsText>(text: &[U], at: usize) -> Result<(u32, usize), Malformed> {
    let first = read_hex(text, at)?;
    let next = at + 4;
    let is_escape =
        |at: usize| matches!(text.get(at..at + 2), Some(&[a, b]) if a.into() == BACKSLASH && b.into() == u32::from(b'u'));
    if (0xD800..0xDC00).contains(&first) && is_escape(next) {
        let second = read_hex(text, next + 2)?;
        if (0xDC00..0xE000).contains(&second) {
            return Ok((0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00), next + 6));
        }
    }
    Ok((first, next))
}

/// As [`scan`], of a string object and into one.
pub fn scan_text(document: &Object<Str>, start: usize, strict: bool, vm: &mut Vm) -> PyResult<(Ref<Str>, usize)> {
    match document.view() {
        TextView::Ascii(text) | TextView::Latin1(text) => scan_object(document, text, start, strict, vm),
        TextView::Ucs2(text) => scan_object(document, text, start, strict, vm),
        TextView::Ucs4(text) => scan_object(document, text, start, strict, vm),
    }
}

/// As [`scan`], into a string object.
pub fn scan_object<U: AsText>(
    document: &Object<Str>,
    text: &[U],
    start: usize,
    strict: bool,
    vm: &mut Vm,
) -> PyResult<(Ref<Str>, usize)> {
    let end = plain_end(text, start, strict);
    if text.get(end).is_some_and(|&unit| unit.into() == QUOTE) {
        return Ok((vm.try_str_from_view(U::as_text(&text[start..end]))?, end + 1));
    }
    let mut out = TextBuilder::new();
    match scan(text, start, strict, &mut out) {
        Ok(end) => Ok((vm.str_from_builder(out)?, end)),
        Err(malformed) => Err(malformed.raise(document, vm)),
    }
}

/// Writes a text as a JSON string; characters that are not ASCII as escapes if `ascii` says so.
pub fn encode(text: TextView<'_>, ascii: bool, out: &mut TextBuilder) {
    out.push(QUOTE);
    match text {
        TextView::Ascii(text) | TextView::Latin1(text) => encode_units(text, ascii, out),
        TextView::Ucs2(text) => encode_units(text, ascii, out),
        TextView::Ucs4(text) => encode_units(text, ascii, out),
    }
    out.push(QUOTE);
}

fn encode_units<U: AsText>(text: &[U], ascii: bool, out: &mut TextBuilder) {
    let limit = if ascii { 0x7E } else { u32::MAX };
    let mut rest = text;
    while !rest.is_empty() {
        let plain = position(rest, |unit| {
            let c: u32 = unit.into();
            (c == QUOTE) | (c == BACKSLASH) | (c < 0x20) | (c > limit)
        });
        let plain = plain.unwrap_or(rest.len());
        out.push_view(U::as_text(&rest[..plain]));
        let Some((&unit, after)) = rest[plain..].split_first() else {
            return;
        };
        push_escape(unit.into(), out);
        rest = after;
    }
}

fn push_escape(c: u32, out: &mut TextBuilder) {
    match c {
        QUOTE => out.push_str("\\\""),
        BACKSLASH => out.push_str("\\\\"),
        8 => out.push_str("\\b"),
        9 => out.push_str("\\t"),
        10 => out.push_str("\\n"),
        12 => out.push_str("\\f"),
        13 => out.push_str("\\r"),
        0x1_0000.. => {
            let low = c - 0x1_0000;
            push_hex(0xD800 | low >> 10, out);
            push_hex(0xDC00 | low & 0x3FF, out);
        }
        _ => push_hex(c, out),
    }
}

fn push_hex(unit: u32, out: &mut TextBuilder) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |shift: u32| DIGITS[(unit >> shift & 15) as usize];
    out.push_ascii(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
}
