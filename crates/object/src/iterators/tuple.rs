//! The iterator of `tuple`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};

use super::{builtin, reduced};
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::tuple::{Tuple, empty};
use crate::{Heap, Vm};

/// The iterator of a tuple.
#[pyclass(name = "tuple_iterator", final)]
pub struct TupleIterator {
    tuple: HeapCell<Option<Ref<Tuple>>>,
    index: Cell<usize>,
}

impl TupleIterator {
    /// At the first item.
    pub fn new(tuple: Ref<Tuple>) -> TupleIterator {
        TupleIterator { tuple: HeapCell::new(Some(tuple)), index: Cell::new(0) }
    }

    /// The next item.
    #[inline]
    pub fn next_item(&self, heap: &mut Heap) -> Option<Value> {
        let tuple = self.tuple.borrow(heap).as_ref()?;
        let index = self.index.get();
        if let Some(item) = tuple.as_slice().get(index) {
            self.index.set(index + 1);
            return Some(item.clone());
        }
        self.tuple.set(None, heap);
        None
    }
}

#[pymethods]
impl TupleIterator {
    fn __iter__(this: &Object<TupleIterator>) -> Value {
        this.to_value()
    }

    fn __next__(&self, heap: &mut Heap) -> Option<Value> {
        self.next_item(heap)
    }

    /// How many items are left.
    fn __length_hint__(&self, heap: &Heap) -> usize {
        self.tuple.borrow(heap).as_ref().map_or(0, |tuple| tuple.len().saturating_sub(self.index.get()))
    }

    /// What pickling needs.
    fn __reduce__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let function = builtin("iter", vm)?;
        match self.tuple.get(vm) {
            Some(tuple) => reduced(function, tuple.into(), Some(self.index.get() as i64), vm),
            None => reduced(function, empty().to_value(), None, vm),
        }
    }

    /// Sets the position.
    fn __setstate__(&self, state: isize, heap: &Heap) {
        if let Some(tuple) = self.tuple.borrow(heap) {
            self.index.set(state.clamp(0, tuple.len() as isize) as usize);
        }
    }
}
