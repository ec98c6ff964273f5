//! Splitting, partitioning and joining of `bytes` and `bytearray`.

use std::convert::Infallible;
use std::ops::Range;

use super::Bytes;
use super::shared::{ByteString, held, whole};
use crate::buffer::{BufferView, ByteStore};
use crate::bytearray::ByteArray;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::heap::HeapVec;
use crate::list::List;
use crate::ops::items::Items;
use crate::text::bytes::ascii::{is_line_end_byte, is_space_byte};
use crate::text::search::{split, trim};
use crate::tuple::Tuple;
use crate::{Heap, Vm};

/// The ranges that a splitting algorithm finds.
fn ranges(
    run: impl FnOnce(&mut dyn FnMut(Range<usize>) -> Result<(), Infallible>) -> Result<(), Infallible>,
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let Ok(()) = run(&mut |range| {
        found.push(range);
        Ok(())
    });
    found
}

fn list_of<T: ByteString>(this: &Object<T>, ranges: Vec<Range<usize>>, heap: &mut Heap) -> PyResult<Ref<List>> {
    let mut items = HeapVec::with_capacity(ranges.len())?;
    for range in ranges {
        items.push(T::part(this, range, heap)?)?;
    }
    Ok(heap.list_from(items))
}

/// The separator, which must not be empty.
fn separator(sep: &Value, vm: &mut Vm) -> PyResult<BufferView> {
    let sep = vm.bytes_like(sep)?;
    match sep.is_empty() {
        true => Err(vm.value_error(format_args!("empty separator"))),
        false => Ok(sep),
    }
}

/// `split`, or `rsplit` where `from_right`.
pub(crate) fn split_by<T: ByteString>(
    this: &Object<T>,
    sep: Option<&Value>,
    max: usize,
    from_right: bool,
    vm: &mut Vm,
) -> PyResult<Ref<List>> {
    let sep = sep.map(|sep| held(this, vm, |vm| separator(sep, vm))).transpose()?;
    let bytes = T::bytes(this, vm);
    let mut found = ranges(|each| match (&sep, from_right) {
        (None, false) => split::split_whitespace(bytes, is_space_byte, max, each),
        (None, true) => split::rsplit_whitespace(bytes, is_space_byte, max, each),
        (Some(sep), false) => split::split(bytes, sep.as_slice(vm), max, each),
        (Some(sep), true) => split::rsplit(bytes, sep.as_slice(vm), max, each),
    });
    if from_right {
        found.reverse();
    }
    list_of(this, found, vm)
}

/// `splitlines`.
pub(crate) fn lines<T: ByteString>(this: &Object<T>, keep_ends: bool, heap: &mut Heap) -> PyResult<Ref<List>> {
    let found = ranges(|each| split::split_lines(T::bytes(this, heap), is_line_end_byte, keep_ends, each));
    list_of(this, found, heap)
}

/// `partition`, or `rpartition` where `from_right`. `bytes` give the separator back as it is, `bytearray` copies it.
pub(crate) fn partitioned<T: ByteString>(
    this: &Object<T>,
    sep: &Value,
    from_right: bool,
    mutable: bool,
    vm: &mut Vm,
) -> PyResult<Ref<Tuple>> {
    let view = held(this, vm, |vm| separator(sep, vm))?;
    let (bytes, needle) = (T::bytes(this, vm), view.as_slice(vm));
    let found = if from_right { trim::rpartition(bytes, needle) } else { trim::partition(bytes, needle) };
    let parts = match found {
        Some((before, after)) => {
            let between = match mutable {
                true => {
                    let store = ByteStore::from_slice(view.as_slice(vm))?;
                    vm.alloc(ByteArray { store }).into()
                }
                false => sep.clone(),
            };
            [T::part(this, before, vm)?, between, T::part(this, after, vm)?]
        }
        None => {
            let whole = if mutable { whole(this, vm)? } else { this.to_value() };
            let mut parts = [whole, T::make(b"", vm)?, T::make(b"", vm)?];
            if from_right {
                parts.reverse();
            }
            parts
        }
    };
    Ok(vm.try_tuple(parts)?)
}

/// Buffers of the items to be joined; bytes need none.
fn views_of(items: &Items, vm: &mut Vm) -> PyResult<Vec<BufferView>> {
    let count = items.as_slice(vm).len();
    let mut views = Vec::with_capacity(count);
    for index in 0..count {
        // Asking an item for its buffer may run code that changes the list.
        let item = match items.as_slice(vm) {
            items if items.len() == count => items[index].clone(),
            _ => {
                return Err(vm.runtime_error(format_args!("sequence changed size during iteration")));
            }
        };
        let Ok(view) = vm.bytes_like(&item) else {
            drop(vm.take_pending());
            let kind = vm.type_name(&item);
            return Err(vm.type_error(format_args!("sequence item {index}: expected a bytes-like object, {kind} found")));
        };
        views.push(view);
    }
    match items.as_slice(vm).len() == count {
        true => Ok(views),
        false => Err(vm.runtime_error(format_args!("sequence changed size during iteration"))),
    }
}

fn total(lengths: impl Iterator<Item = usize>, count: usize, separator: usize, heap: &mut Heap) -> PyResult<usize> {
    let between = separator.saturating_mul(count.saturating_sub(1));
    let total = lengths.fold(between, usize::saturating_add);
    match isize::try_from(total) {
        Ok(_) => Ok(total),
        Err(_) => Err(heap.overflow_error(format_args!("join() result is too long"))),
    }
}

/// `separator.join(iterable)`; bytes, of which a bytearray is made where `mutable`.
pub(crate) fn join<T: ByteString>(this: &Object<T>, iterable: &Value, mutable: bool, vm: &mut Vm) -> PyResult {
    let _held = T::hold(this);
    let items = vm.items_or(iterable, "can only join an iterable")?;
    let slice = items.as_slice(vm);
    if let [only] = slice
        && !mutable
        && let Some(bytes) = only.downcast_exact::<Bytes>()
    {
        return Ok(bytes.to_value());
    }
    let count = slice.len();
    let separator = T::bytes(this, vm).len();
    if slice.iter().all(|item| item.downcast_exact::<Bytes>().is_some()) && !mutable {
        let lengths: Vec<usize> = slice.iter().filter_map(|item| item.downcast::<Bytes>()).map(|bytes| bytes.len()).collect();
        let len = total(lengths.into_iter(), count, separator, vm)?;
        if len <= 1 {
            return join_views(this, &views_of(&items, vm)?, vm);
        }
        let mut writer = vm.bytes_writer(len)?;
        for (index, item) in items.as_slice(vm).iter().enumerate() {
            if index > 0 {
                writer.push(T::bytes(this, vm));
            }
            writer.push(item.downcast::<Bytes>().map_or(b"", |bytes| bytes.as_slice()));
        }
        return Ok(writer.finish().into());
    }
    let views = views_of(&items, vm)?;
    join_views(this, &views, vm)
}

fn join_views<T: ByteString>(this: &Object<T>, views: &[BufferView], vm: &mut Vm) -> PyResult {
    let separator = T::bytes(this, vm).len();
    let len = total(views.iter().map(BufferView::len), views.len(), separator, vm)?;
    vm.check_room(len)?;
    let mut out = Vec::with_capacity(len);
    for (index, view) in views.iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(T::bytes(this, vm));
        }
        out.extend_from_slice(view.as_slice(vm));
    }
    T::make(&out, vm)
}
