//! The methods that only `bytearray` has: those that change it.

use pvm_macros::pymethods;

use super::ByteArray;
use crate::buffer::ByteStore;
use crate::bytes::construct::{OF_BYTEARRAY, bytes_of_items};
use crate::bytes::shared::Byte;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::sequence;
use crate::str::Str;
use crate::text::TextView;
use crate::tuple::Tuple;
use crate::{Heap, Vm, names};

/// What pickling needs: the class, its arguments by protocol, and the state of a subclass's instance.
fn reduced(this: &Object<ByteArray>, protocol: i64, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
    let state = vm.call_method(&this.as_value(), &names::__getstate__, &[])?;
    let args = if this.store.is_empty(vm) {
        crate::tuple::empty().to_ref()
    } else if protocol < 3 {
        let copy = this.as_slice(vm).to_vec();
        let text = vm.try_str_from_view(TextView::Latin1(&copy))?;
        let encoding = vm.new_str("latin-1");
        vm.try_tuple([text.into(), encoding.into()])?
    } else {
        let bytes = this.to_bytes(vm)?;
        vm.try_tuple([Value::from(bytes)])?
    };
    Ok(vm.try_tuple([this.ty().to_value(), args.into(), state])?)
}

#[pymethods(part = changes)]
impl ByteArray {
    /// Add a byte at the end.
    fn append(&self, heap: &mut Heap, item: Byte) -> PyResult<()> {
        self.store.push(item.0, heap)
    }

    /// Remove all bytes.
    fn clear(&self, heap: &mut Heap) -> PyResult<()> {
        self.store.resize(0, heap)
    }

    /// A copy.
    fn copy(&self, heap: &mut Heap) -> PyResult<Ref<ByteArray>> {
        let store = ByteStore::from_slice(self.as_slice(heap))?;
        Ok(heap.alloc(ByteArray { store }))
    }

    /// Add all bytes of a bytes-like object or an iterable of ints at the end.
    fn extend(this: &Object<Self>, vm: &mut Vm, iterable_of_ints: &Value) -> PyResult<()> {
        let iterable = iterable_of_ints;
        if iterable.is(&this.as_value()) {
            let copy = this.as_slice(vm).to_vec();
            return this.store.extend(&copy, vm);
        }
        if vm.has_buffer(iterable) {
            // The bytes go where the end was, should asking for the buffer change the size.
            let end = this.store.len(vm);
            let Ok(view) = vm.bytes_like(iterable) else {
                drop(vm.take_pending());
                let kind = vm.type_name(iterable);
                return Err(vm.type_error(format_args!("can't set bytearray slice from {kind}")));
            };
            let end = end.min(this.store.len(vm));
            return this.store.splice_view(end..end, &view, vm);
        }
        let slots = iterable.ty().slots();
        if iterable.is_instance_of::<Str>() {
            let kind = vm.type_name(iterable);
            return Err(vm.type_error(format_args!("expected iterable of integers; got: '{kind}'")));
        }
        if slots.iter().is_none() && slots.item().is_none() {
            let kind = vm.type_name(iterable);
            return Err(vm.type_error(format_args!("can't extend bytearray with {kind}")));
        }
        // Asked as CPython asks, though nothing is made of the answer.
        vm.length_hint(iterable, 0)?;
        let bytes = bytes_of_items(vm, iterable, OF_BYTEARRAY)?;
        this.store.extend(&bytes, vm)
    }

    /// Put a byte before the one at the index.
    fn insert(&self, heap: &mut Heap, index: isize, item: Byte) -> PyResult<()> {
        let len = self.store.len(heap);
        let place = sequence::clip(index, len).min(len);
        self.store.splice(place..place, &[item.0], heap)
    }

    /// Take the byte at the index out, the last one by default.
    #[signature = "(index=-1, /)"]
    fn pop(&self, heap: &mut Heap, index: isize) -> PyResult<u8> {
        let len = self.store.len(heap);
        if len == 0 {
            return Err(heap.index_error(format_args!("pop from empty bytearray")));
        }
        let Some(place) = sequence::position(index, len) else {
            return Err(heap.index_error(format_args!("pop index out of range")));
        };
        self.store.check_resizable(heap)?;
        let byte = self.as_slice(heap)[place];
        self.store.splice(place..place + 1, &[], heap)?;
        Ok(byte)
    }

    /// Remove the first byte of that value.
    fn remove(&self, heap: &mut Heap, value: Byte) -> PyResult<()> {
        match memchr::memchr(value.0, self.as_slice(heap)) {
            Some(place) => self.store.splice(place..place + 1, &[], heap),
            None => Err(heap.value_error(format_args!("value not found in bytearray"))),
        }
    }

    /// Make the bytearray that many bytes long: cut it off, or add zero bytes.
    fn resize(&self, heap: &mut Heap, size: isize) -> PyResult<()> {
        match usize::try_from(size) {
            Ok(size) => self.store.resize(size, heap),
            Err(_) => Err(heap.value_error(format_args!("Can only resize to positive sizes, got {size}"))),
        }
    }

    /// Reverse the order of the bytes in place.
    fn reverse(&self, heap: &mut Heap) {
        self.store.as_mut_slice(heap).reverse();
    }

    /// The number of bytes there is memory for.
    fn __alloc__(&self, heap: &Heap) -> usize {
        self.store.capacity(heap)
    }

    /// The size of the object in memory, in bytes.
    fn __sizeof__(this: &Object<Self>, heap: &Heap) -> usize {
        size_of::<Object<ByteArray>>() + this.store.capacity(heap)
    }

    /// What pickling needs.
    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        reduced(this, 2, vm)
    }

    /// What pickling by a protocol needs.
    #[signature = "(proto=0, /)"]
    fn __reduce_ex__(this: &Object<Self>, vm: &mut Vm, proto: i32) -> PyResult<Ref<Tuple>> {
        reduced(this, proto.into(), vm)
    }
}
