//! Splitting into ranges. Each piece is handed to a closure, which may fail and so end the work.

use std::ops::Range;

use super::find::{Backward, Forward, Searcher};
use crate::text::unit::{Unit, position};

/// Calls `each` with the pieces between separators from the left, splitting at most `max` times
/// (`str.split(sep, max)`). The separator must not be empty.
pub fn split<U: Unit, E>(
    hay: &[U],
    separator: &[U],
    max: usize,
    mut each: impl FnMut(Range<usize>) -> Result<(), E>,
) -> Result<(), E> {
    let mut searcher = Searcher::<U, Forward>::new(separator, hay.len());
    let mut from = 0;
    for _ in 0..max {
        let Some(at) = searcher.first(&hay[from..]) else {
            break;
        };
        each(from..from + at)?;
        from += at + separator.len();
    }
    each(from..hay.len())
}

/// The same from the right (`str.rsplit(sep, max)`); the pieces come in reverse order.
pub fn rsplit<U: Unit, E>(
    hay: &[U],
    separator: &[U],
    max: usize,
    mut each: impl FnMut(Range<usize>) -> Result<(), E>,
) -> Result<(), E> {
    let mut searcher = Searcher::<U, Backward>::new(separator, hay.len());
    let mut end = hay.len();
    for _ in 0..max {
        let Some(at) = searcher.first(&hay[..end]) else {
            break;
        };
        each(at + separator.len()..end)?;
        end = at;
    }
    each(0..end)
}

/// Calls `each` with the words between runs of whitespace, splitting at most `max` times (`str.split(None, max)`). The rest
/// after the last split keeps its trailing whitespace.
pub fn split_whitespace<U: Unit, E>(
    hay: &[U],
    is_space: impl Fn(U) -> bool,
    max: usize,
    mut each: impl FnMut(Range<usize>) -> Result<(), E>,
) -> Result<(), E> {
    let mut at = 0;
    let mut splits = 0;
    loop {
        while at < hay.len() && is_space(hay[at]) {
            at += 1;
        }
        if at == hay.len() {
            return Ok(());
        }
        if splits == max {
            return each(at..hay.len());
        }
        let start = at;
        while at < hay.len() && !is_space(hay[at]) {
            at += 1;
        }
        each(start..at)?;
        splits += 1;
    }
}

/// The same from the right (`str.rsplit(None, max)`); the words come in reverse order.
pub fn rsplit_whitespace<U: Unit, E>(
    hay: &[U],
    is_space: impl Fn(U) -> bool,
    max: usize,
    mut each: impl FnMut(Range<usize>) -> Result<(), E>,
) -> Result<(), E> {
    let mut end = hay.len();
    let mut splits = 0;
    loop {
        while end > 0 && is_space(hay[end - 1]) {
            end -= 1;
        }
        if end == 0 {
            return Ok(());
        }
        if splits == max {
            return each(0..end);
        }
        let stop = end;
        while end > 0 && !is_space(hay[end - 1]) {
            end -= 1;
        }
        each(end..stop)?;
        splits += 1;
    }
}

/// Calls `each` with the lines, their ends included or not (`splitlines`). `\r\n` is one end.
pub fn split_lines<U: Unit, E>(
    hay: &[U],
    is_break: impl Fn(U) -> bool,
    keep_ends: bool,
    mut each: impl FnMut(Range<usize>) -> Result<(), E>,
) -> Result<(), E> {
    let mut start = 0;
    while start < hay.len() {
        let length = position(&hay[start..], &is_break);
        let end = length.map_or(hay.len(), |length| start + length);
        let mut next = (end + 1).min(hay.len());
        if next < hay.len() && hay[end].code_point() == 0x0D && hay[next].code_point() == 0x0A {
            next += 1;
        }
        each(start..if keep_ends { next } else { end })?;
        start = next;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    type Each<'a> = &'a mut dyn FnMut(Range<usize>) -> Result<(), Infallible>;

    fn pieces<'h>(hay: &'h str, run: impl FnOnce(&'h [u8], Each<'_>) -> Result<(), Infallible>) -> Vec<&'h str> {
        let mut out = Vec::new();
        let Ok(()) = run(hay.as_bytes(), &mut |range| {
            out.push(&hay[range]);
            Ok(())
        });
        out
    }

    const ALL: usize = usize::MAX;

    #[test]
    fn by_separator() {
        assert_eq!(pieces("a,b,,c", |h, e| split(h, b",", ALL, e)), ["a", "b", "", "c"]);
        assert_eq!(pieces("a,b,,c", |h, e| split(h, b",", 1, e)), ["a", "b,,c"]);
        assert_eq!(pieces("a,b", |h, e| split(h, b",", 0, e)), ["a,b"]);
        assert_eq!(pieces("", |h, e| split(h, b",", ALL, e)), [""]);
        assert_eq!(pieces("a--b---c", |h, e| split(h, b"--", ALL, e)), ["a", "b", "-c"]);
        assert_eq!(pieces("a--b---c", |h, e| rsplit(h, b"--", ALL, e)), ["c", "b-", "a"]);
        assert_eq!(pieces("a,b,c", |h, e| rsplit(h, b",", 1, e)), ["c", "a,b"]);
    }

    #[test]
    fn by_whitespace() {
        let space = |u: u8| u == b' ';
        assert_eq!(pieces("  a  b c ", |h, e| split_whitespace(h, space, ALL, e)), ["a", "b", "c"]);
        assert_eq!(pieces("  a  b c ", |h, e| split_whitespace(h, space, 1, e)), ["a", "b c "]);
        assert_eq!(pieces("  a  b c ", |h, e| split_whitespace(h, space, 0, e)), ["a  b c "]);
        assert_eq!(pieces("  a  b c ", |h, e| rsplit_whitespace(h, space, 1, e)), ["c", "  a  b"]);
        assert_eq!(pieces("   ", |h, e| rsplit_whitespace(h, space, ALL, e)), [""; 0]);
    }

    #[test]
    fn by_lines() {
        let end = |u: u8| matches!(u, b'\n' | b'\r');
        assert_eq!(pieces("a\nb\r\nc\rd", |h, e| split_lines(h, end, false, e)), ["a", "b", "c", "d"]);
        assert_eq!(pieces("a\n\r\n\n", |h, e| split_lines(h, end, true, e)), ["a\n", "\r\n", "\n"]);
        assert_eq!(pieces("\n\r", |h, e| split_lines(h, end, true, e)), ["\n", "\r"]);
        assert_eq!(pieces("", |h, e| split_lines(h, end, true, e)), [""; 0]);
    }

    #[test]
    fn a_failing_closure_ends_the_work() {
        let mut seen = 0;
        let result = split(b"a,b,c", b",", ALL, |_| {
            seen += 1;
            if seen == 2 { Err("enough") } else { Ok(()) }
        });
        assert_eq!((result, seen), (Err("enough"), 2));
    }
}
