//! Arguments that the methods of text and bytes share: bounds of searches, and errors of sizes and numbers.

use std::ops::Range;

use crate::arguments::Argument;
use crate::convert::FromArg;
use crate::core::value::ValueRef;
use crate::errors::{PyResult, Raised};
use crate::native::Effects;
use crate::sequence::is_index;
use crate::text::search::{SizeError, adjust_range};
use crate::{Heap, Vm};

/// A `start` or `end` of a search, clipped to the machine's word; may count from the end.
#[derive(Clone, Copy)]
pub struct SearchBound(pub isize);

impl FromArg<'_> for SearchBound {
    const EFFECTS: Effects = Effects::Anything;

    fn from_arg(value: ValueRef<'_>, _: Argument, vm: &mut Vm) -> PyResult<SearchBound> {
        if let Some(small) = value.as_small_int() {
            return Ok(SearchBound(small as isize));
        }
        if !is_index(&value) {
            return Err(vm.type_error(format_args!("slice indices must be integers or None or have an __index__ method")));
        }
        vm.index_clipped(&value).map(SearchBound)
    }
}

/// The part of `len` items that the bounds of a search select; `None` where not even the empty text is in it.
#[inline]
pub fn search_span(len: usize, start: Option<SearchBound>, end: Option<SearchBound>) -> Option<Range<usize>> {
    adjust_range(start.map_or(0, |bound| bound.0), end.map_or(isize::MAX, |bound| bound.0), len)
}

/// The number of times that a method's `count` or `maxsplit` allows: all where it is negative.
#[inline]
pub fn limit(count: isize) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

impl Heap {
    /// Raises the error for a result that cannot be built: an `OverflowError` with the method's message, or `MemoryError`.
    #[cold]
    pub fn size_error(&mut self, error: SizeError, too_long: &str) -> Raised {
        match error {
            SizeError::TooLong => self.overflow_error(format_args!("{too_long}")),
            SizeError::NoMemory => self.memory_error(),
        }
    }
}
