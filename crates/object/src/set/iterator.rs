//! The iterator of `set` and `frozenset`.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};

use super::any_set;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::iterators::{builtin, reduced};
use crate::tuple::Tuple;
use crate::{Heap, Vm};

/// The iterator over the elements of a set.
#[pyclass(name = "set_iterator", final)]
pub struct SetIterator {
    set: HeapCell<Option<Value>>,
    /// The number of elements at the beginning; `usize::MAX` once that was found changed.
    expected: Cell<usize>,
    position: Cell<usize>,
    left: Cell<usize>,
}

impl SetIterator {
    /// At the first element of a set or frozenset.
    pub fn new(set: Value, heap: &Heap) -> SetIterator {
        let len = any_set(&set).map_or(0, |set| set.len(heap));
        SetIterator { set: HeapCell::new(Some(set)), expected: Cell::new(len), position: Cell::new(0), left: Cell::new(len) }
    }

    /// The next element.
    #[inline]
    pub fn next_item(&self, heap: &mut Heap) -> PyResult<Option<Value>> {
        let Some(set) = self.set.borrow(heap).as_ref().and_then(any_set) else {
            return Ok(None);
        };
        if set.len(heap) != self.expected.get() {
            self.expected.set(usize::MAX);
            return Err(heap.runtime_error(format_args!("Set changed size during iteration")));
        }
        let mut position = self.position.get();
        match set.next_element(&mut position, heap) {
            Some(value) => {
                self.position.set(position);
                self.left.set(self.left.get().saturating_sub(1));
                Ok(Some(value))
            }
            None => {
                self.set.set(None, heap);
                Ok(None)
            }
        }
    }
}

#[pymethods]
impl SetIterator {
    fn __iter__(this: &Object<SetIterator>) -> Value {
        this.to_value()
    }

    fn __next__(&self, heap: &mut Heap) -> PyResult<Option<Value>> {
        self.next_item(heap)
    }

    /// How many elements are left, as far as is known.
    fn __length_hint__(&self, heap: &Heap) -> usize {
        match self.set.borrow(heap).as_ref().and_then(any_set) {
            Some(set) if set.len(heap) == self.expected.get() => self.left.get(),
            _ => 0,
        }
    }

    /// What pickling needs.
    fn __reduce__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let function = builtin("iter", vm)?;
        let state = (self.expected.get(), self.position.get(), self.left.get());
        let set = self.set.get(vm);
        let rest = vm.new_list();
        while let Some(value) = self.next_item(vm)? {
            rest.push(value, vm)?;
        }
        self.expected.set(state.0);
        self.position.set(state.1);
        self.left.set(state.2);
        self.set.set(set, vm);
        reduced(function, rest.into(), None, vm)
    }
}
