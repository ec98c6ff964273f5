//! The iterator of `memoryview`.

use pvm_macros::{pyclass, pymethods};

use super::MemoryView;
use super::methods::check_iterable;
use crate::Heap;
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;

/// The items one by one.
#[pyclass(name = "memory_iterator", final)]
pub struct MemoryIterator {
    /// The view, until its end was reached.
    view: HeapCell<Option<Ref<MemoryView>>>,
    next: HeapCell<usize>,
}

impl MemoryIterator {
    pub(super) fn over(view: &Object<MemoryView>, heap: &mut Heap) -> PyResult {
        view.check_released(heap)?;
        check_iterable(view, heap)?;
        view.item_format(heap)?;
        let iterator = MemoryIterator { view: HeapCell::new(Some(view.to_ref())), next: HeapCell::new(0) };
        Ok(heap.alloc(iterator).into())
    }
}

#[pymethods]
impl MemoryIterator {
    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, heap: &mut Heap) -> PyResult<Option<Value>> {
        let Some(view) = self.view.get(heap) else {
            return Ok(None);
        };
        let next = *self.next.borrow(heap);
        if next >= view.layout.shape[0] {
            self.view.set(None, heap);
            return Ok(None);
        }
        view.check_released(heap)?;
        let format = view.item_format(heap)?;
        self.next.set(next + 1, heap);
        view.item_at(view.layout.offset(&[next]), format, heap).map(Some)
    }
}
