//! `replace` for units of any width.

use super::SizeError;
use super::find::{Matches, count};
use crate::text::unit::Unit;

/// `hay` with the first `max` occurrences of `old` replaced by `new`; `None` if nothing changes.
///
/// An empty `old` stands before every unit and at the end.
pub fn replace<U: Unit>(hay: &[U], old: &[U], new: &[U], max: usize) -> Result<Option<Vec<U>>, SizeError> {
    if max == 0 || old == new || old.len() > hay.len() {
        return Ok(None);
    }
    if old.is_empty() {
        return interleave(hay, new, max.min(hay.len() + 1)).map(Some);
    }
    if let ([old], [new]) = (old, new) {
        return Ok(replace_unit(hay, *old, *new, max));
    }
    let mut matches = Matches::new(hay, old).take(max).peekable();
    if matches.peek().is_none() {
        return Ok(None);
    }
    let mut out = if new.len() > old.len() {
        reserve(hay.len(), new.len() - old.len(), count(hay, old, max))?
    } else {
        reserve(hay.len(), 0, 0)?
    };
    let mut from = 0;
    for at in matches {
        out.extend_from_slice(&hay[from..at]);
        out.extend_from_slice(new);
        from = at + old.len();
    }
    out.extend_from_slice(&hay[from..]);
    Ok(Some(out))
}

/// An empty vector for `len + growth * times` units.
fn reserve<U>(len: usize, growth: usize, times: usize) -> Result<Vec<U>, SizeError> {
    let total = growth.checked_mul(times).and_then(|more| len.checked_add(more));
    let total = total.filter(|&total| isize::try_from(total).is_ok()).ok_or(SizeError::TooLong)?;
    let mut units = Vec::new();
    units.try_reserve_exact(total)?;
    Ok(units)
}

fn interleave<U: Unit>(hay: &[U], new: &[U], times: usize) -> Result<Vec<U>, SizeError> {
    let mut out = reserve(hay.len(), new.len(), times)?;
    for at in 0..times {
        out.extend_from_slice(new);
        out.extend(hay.get(at));
    }
    out.extend(hay.get(times..).unwrap_or_default());
    Ok(out)
}

fn replace_unit<U: Unit>(hay: &[U], old: U, new: U, max: usize) -> Option<Vec<U>> {
    let first = U::find_unit(hay, old)?;
    let mut out = hay.to_vec();
    if max >= hay.len() {
        // Without a limit there is no need to count, and the loop works on many units at once.
        out[first..].iter_mut().for_each(|u| *u = if *u == old { new } else { *u });
    } else {
        let places = out[first..].iter_mut().filter(|u| **u == old);
        places.take(max).for_each(|u| *u = new);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(hay: &str, old: &str, new: &str, max: usize) -> String {
        let out = replace(hay.as_bytes(), old.as_bytes(), new.as_bytes(), max).unwrap();
        out.map_or(hay.to_owned(), |out| String::from_utf8(out).unwrap())
    }

    #[test]
    fn values_from_cpython() {
        for (hay, old, new, max, expected) in [
            ("one two one", "one", "1", usize::MAX, "1 two 1"),
            ("one two one", "one", "three", 1, "three two one"),
            ("aaa", "a", "b", 2, "bba"),
            ("aaa", "a", "b", usize::MAX, "bbb"),
            ("aaa", "aa", "b", usize::MAX, "ba"),
            ("abc", "", "-", usize::MAX, "-a-b-c-"),
            ("abc", "", "-", 2, "-a-bc"),
            ("abc", "", "-", 4, "-a-b-c-"),
            ("", "", "x", usize::MAX, "x"),
            ("", "a", "x", usize::MAX, ""),
            ("abab", "ab", "", usize::MAX, ""),
            ("abc", "x", "yy", usize::MAX, "abc"),
            ("abc", "b", "z", 0, "abc"),
        ] {
            assert_eq!(replaced(hay, old, new, max), expected, "{hay:?} {old:?} {new:?} {max}");
        }
    }

    #[test]
    fn unchanged_is_told() {
        assert_eq!(replace(b"abc", b"x", b"y", usize::MAX), Ok(None));
        assert_eq!(replace(b"abc", b"b", b"b", usize::MAX), Ok(None));
    }
}
