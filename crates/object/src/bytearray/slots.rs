//! The operators of `bytearray` and its constructor.

use pvm_macros::pymethods;

use super::{ByteArray, ByteArrayIterator};
use crate::buffer::{BufferView, ByteStore, flags};
use crate::bytes::construct::{OF_BYTEARRAY, Source, bytes_from, bytes_of_items, check_iterable, each_byte, source_of};
use crate::bytes::{percent, shared};
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::exceptions;
use crate::list::List;
use crate::ops::CompareOp;
use crate::sequence::is_index;
use crate::slice::{Slice, SliceRange};
use crate::str::Str;
use crate::text::{TextBuilder, bytes};
use crate::tuple::Tuple;
use crate::types::SlotId;
use crate::{Heap, Vm};

#[cold]
fn out_of_range(heap: &mut Heap) -> Raised {
    heap.index_error(format_args!("bytearray index out of range"))
}

/// The position that an index means.
pub(super) fn position(this: &Object<ByteArray>, index: isize, heap: &mut Heap) -> PyResult<usize> {
    match crate::sequence::position(index, this.store.len(heap)) {
        Some(position) => Ok(position),
        None => Err(out_of_range(heap)),
    }
}

/// What may be put into a slice, as bytes.
fn assignable(value: &Value, vm: &mut Vm) -> PyResult<Vec<u8>> {
    let slots = value.ty().slots();
    let number = [SlotId::Index, SlotId::Int, SlotId::Float].into_iter().any(|slot| slots.has(slot));
    if number || value.is_instance_of::<Str>() {
        return Err(vm.type_error(format_args!("can assign only bytes, buffers, or iterables of ints in range(0, 256)")));
    }
    bytes_from(vm, value, OF_BYTEARRAY)
}

/// Takes the bytes of an extended slice out.
fn delete_spread(this: &Object<ByteArray>, range: SliceRange, heap: &mut Heap) -> PyResult<()> {
    this.store.check_resizable(heap)?;
    let range = range.ascending();
    let gone: Vec<usize> = range.positions().collect();
    let bytes = this.store.as_mut_slice(heap);
    let first = gone.first().copied().unwrap_or(bytes.len());
    let (mut to, mut next) = (first, 0);
    for from in first..bytes.len() {
        if gone.get(next) == Some(&from) {
            next += 1;
        } else {
            bytes[to] = bytes[from];
            to += 1;
        }
    }
    this.store.resize(to, heap)
}

fn set_slice(this: &Object<ByteArray>, slice: &Object<Slice>, value: Option<&Value>, vm: &mut Vm) -> PyResult<()> {
    let bounds = slice.bounds(vm)?;
    let bytes = match value {
        Some(value) => assignable(value, vm)?,
        None => Vec::new(),
    };
    let range = bounds.of(this.store.len(vm));
    if range.step == 1 {
        return this.store.splice(range.start..range.stop, &bytes, vm);
    }
    if bytes.is_empty() {
        return if range.len == 0 { Ok(()) } else { delete_spread(this, range, vm) };
    }
    if bytes.len() != range.len {
        let (given, wanted) = (bytes.len(), range.len);
        return Err(vm.value_error(format_args!("attempt to assign bytes of size {given} to extended slice of size {wanted}")));
    }
    let own = this.store.as_mut_slice(vm);
    range.positions().zip(bytes).for_each(|(position, byte)| own[position] = byte);
    Ok(())
}

#[pymethods]
impl ByteArray {
    #[new]
    #[text_signature = "($type, *args, **kwargs)"]
    fn new(_args: Args<'_>) -> ByteArray {
        ByteArray { store: ByteStore::new() }
    }

    #[signature = "(source=<unrepresentable>, encoding=<unrepresentable>, errors=<unrepresentable>)"]
    fn __init__(
        this: &Object<Self>,
        vm: &mut Vm,
        source: Option<&Value>,
        encoding: Option<&str>,
        errors: Option<&str>,
    ) -> PyResult<()> {
        this.store.resize(0, vm)?;
        let from = match source_of(vm, source, encoding, errors)? {
            Source::Zeros(count) => return this.store.resize(count, vm),
            Source::Object(object) | Source::From(object) => object,
        };
        if vm.has_buffer(&from) {
            let view = vm.buffer(&from, flags::FULL_RO)?;
            return this.store.splice_view(0..0, &view, vm);
        }
        check_iterable(vm, &from, OF_BYTEARRAY)?;
        if from.downcast_exact::<List>().is_some() || from.downcast_exact::<Tuple>().is_some() {
            // All of it or nothing.
            let bytes = bytes_of_items(vm, &from, OF_BYTEARRAY)?;
            let len = this.store.len(vm);
            return this.store.splice(0..len, &bytes, vm);
        }
        each_byte(vm, &from, OF_BYTEARRAY, |byte, vm| this.store.push(byte, vm))
    }

    fn __repr__(this: &Object<Self>, heap: &mut Heap) -> PyResult<Ref<Str>> {
        let mut text = TextBuilder::new();
        text.push_str(this.ty().name());
        text.push_ascii(&bytes::repr::repr_bytearray("", this.as_slice(heap)));
        Ok(heap.str_from_builder(text)?)
    }

    fn __str__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Str>> {
        vm.warn_about_bytes("str() on a bytearray instance")?;
        ByteArray::__repr__(this, vm)
    }

    #[slot(richcompare)]
    fn richcompare(this: &Object<Self>, other: &Value, op: CompareOp, vm: &mut Vm) -> PyResult {
        if !vm.has_buffer(other) {
            if matches!(op, CompareOp::Eq | CompareOp::Ne) && other.is_instance_of::<Str>() {
                vm.warn_about_bytes("Comparison between bytearray and string")?;
            }
            return Ok(Value::not_implemented());
        }
        let Ok(view) = vm.bytes_like(other) else {
            drop(vm.take_pending());
            return Ok(Value::not_implemented());
        };
        Ok(Value::from_bool(op.holds(this.as_slice(vm).cmp(view.as_slice(vm)))))
    }

