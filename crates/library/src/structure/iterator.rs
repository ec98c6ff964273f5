//! What `iter_unpack` returns.

use std::cell::Cell;

use pvm_macros::{pyclass, pymethods};
use pvm_object::buffer::BufferView;
use pvm_object::{Heap, HeapCell, PyResult, Ref, Value, Vm};

use super::compiled::CompiledLayout;
use super::{error, unpack};

/// The structs in a buffer, one after the other.
#[pyclass(name = "unpack_iterator", module = "_struct", no_export, final)]
pub struct UnpackIterator {
    layout: Ref<CompiledLayout>,
    /// The buffer, until the end is reached.
    view: HeapCell<Option<BufferView>>,
    next: Cell<usize>,
}

impl UnpackIterator {
    /// The structs in an object's buffer, whose length must be a multiple of theirs.
    pub fn over(vm: &mut Vm, layout: Ref<CompiledLayout>, buffer: &Value) -> PyResult<Ref<UnpackIterator>> {
        let size = layout.size;
        if size == 0 {
            return Err(error(vm, format_args!("cannot iteratively unpack with a struct of length 0")));
        }
        let view = vm.bytes_like(buffer)?;
        if view.len() % size != 0 {
            return Err(error(vm, format_args!("iterative unpacking requires a buffer of a multiple of {size} bytes")));
        }
        Ok(vm.alloc(UnpackIterator { layout, view: HeapCell::new(Some(view)), next: Cell::new(0) }))
    }
}

#[pymethods]
impl UnpackIterator {
    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, heap: &mut Heap) -> PyResult<Option<Value>> {
        let Some(view) = self.view.replace(None, heap) else {
            return Ok(None);
        };
        let start = self.next.get();
        if start >= view.len() {
            return Ok(None);
        }
        let values = unpack::read_all(heap, &self.layout, &view, start);
        self.next.set(start + self.layout.size);
        self.view.set(Some(view), heap);
        Ok(Some(values?.into()))
    }

    /// Private method returning an estimate of len(list(it)).
    fn __length_hint__(&self, heap: &Heap) -> usize {
        let len = self.view.borrow(heap).as_ref().map_or(0, BufferView::len);
        len.saturating_sub(self.next.get()) / self.layout.size
    }
}
