//! Methods of `str` that look for text: finding, counting, prefixes and suffixes, replacing, stripping, partitions.

use pvm_macros::pymethods;

use super::arguments::{SearchBound, limit, search_span};
use super::{Str, intern};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::text::TextView;
use crate::text::search::trim::Sides;
use crate::text::strings::search;
use crate::tuple::Tuple;
use crate::{Heap, Vm};

type Bound = Option<SearchBound>;

/// Finds by one of the two directions within the bounds.
fn find_within(
    this: &Object<Str>,
    sub: &Object<Str>,
    start: Bound,
    end: Bound,
    find: fn(TextView<'_>, TextView<'_>) -> Option<usize>,
) -> Option<usize> {
    let span = search_span(this.len(), start, end)?;
    let from = span.start;
    find(this.view().slice(span), sub.view()).map(|at| from + at)
}

fn or_minus_one(position: Option<usize>) -> isize {
    position.map_or(-1, |position| position as isize)
}

fn or_not_found(position: Option<usize>, heap: &mut Heap) -> PyResult<usize> {
    position.ok_or_else(|| heap.value_error(format_args!("substring not found")))
}

/// `startswith` and `endswith`: one text or a tuple of them.
fn begins_or_ends(
    this: &Object<Str>,
    wanted: &Value,
    (start, end): (Bound, Bound),
    (name, holds): (&str, fn(TextView<'_>, TextView<'_>) -> bool),
    vm: &mut Vm,
) -> PyResult<bool> {
    let span = search_span(this.len(), start, end);
    let within = |wanted: &Object<Str>| match &span {
        Some(span) => holds(this.view().slice(span.clone()), wanted.view()),
        None => false,
    };
    if let Some(wanted) = wanted.downcast::<Str>() {
        return Ok(within(wanted));
    }
    let Some(all) = wanted.downcast::<Tuple>() else {
        let kind = vm.type_name(wanted);
        return Err(vm.type_error(format_args!("{name} first arg must be str or a tuple of str, not {kind}")));
    };
    for one in all.as_slice() {
        let Some(text) = one.downcast::<Str>() else {
            let kind = vm.type_name(one);
            return Err(vm.type_error(format_args!("tuple for {name} must only contain str, not {kind}")));
        };
        if within(text) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn stripped(this: &Object<Str>, chars: Option<&Value>, sides: Sides, name: &str, heap: &mut Heap) -> PyResult<Ref<Str>> {
    let kept = match chars {
        None => search::strip_whitespace(this.view(), sides),
        Some(chars) => match chars.downcast::<Str>() {
            Some(chars) => search::strip_chars(this.view(), chars.view(), sides),
            None => return Err(heap.type_error(format_args!("{name} arg must be None or str"))),
        },
    };
    Ok(heap.str_slice(this, kept)?)
}

/// The separator of `partition` and its like.
fn separator<'a>(sep: &'a Value, heap: &mut Heap) -> PyResult<&'a Object<Str>> {
    let Some(sep) = sep.downcast::<Str>() else {
        let kind = sep.ty().name();
        return Err(heap.type_error(format_args!("must be str, not {kind}")));
    };
    if sep.is_empty() {
        return Err(heap.value_error(format_args!("empty separator")));
    }
    Ok(sep)
}

#[pymethods(part = search)]
impl Str {
    /// The lowest position where sub is found within the bounds; -1 where it is not.
    #[signature = "(sub, start=None, end=None, /)"]
    #[text_signature = "($self, sub[, start[, end]], /)"]
    fn find(this: &Object<Self>, sub: &Object<Str>, start: Bound, end: Bound) -> isize {
        or_minus_one(find_within(this, sub, start, end, search::find))
    }

    /// The highest position where sub is found within the bounds; -1 where it is not.
    #[signature = "(sub, start=None, end=None, /)"]
    #[text_signature = "($self, sub[, start[, end]], /)"]
    fn rfind(this: &Object<Self>, sub: &Object<Str>, start: Bound, end: Bound) -> isize {
        or_minus_one(find_within(this, sub, start, end, search::rfind))
    }

    /// The lowest position where sub is found within the bounds; a ValueError where it is not.
    #[signature = "(sub, start=None, end=None, /)"]
    #[text_signature = "($self, sub[, start[, end]], /)"]
    fn index(this: &Object<Self>, heap: &mut Heap, sub: &Object<Str>, start: Bound, end: Bound) -> PyResult<usize> {
        or_not_found(find_within(this, sub, start, end, search::find), heap)
    }

    /// The highest position where sub is found within the bounds; a ValueError where it is not.
    #[signature = "(sub, start=None, end=None, /)"]
    #[text_signature = "($self, sub[, start[, end]], /)"]
    fn rindex(this: &Object<Self>, heap: &mut Heap, sub: &Object<Str>, start: Bound, end: Bound) -> PyResult<usize> {
        or_not_found(find_within(this, sub, start, end, search::rfind), heap)
    }

