//! `upper`, `lower`, `title`, `capitalize`, `swapcase` and `casefold`, with full mappings.

use crate::text::builder::CodePointSink;
use crate::text::unicode::{Mapped, case_fold, is_case_ignorable, is_cased, is_lower, is_upper, to_lower, to_title, to_upper};
use crate::text::{TextBuf, TextView};

const CAPITAL_SIGMA: u32 = 0x3A3;
const SMALL_SIGMA: u32 = 0x3C3;
const FINAL_SIGMA: u32 = 0x3C2;

/// `str.upper()`.
pub fn upper(text: TextView<'_>) -> TextBuf {
    map_all(text, <[u8]>::to_ascii_uppercase, to_upper)
}

/// `str.casefold()`.
pub fn casefold(text: TextView<'_>) -> TextBuf {
    map_all(text, <[u8]>::to_ascii_lowercase, case_fold)
}

fn map_all(text: TextView<'_>, ascii: fn(&[u8]) -> Vec<u8>, map: fn(u32) -> Mapped) -> TextBuf {
    if let TextView::Ascii(units) = text {
        return TextBuf::Ascii(ascii(units));
    }
    let mut out = CodePointSink::with_capacity(text.len());
    text.code_points().for_each(|c| push(&mut out, map(c)));
    out.finish()
}

#[inline]
fn push(out: &mut CodePointSink, mapped: Mapped) {
    mapped.as_slice().iter().for_each(|&c| out.push(c));
}

/// `str.lower()`.
pub fn lower(text: TextView<'_>) -> TextBuf {
    if let TextView::Ascii(units) = text {
        return TextBuf::Ascii(units.to_ascii_lowercase());
    }
    let mut out = CodePointSink::with_capacity(text.len());
    for (index, c) in text.code_points().enumerate() {
        push_lower(&mut out, text, index, c);
    }
    out.finish()
}

#[inline]
fn push_lower(out: &mut CodePointSink, text: TextView<'_>, index: usize, c: u32) {
    if c == CAPITAL_SIGMA {
        out.push(if is_final_sigma(text, index) { FINAL_SIGMA } else { SMALL_SIGMA });
    } else {
        push(out, to_lower(c));
    }
}

/// Whether the sigma at `index` ends a word: a cased character before it and none after it, case-ignorable ones left aside
/// (the condition Final_Sigma of the Unicode Standard, section 3.13).
fn is_final_sigma(text: TextView<'_>, index: usize) -> bool {
    let before = text.slice(0..index).code_points().rev().find(|&c| !is_case_ignorable(c));
    let after = || text.slice_from(index + 1).code_points().find(|&c| !is_case_ignorable(c));
    before.is_some_and(is_cased) && !after().is_some_and(is_cased)
}

/// `str.title()`.
pub fn title(text: TextView<'_>) -> TextBuf {
    let mut out = CodePointSink::with_capacity(text.len());
    let mut within_word = false;
    for (index, c) in text.code_points().enumerate() {
        if within_word {
            push_lower(&mut out, text, index, c);
        } else {
            push(&mut out, to_title(c));
        }
        within_word = is_cased(c);
    }
    out.finish()
}

/// `str.capitalize()`.
pub fn capitalize(text: TextView<'_>) -> TextBuf {
    let mut out = CodePointSink::with_capacity(text.len());
    for (index, c) in text.code_points().enumerate() {
        if index == 0 {
            push(&mut out, to_title(c));
        } else {
            push_lower(&mut out, text, index, c);
        }
    }
    out.finish()
}

/// `str.swapcase()`.
pub fn swapcase(text: TextView<'_>) -> TextBuf {
    let mut out = CodePointSink::with_capacity(text.len());
    for (index, c) in text.code_points().enumerate() {
        if is_upper(c) {
            push_lower(&mut out, text, index, c);
        } else if is_lower(c) {
            push(&mut out, to_upper(c));
        } else {
            out.push(c);
        }
    }
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_from_cpython() {
        type Method = fn(TextView<'_>) -> TextBuf;
        let cases: [(Method, &str, &str); 17] = [
            (upper, "abc1", "ABC1"),
            (upper, "straße ŉ ﬃ ÿ", "STRASSE ʼN FFI Ÿ"),
            (lower, "ABC", "abc"),
            (lower, "İ", "i\u{307}"),
            (lower, "ΑΣ", "ας"),
            (lower, "Σ", "σ"),
            (lower, "ΑΣΑ ΑΣ.", "ασα ας."),
            (lower, "Α'Σ'", "α'ς'"),
            (title, "they're bill's", "They'Re Bill'S"),
            (title, "ǆ ﬁne ΑΣ", "ǅ Fine Ας"),
            (capitalize, "ßHELLO", "Sshello"),
            (capitalize, "ǆΣ", "ǅς"),
            (capitalize, "", ""),
            (swapcase, "aBß", "AbSS"),
            (swapcase, "ǅ", "ǅ"),
            (casefold, "Straße Σς", "strasse σσ"),
            (casefold, "ΰ Ꭰ", "υ\u{308}\u{301} Ꭰ"),
        ];
        for (method, text, expected) in cases {
            assert_eq!(method(TextBuf::from(text).view()), expected, "{text:?}");
        }
    }
}
