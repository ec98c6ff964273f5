//! Searching, splitting, replacing and stripping, generic over the stored unit: `bytes` and `str` of each width share them.
//!
//! - [`find`]: substring search in either direction, linear in the worst case.
//! - [`mod@split`]: pieces between separators, whitespace or line ends, as ranges.
//! - [`mod@replace`]: `replace`, and what limits the size of a result.
//! - [`trim`]: stripping by predicate, prefixes and suffixes.

pub mod find;
pub mod replace;
pub mod split;
pub mod trim;

use std::ops::Range;

pub use find::{Backward, Forward, Searcher, count, find, rfind};
pub use replace::replace;

/// Why a result cannot be built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SizeError {
    /// The length overflows: `OverflowError`, with a message of the method's own.
    TooLong,
    /// The allocator refused: `MemoryError`.
    NoMemory,
}

impl From<std::collections::TryReserveError> for SizeError {
    fn from(_: std::collections::TryReserveError) -> SizeError {
        SizeError::NoMemory
    }
}

/// The range that the optional `start` and `end` arguments of a search method select in a sequence of `len` items
/// (`ADJUST_INDICES`). `None` if it is empty in a way that not even the empty needle is found in it.
pub fn adjust_range(start: isize, end: isize, len: usize) -> Option<Range<usize>> {
    let resolve = |index: isize| match usize::try_from(index) {
        Ok(index) => index,
        Err(_) => len.saturating_sub(index.unsigned_abs()),
    };
    let (start, end) = (resolve(start), resolve(end).min(len));
    (start <= end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::adjust_range;

    #[test]
    fn ranges_clamp_as_slices_do() {
        assert_eq!(adjust_range(0, isize::MAX, 3), Some(0..3));
        assert_eq!(adjust_range(-2, -1, 3), Some(1..2));
        assert_eq!(adjust_range(-9, -9, 3), Some(0..0));
        assert_eq!(adjust_range(3, 9, 3), Some(3..3));
        assert_eq!(adjust_range(4, 9, 3), None);
        assert_eq!(adjust_range(2, 1, 3), None);
        assert_eq!(adjust_range(isize::MIN, isize::MIN, 3), Some(0..0));
    }
}