    fn __len__(&self, heap: &Heap) -> usize {
        self.store.len(heap)
    }

    fn __getitem__(this: &Object<Self>, key: &Value, vm: &mut Vm) -> PyResult {
        if let Some(slice) = key.downcast::<Slice>() {
            let range = slice.bounds(vm)?.of(this.store.len(vm));
            let own = this.as_slice(vm);
            let picked = match range.as_range() {
                Some(range) => own[range].to_vec(),
                None => range.positions().map(|position| own[position]).collect(),
            };
            return Ok(vm.new_bytearray(&picked)?.into());
        }
        if !is_index(key) {
            let kind = vm.type_name(key);
            return Err(vm.type_error(format_args!("bytearray indices must be integers or slices, not {kind}")));
        }
        let index = vm.index_isize_or(key, exceptions::INDEX_ERROR.get())?;
        let position = position(this, index, vm)?;
        Ok(Value::from_i32(this.as_slice(vm)[position].into()))
    }

    #[slot(item)]
    fn item(this: &Object<Self>, heap: &mut Heap, index: isize) -> PyResult<u8> {
        match usize::try_from(index).ok().and_then(|index| this.as_slice(heap).get(index)) {
            Some(&byte) => Ok(byte),
            None => Err(out_of_range(heap)),
        }
    }

    #[slot(setitem)]
    fn setitem(this: &Object<Self>, key: &Value, value: Option<&Value>, vm: &mut Vm) -> PyResult<()> {
        if let (Some(index), Some(byte)) = (key.as_small_int(), value.and_then(|value| value.as_small_int()))
            && let (Ok(index), Ok(byte)) = (usize::try_from(index), u8::try_from(byte))
            && let Some(place) = this.store.as_mut_slice(vm).get_mut(index)
        {
            *place = byte;
            return Ok(());
        }
        if let Some(slice) = key.downcast::<Slice>() {
            return set_slice(this, slice, value, vm);
        }
        if !is_index(key) {
            let kind = vm.type_name(key);
            return Err(vm.type_error(format_args!("bytearray indices must be integers or slices, not {kind}")));
        }
        let index = vm.index_isize_or(key, exceptions::INDEX_ERROR.get())?;
        // Before the position is checked: converting the value may change the size.
        let byte = match value {
            Some(value) => match shared::byte_of(value, vm)? {
                Some(byte) => Some(byte),
                None => return Err(shared::not_a_byte(vm)),
            },
            None => None,
        };
        let position = position(this, index, vm)?;
        match byte {
            Some(byte) => this.store.as_mut_slice(vm)[position] = byte,
            None => this.store.splice(position..position + 1, &[], vm)?,
        }
        Ok(())
    }

    fn __contains__(this: &Object<Self>, key: &Value, vm: &mut Vm) -> PyResult<bool> {
        shared::contains(this, key, vm)
    }

    #[slot(concat)]
    fn concat(this: &Object<Self>, other: &Value, vm: &mut Vm) -> PyResult<Ref<ByteArray>> {
        let view = operand(this, other, vm)?;
        let store = ByteStore::from_slice(this.as_slice(vm))?;
        store.splice_view_at_end(&view, vm)?;
        Ok(vm.alloc(ByteArray { store }))
    }

    #[slot(inplace_concat)]
    fn inplace_concat(this: &Object<Self>, other: &Value, vm: &mut Vm) -> PyResult {
        let view = operand(this, other, vm)?;
        this.store.splice_view_at_end(&view, vm)?;
        Ok(this.to_value())
    }

    #[slot(repeat)]
    fn repeat(this: &Object<Self>, heap: &mut Heap, count: isize) -> PyResult<Ref<ByteArray>> {
        let store = ByteStore::from_slice(this.as_slice(heap))?;
        store.repeat(usize::try_from(count).unwrap_or(0), heap)?;
        Ok(heap.alloc(ByteArray { store }))
    }

    #[slot(inplace_repeat)]
    fn inplace_repeat(this: &Object<Self>, heap: &mut Heap, count: isize) -> PyResult {
        this.store.repeat(usize::try_from(count).unwrap_or(0), heap)?;
        Ok(this.to_value())
    }

    fn __mod__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        match left.downcast::<ByteArray>() {
            Some(format) => {
                let copy = format.as_slice(vm).to_vec();
                let bytes = shared::held(format, vm, |vm| percent::format(vm, &copy, right))?;
                Ok(vm.new_bytearray(&bytes)?.into())
            }
            None => Ok(Value::not_implemented()),
        }
    }

    fn __iter__(this: &Object<Self>, heap: &mut Heap) -> Value {
        ByteArrayIterator::over(this, heap)
    }

    #[slot(release_buffer)]
    fn release_buffer(&self, _view: &BufferView) {}

    #[slot(buffer)]
    fn buffer(this: &Object<Self>, _flags: u32) -> BufferView {
        BufferView::of_store(this, |array| &array.store, false)
    }
}

/// The other operand of a concatenation.
fn operand(this: &Object<ByteArray>, other: &Value, vm: &mut Vm) -> PyResult<BufferView> {
    if let Ok(view) = vm.bytes_like(other) {
        return Ok(view);
    }
    drop(vm.take_pending());
    let (kind, own) = (vm.type_name(other), vm.type_name(&this.as_value()));
    Err(vm.type_error(format_args!("can't concat {kind} to {own}")))
}
