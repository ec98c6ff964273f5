//! `str.split`, `rsplit` and `splitlines`.

use std::ops::Range;

use pvm_macros::pymethods;

use super::Str;
use super::arguments::limit;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::heap::HeapVec;
use crate::list::List;
use crate::text::strings::search;
use crate::{Heap, Vm};

/// The parts of a text as they are found.
struct Parts<'a> {
    text: &'a Object<Str>,
    heap: &'a mut Heap,
    found: HeapVec<Value>,
}

impl Parts<'_> {
    fn add(&mut self, range: Range<usize>) -> Result<(), Raised> {
        let part = self.heap.str_slice(self.text, range)?;
        Ok(self.found.push(part.into())?)
    }
}

/// A list of the parts that `search` finds.
fn parts_of<'a>(
    text: &'a Object<Str>,
    heap: &'a mut Heap,
    search: impl FnOnce(&mut Parts<'a>) -> PyResult<()>,
) -> PyResult<HeapVec<Value>> {
    let mut parts = Parts { text, heap, found: HeapVec::new() };
    search(&mut parts)?;
    Ok(parts.found)
}

/// The separator, `None` for whitespace.
fn separator<'a>(sep: Option<&'a Value>, vm: &mut Vm) -> PyResult<Option<&'a Object<Str>>> {
    let Some(sep) = sep else { return Ok(None) };
    let Some(text) = sep.downcast::<Str>() else {
        let kind = vm.type_name(sep);
        return Err(vm.type_error(format_args!("must be str or None, not {kind}")));
    };
    if text.is_empty() {
        return Err(vm.value_error(format_args!("empty separator")));
    }
    Ok(Some(text))
}

/// Whether one look tells that a separator is not in a text. Such a text is its only part, be it of a subclass.
fn cannot_hold(text: &Object<Str>, sep: &Object<Str>) -> bool {
    text.kind() < sep.kind() || text.len() < sep.len()
}

#[pymethods(part = split)]
impl Str {
    /// The parts between separators, or between runs of whitespace, split at most
    /// maxsplit times from the left.
    #[signature = "(sep=None, maxsplit=-1)"]
    #[text_signature = "($self, /, sep=None, maxsplit=-1)"]
    fn split(this: &Object<Self>, vm: &mut Vm, sep: Option<&Value>, maxsplit: isize) -> PyResult<Ref<List>> {
        let (view, max) = (this.view(), limit(maxsplit));
        let separator = separator(sep, vm)?;
        if separator.is_some_and(|sep| cannot_hold(this, sep)) {
            return Ok(vm.try_list([this.to_value()])?);
        }
        let parts = parts_of(this, vm, |parts| match separator {
            None => search::split_whitespace(view, max, |range| parts.add(range)),
            Some(sep) => search::split(view, sep.view(), max, |range| parts.add(range)),
        })?;
        Ok(vm.list_from(parts))
    }

    /// The parts between separators, or between runs of whitespace, split at most
    /// maxsplit times from the right.
    #[signature = "(sep=None, maxsplit=-1)"]
    #[text_signature = "($self, /, sep=None, maxsplit=-1)"]
    fn rsplit(this: &Object<Self>, vm: &mut Vm, sep: Option<&Value>, maxsplit: isize) -> PyResult<Ref<List>> {
        let (view, max) = (this.view(), limit(maxsplit));
        let separator = separator(sep, vm)?;
        if separator.is_some_and(|sep| cannot_hold(this, sep)) {
            return Ok(vm.try_list([this.to_value()])?);
        }
        let mut parts = parts_of(this, vm, |parts| match separator {
            None => search::rsplit_whitespace(view, max, |range| parts.add(range)),
            Some(sep) => search::rsplit(view, sep.view(), max, |range| parts.add(range)),
        })?;
        parts.reverse();
        Ok(vm.list_from(parts))
    }

    /// The lines, with their ends where keepends is true.
    #[signature = "(keepends=False)"]
    #[text_signature = "($self, /, keepends=False)"]
    fn splitlines(this: &Object<Self>, heap: &mut Heap, keepends: bool) -> PyResult<Ref<List>> {
        let view = this.view();
        let parts = parts_of(this, heap, |parts| search::split_lines(view, keepends, |range| parts.add(range)))?;
        Ok(heap.list_from(parts))
    }
}
