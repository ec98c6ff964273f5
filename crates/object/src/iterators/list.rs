//! The iterators of `list`, forwards and backwards.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};

use super::{builtin, reduced, reduced_end};
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::list::List;
use crate::tuple::Tuple;
use crate::{Heap, Vm};

/// The iterator of a list. It sees what is appended meanwhile; once at the end, it stays there.
#[pyclass(name = "list_iterator", final)]
pub struct ListIterator {
    list: HeapCell<Option<Ref<List>>>,
    index: Cell<usize>,
}

impl ListIterator {
    /// At the first item.
    pub fn new(list: Ref<List>) -> ListIterator {
        ListIterator { list: HeapCell::new(Some(list)), index: Cell::new(0) }
    }

    /// The next item.
    #[inline]
    pub fn next_item(&self, heap: &mut Heap) -> Option<Value> {
        let list = self.list.borrow(heap).as_ref()?;
        let index = self.index.get();
        if let Some(item) = list.get(index, heap) {
            self.index.set(index + 1);
            return Some(item);
        }
        self.list.set(None, heap);
        None
    }
}

#[pymethods]
impl ListIterator {
    fn __iter__(this: &Object<ListIterator>) -> Value {
        this.to_value()
    }

    fn __next__(&self, heap: &mut Heap) -> Option<Value> {
        self.next_item(heap)
    }

    /// How many items are left, as far as is known.
    fn __length_hint__(&self, heap: &Heap) -> usize {
        self.list.borrow(heap).as_ref().map_or(0, |list| list.len(heap).saturating_sub(self.index.get()))
    }

    /// What pickling needs.
    fn __reduce__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let function = builtin("iter", vm)?;
        match self.list.get(vm) {
            Some(list) => reduced(function, list.into(), Some(self.index.get() as i64), vm),
            None => reduced_end(function, vm),
        }
    }

    /// Sets the position.
    fn __setstate__(&self, state: isize, heap: &Heap) {
        if self.list.borrow(heap).is_some() {
            self.index.set(state.max(0) as usize);
        }
    }
}

/// The iterator of a list from the last item to the first.
#[pyclass(name = "list_reverseiterator", final)]
pub struct ListReverseIterator {
    list: HeapCell<Option<Ref<List>>>,
    /// The number of items left.
    left: Cell<usize>,
}

impl ListReverseIterator {
    /// At the last item.
    pub fn new(list: Ref<List>, heap: &Heap) -> ListReverseIterator {
        let left = Cell::new(list.len(heap));
        ListReverseIterator { list: HeapCell::new(Some(list)), left }
    }
}

#[pymethods]
impl ListReverseIterator {
    fn __iter__(this: &Object<ListReverseIterator>) -> Value {
        this.to_value()
    }

    fn __next__(&self, heap: &mut Heap) -> Option<Value> {
        let list = self.list.borrow(heap).as_ref()?;
        if let Some(index) = self.left.get().checked_sub(1)
            && let Some(item) = list.get(index, heap)
        {
            self.left.set(index);
            return Some(item);
        }
        self.left.set(0);
        self.list.set(None, heap);
        None
    }

    /// How many items are left, as far as is known.
    fn __length_hint__(&self, heap: &Heap) -> usize {
        let left = self.left.get();
        self.list.borrow(heap).as_ref().filter(|list| list.len(heap) >= left).map_or(0, |_| left)
    }

    /// What pickling needs.
    fn __reduce__(&self, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let function = builtin("reversed", vm)?;
        match self.list.get(vm) {
            Some(list) => reduced(function, list.into(), Some(self.left.get() as i64 - 1), vm),
            None => reduced_end(function, vm),
        }
    }

    /// Sets the position.
    fn __setstate__(&self, state: isize, heap: &Heap) {
        if let Some(list) = self.list.borrow(heap) {
            self.left.set((state.clamp(-1, list.len(heap) as isize - 1) + 1) as usize);
        }
    }
}
