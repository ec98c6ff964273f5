//! Stripping from the ends, prefixes and suffixes.

use std::ops::Range;

use super::find::{find, rfind};
use crate::text::unit::Unit;

/// Which ends a method works on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sides {
    /// The left one.
    Left,
    /// The right one.
    Right,
    /// Both.
    Both,
}

/// The range that is left when units that satisfy `strip` are taken from the given ends.
pub fn strip<U: Unit>(units: &[U], sides: Sides, strip: impl Fn(U) -> bool) -> Range<usize> {
    let mut start = 0;
    let mut end = units.len();
    if sides != Sides::Right {
        start = units.iter().position(|&u| !strip(u)).unwrap_or(end);
    }
    if sides != Sides::Left {
        end = units[start..].iter().rposition(|&u| !strip(u)).map_or(start, |at| start + at + 1);
    }
    start..end
}

/// A set of units to strip, answered by a bit for the common ones (`str.strip(chars)`).
pub struct UnitSet<'a, U> {
    units: &'a [U],
    bits: u64,
}

impl<'a, U: Unit> UnitSet<'a, U> {
    /// The set of the given units.
    pub fn new(units: &'a [U]) -> Self {
        let bits = units.iter().fold(0, |bits, &u| bits | 1 << (u.code_point() & 63));
        UnitSet { units, bits }
    }

    /// Whether `unit` is one of them.
    #[inline]
    pub fn contains(&self, unit: U) -> bool {
        self.bits >> (unit.code_point() & 63) & 1 != 0 && U::find_unit(self.units, unit).is_some()
    }
}

/// The start of the first separator, for `partition`: what is before it, and after it.
pub fn partition<U: Unit>(hay: &[U], separator: &[U]) -> Option<(Range<usize>, Range<usize>)> {
    let at = find(hay, separator)?;
    Some((0..at, at + separator.len()..hay.len()))
}

/// The same at the last separator, for `rpartition`.
pub fn rpartition<U: Unit>(hay: &[U], separator: &[U]) -> Option<(Range<usize>, Range<usize>)> {
    let at = rfind(hay, separator)?;
    Some((0..at, at + separator.len()..hay.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stripping() {
        let blank = |u: u8| u == b' ';
        assert_eq!(strip(b"  a b ", Sides::Both, blank), 2..5);
        assert_eq!(strip(b"  a b ", Sides::Left, blank), 2..6);
        assert_eq!(strip(b"  a b ", Sides::Right, blank), 0..5);
        assert_eq!(strip(b"   ", Sides::Both, blank).len(), 0);
        assert_eq!(strip(b"   ", Sides::Right, blank), 0..0);
        assert_eq!(strip(b"", Sides::Both, blank), 0..0);
        let set = UnitSet::new(b"ab");
        assert_eq!(strip(b"abcba", Sides::Both, |u| set.contains(u)), 2..3);
        let wide = UnitSet::new(&[0x3B1u16, 0x3B2]);
        assert!(wide.contains(0x3B1) && !wide.contains(0x3B1 + 64));
    }

    #[test]
    fn partitioning() {
        assert_eq!(partition(b"a=b=c", b"="), Some((0..1, 2..5)));
        assert_eq!(rpartition(b"a=b=c", b"="), Some((0..3, 4..5)));
        assert_eq!(partition(b"abc", b"="), None);
    }
}