    /// How often sub occurs within the bounds, without overlaps.
    #[signature = "(sub, start=None, end=None, /)"]
    #[text_signature = "($self, sub[, start[, end]], /)"]
    fn count(this: &Object<Self>, sub: &Object<Str>, start: Bound, end: Bound) -> usize {
        search_span(this.len(), start, end).map_or(0, |span| search::count(this.view().slice(span), sub.view()))
    }

    /// Whether the text within the bounds begins with the prefix, or with one of a tuple of them.
    #[signature = "(prefix, start=None, end=None, /)"]
    #[text_signature = "($self, prefix[, start[, end]], /)"]
    fn startswith(this: &Object<Self>, vm: &mut Vm, prefix: &Value, start: Bound, end: Bound) -> PyResult<bool> {
        begins_or_ends(this, prefix, (start, end), ("startswith", search::starts_with), vm)
    }

    /// Whether the text within the bounds ends with the suffix, or with one of a tuple of them.
    #[signature = "(suffix, start=None, end=None, /)"]
    #[text_signature = "($self, suffix[, start[, end]], /)"]
    fn endswith(this: &Object<Self>, vm: &mut Vm, suffix: &Value, start: Bound, end: Bound) -> PyResult<bool> {
        begins_or_ends(this, suffix, (start, end), ("endswith", search::ends_with), vm)
    }

    /// A copy with occurrences of old replaced by new: all of them, or the first count.
    #[signature = "(old, new, /, count=-1)"]
    fn replace(this: &Object<Self>, heap: &mut Heap, old: &Object<Str>, new: &Object<Str>, count: isize) -> PyResult<Ref<Str>> {
        match search::replace(this.view(), old.view(), new.view(), limit(count)) {
            Ok(Some(text)) => Ok(heap.str_from_buf(text)?),
            Ok(None) => Ok(heap.plain_str(this)?),
            Err(error) => Err(heap.size_error(error, "replace string is too long")),
        }
    }

    /// A copy without the prefix, where the text begins with it.
    fn removeprefix(this: &Object<Self>, heap: &mut Heap, prefix: &Object<Str>) -> PyResult<Ref<Str>> {
        Ok(heap.str_slice(this, search::remove_prefix(this.view(), prefix.view()))?)
    }

    /// A copy without the suffix, where the text ends with it.
    fn removesuffix(this: &Object<Self>, heap: &mut Heap, suffix: &Object<Str>) -> PyResult<Ref<Str>> {
        Ok(heap.str_slice(this, search::remove_suffix(this.view(), suffix.view()))?)
    }

    /// A copy without whitespace, or the given characters, at both ends.
    #[signature = "(chars=None, /)"]
    fn strip(this: &Object<Self>, heap: &mut Heap, chars: Option<&Value>) -> PyResult<Ref<Str>> {
        stripped(this, chars, Sides::Both, "strip", heap)
    }

    /// A copy without whitespace, or the given characters, at the start.
    #[signature = "(chars=None, /)"]
    fn lstrip(this: &Object<Self>, heap: &mut Heap, chars: Option<&Value>) -> PyResult<Ref<Str>> {
        stripped(this, chars, Sides::Left, "lstrip", heap)
    }

    /// A copy without whitespace, or the given characters, at the end.
    #[signature = "(chars=None, /)"]
    fn rstrip(this: &Object<Self>, heap: &mut Heap, chars: Option<&Value>) -> PyResult<Ref<Str>> {
        stripped(this, chars, Sides::Right, "rstrip", heap)
    }

    /// What is before the first separator, the separator, and what is after it; the
    /// text and two empty ones where there is none.
    fn partition(this: &Object<Self>, heap: &mut Heap, sep: &Value) -> PyResult<Ref<Tuple>> {
        let sep = separator(sep, heap)?;
        let parts = match search::partition(this.view(), sep.view()) {
            Some((before, after)) => [heap.str_slice(this, before)?, sep.to_ref(), heap.str_slice(this, after)?],
            None => [this.to_ref(), intern::EMPTY.get().to_ref(), intern::EMPTY.get().to_ref()],
        };
        Ok(heap.try_tuple(parts.map(Value::from))?)
    }

    /// What is before the last separator, the separator, and what is after it; two
    /// empty texts and the whole one where there is none.
    fn rpartition(this: &Object<Self>, heap: &mut Heap, sep: &Value) -> PyResult<Ref<Tuple>> {
        let sep = separator(sep, heap)?;
        let parts = match search::rpartition(this.view(), sep.view()) {
            Some((before, after)) => [heap.str_slice(this, before)?, sep.to_ref(), heap.str_slice(this, after)?],
            None => [intern::EMPTY.get().to_ref(), intern::EMPTY.get().to_ref(), this.to_ref()],
        };
        Ok(heap.try_tuple(parts.map(Value::from))?)
    }
}
