//! `pickle.PickleBuffer` (PEP 574): an object's buffer, to be pickled apart from the object.

use pvm_macros::{pyclass, pymethods};

use super::MemoryView;
use crate::buffer::{BufferLayout, BufferView, flags};
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::{PyResult, Raised};
use crate::{Heap, Vm};

/// PickleBuffer(object)
/// --
///
/// Wraps the buffer of an object that may be pickled out of band.
#[pyclass(name = "PickleBuffer", module = "pickle", weakref)]
pub struct PickleBuffer {
    /// The buffer, until it is released.
    view: HeapCell<Option<BufferView>>,
}

#[cold]
fn released(heap: &mut Heap) -> Raised {
    heap.value_error(format_args!("operation forbidden on released PickleBuffer object"))
}

impl PickleBuffer {
    /// The object whose buffer it is.
    fn exporter(&self, heap: &mut Heap) -> PyResult {
        match self.view.borrow(heap).as_ref().map(|view| view.owner().clone()) {
            Some(owner) => Ok(owner),
            None => Err(released(heap)),
        }
    }
}

#[pymethods]
impl PickleBuffer {
    #[new]
    fn new(vm: &mut Vm, object: &Value) -> PyResult<PickleBuffer> {
        let view = vm.buffer(object, flags::FULL_RO)?;
        Ok(PickleBuffer { view: HeapCell::new(Some(view)) })
    }

    #[slot(buffer)]
    fn buffer(&self, wanted: u32, vm: &mut Vm) -> PyResult<BufferView> {
        let exporter = self.exporter(vm)?;
        vm.buffer(&exporter, wanted)
    }

    #[slot(release_buffer)]
    fn release_buffer(&self, _view: &BufferView) {}

    /// A memoryview of the memory as unsigned bytes in one dimension; a BufferError where the
    /// items do not lie in a row.
    fn raw(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<MemoryView>> {
        let exporter = this.exporter(vm)?;
        let view = vm.buffer(&exporter, flags::FULL_RO)?;
        let Some(layout) = view.layout() else { return Ok(vm.memoryview_of(view)) };
        if !layout.is_c_contiguous() && !layout.is_f_contiguous() {
            return Err(vm.buffer_error(format_args!("cannot extract raw buffer from non-contiguous buffer")));
        }
        let bytes = BufferLayout { start: layout.start, ..BufferLayout::items("B", 1, view.len()) };
        let view = view.with_layout(bytes);
        Ok(vm.memoryview_of(view))
    }

    /// Gives the buffer back.
    fn release(&self, heap: &mut Heap) {
        self.view.set(None, heap);
    }
}
