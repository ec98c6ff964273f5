//! The iterator of `bytes`.

use pvm_macros::{pyclass, pymethods};

use super::Bytes;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::iterators::{builtin, reduced};
use crate::tuple::Tuple;
use crate::{Heap, Vm};

/// The bytes one by one, as ints.
#[pyclass(name = "bytes_iterator", final)]
pub struct BytesIterator {
    /// The bytes, until their end was reached.
    bytes: HeapCell<Option<Ref<Bytes>>>,
    next: HeapCell<usize>,
}

impl BytesIterator {
    pub(super) fn over(bytes: &Object<Bytes>, heap: &mut Heap) -> Value {
        let iterator = BytesIterator { bytes: HeapCell::new(Some(bytes.to_ref())), next: HeapCell::new(0) };
        heap.alloc(iterator).into()
    }
}

#[pymethods]
impl BytesIterator {
    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, heap: &mut Heap) -> Option<Value> {
        let next = *self.next.borrow(heap);
        let bytes = self.bytes.borrow(heap).as_ref()?;
        match bytes.as_slice().get(next) {
            Some(&byte) => {
                self.next.set(next + 1, heap);
                Some(Value::from_i32(byte.into()))
            }
            None => {
                self.bytes.set(None, heap);
                None
            }
        }
    }

    /// How many bytes are left.
    fn __length_hint__(&self, heap: &Heap) -> usize {
        match self.bytes.borrow(heap) {
            Some(bytes) => bytes.len() - (*self.next.borrow(heap)).min(bytes.len()),
            None => 0,
        }
    }

    /// What pickling needs.
    fn __reduce__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let function = builtin("iter", vm)?;
        let index = *self.next.borrow(vm);
        match self.bytes.get(vm) {
            Some(bytes) => reduced(function, bytes.into(), Some(index as i64), vm),
            None => reduced(function, crate::tuple::empty().to_value(), None, vm),
        }
    }

    /// Sets the position, as unpickling does.
    fn __setstate__(&self, heap: &mut Heap, state: isize) {
        if let Some(len) = self.bytes.borrow(heap).as_ref().map(|bytes| bytes.len()) {
            self.next.set((state.max(0) as usize).min(len), heap);
        }
    }
}
