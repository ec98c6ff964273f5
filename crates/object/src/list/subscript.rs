//! `a[i]`, `a[i:j:k]`, and what replaces and deletes them.

use super::List;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::exceptions;
use crate::heap::HeapVec;
use crate::sequence::{is_index, position};
use crate::slice::{Slice, SliceBounds, SliceRange};
use crate::{Heap, Vm};

/// `list[key]`.
#[inline]
pub(super) fn get(list: &List, key: &Value, vm: &mut Vm) -> PyResult {
    if let Some(index) = key.as_small_int() {
        let items = list.items(vm);
        return match position(index as isize, items.len()) {
            Some(index) => Ok(items[index].clone()),
            None => Err(vm.index_error(format_args!("list index out of range"))),
        };
    }
    get_by_other(list, key, vm)
}

#[cold]
fn get_by_other(list: &List, key: &Value, vm: &mut Vm) -> PyResult {
    if let Some(slice) = key.downcast_exact::<Slice>() {
        let bounds = slice.bounds(vm)?;
        return list.copy_slice(bounds, vm);
    }
    let index = index_of(key, vm)?;
    match position(index, list.len(vm)) {
        Some(index) => Ok(list.items(vm)[index].clone()),
        None => Err(vm.index_error(format_args!("list index out of range"))),
    }
}

fn index_of(key: &Value, vm: &mut Vm) -> PyResult<isize> {
    if !is_index(key) {
        let kind = vm.type_name(key);
        return Err(vm.type_error(format_args!("list indices must be integers or slices, not {kind}")));
    }
    vm.index_isize_or(key, exceptions::INDEX_ERROR.get())
}

/// `list[key] = value`, or `del list[key]`.
pub(super) fn store(list: &List, key: &Value, value: Option<&Value>, vm: &mut Vm) -> PyResult<()> {
    if let Some(slice) = key.downcast_exact::<Slice>() {
        return match value {
            Some(value) => {
                let bounds = slice.bounds(vm)?;
                list.assign_slice(bounds, value, vm)
            }
            None => delete(list, slice, vm),
        };
    }
    let index = match key.as_small_int() {
        Some(index) => index as isize,
        None => index_of(key, vm)?,
    };
    let index = position(index, list.len(vm)).unwrap_or(usize::MAX);
    store_at(list, index, value, vm)
}

/// Replaces or deletes the item at a position.
pub(super) fn store_at(list: &List, index: usize, value: Option<&Value>, heap: &mut Heap) -> PyResult<()> {
    let items = list.items_mut(heap);
    if index >= items.len() {
        return Err(heap.index_error(format_args!("list assignment index out of range")));
    }
    let old = match value {
        Some(value) => std::mem::replace(&mut items[index], value.clone()),
        None => {
            let old = items.remove(index);
            items.trim();
            old
        }
    };
    drop(old);
    Ok(())
}

fn delete(list: &List, slice: &Slice, vm: &mut Vm) -> PyResult<()> {
    let bounds = slice.bounds(vm)?;
    let items = list.items_mut(vm);
    let selected = bounds.of(items.len()).ascending();
    let removed = match selected.as_range() {
        Some(range) => items.split_range(range)?,
        None => remove_each(items, selected)?,
    };
    items.trim();
    drop(removed);
    Ok(())
}

/// Takes the items at ascending positions out; the others close up.
fn remove_each(items: &mut HeapVec<Value>, selected: SliceRange) -> PyResult<HeapVec<Value>> {
    if selected.len == 0 {
        return Ok(HeapVec::new());
    }
    let len = items.len();
    // Swapping keeps every item owned once: those to be removed gather at the end.
    let (mut to, mut next) = (selected.start, selected.start);
    let mut left = selected.len;
    for from in selected.start..len {
        if left > 0 && from == next {
            next += selected.step as usize;
            left -= 1;
        } else {
            items.swap(to, from);
            to += 1;
        }
    }
    Ok(items.split_off(len - selected.len)?)
}

impl List {
    /// A list of what the bounds select.
    pub fn copy_slice(&self, bounds: SliceBounds, heap: &mut Heap) -> PyResult {
        let items = self.items(heap);
        let selected = bounds.of(items.len());
        let copy = match selected.as_range() {
            Some(range) => HeapVec::from_slice(&items[range])?,
            None => HeapVec::try_from_iter(selected.positions().map(|index| items[index].clone()))?,
        };
        Ok(heap.list_from(copy).into())
    }

    /// Puts the items of an iterable in place of what the bounds select.
    pub fn assign_slice(&self, bounds: SliceBounds, value: &Value, vm: &mut Vm) -> PyResult<()> {
        let new = vm.collect_or(value, "must assign iterable to extended slice")?;
        if bounds.step == 1 { self.replace_slice(bounds, new, vm) } else { assign_each(self, bounds, new, vm) }
    }

    /// Puts items in place of what bounds with step 1 select.
    pub fn replace_slice(&self, bounds: SliceBounds, new: HeapVec<Value>, heap: &mut Heap) -> PyResult<()> {
        let items = self.items_mut(heap);
        let selected = bounds.of(items.len());
        let old = items.splice(selected.start..selected.stop, new)?;
        items.trim();
        drop(old);
        Ok(())
    }
}

/// Replaces the items that bounds with another step select, one by one.
fn assign_each(list: &List, bounds: SliceBounds, new: HeapVec<Value>, vm: &mut Vm) -> PyResult<()> {
    let selected = bounds.of(list.len(vm));
    if new.len() != selected.len {
        let (given, room) = (new.len(), selected.len);
        return Err(vm.value_error(format_args!("attempt to assign sequence of size {given} to extended slice of size {room}")));
    }
    let items = list.items_mut(vm);
    let mut old = new;
    for (index, place) in selected.positions().zip(old.iter_mut()) {
        std::mem::swap(&mut items[index], place);
    }
    drop(old);
    Ok(())
}
