//! Buffers of classes written in Python (PEP 688): `__buffer__` returns a memoryview, and `__release_buffer__` is called
//! once the consumer has given the buffer back.

use pvm_macros::{pyclass, pymethods};

use super::BufferView;
use crate::Vm;
use crate::core::cell::HeapCell;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::memoryview::{MemoryView, is_view_of, lend_restricted};
use crate::names;
use crate::types::slots::{BufferFn, ReleaseBufferFn};

/// Stands between a consumer and the memory; its end is the end of the export.
#[pyclass(name = "_buffer_wrapper", final)]
pub struct BufferWrapper {
    /// The memory that was exported.
    view: HeapCell<Option<BufferView>>,
    /// The memoryview that `__buffer__` returned; none where the memory is that of a native class.
    memoryview: Option<Value>,
    /// The exporting object.
    object: Value,
}

/// The slot of classes whose `__buffer__` is written in Python.
pub(crate) fn export_by_method(vm: &mut Vm, this: &Value, flags: u32) -> PyResult<BufferView> {
    let number = vm.int(flags.into());
    let Some(result) = vm.call_special(this, &names::__buffer__, &[number])? else {
        return Err(vm.no_attribute(this, &names::__buffer__));
    };
    if !result.is_instance_of::<MemoryView>() {
        return Err(vm.type_error(format_args!("__buffer__ returned non-memoryview object")));
    }
    let view = vm.buffer(&result, flags)?;
    Ok(wrapped(vm, view, Some(result), this))
}

/// The slot of classes whose `__release_buffer__` is written in Python: only that it is filled counts. It is known by its address, of
/// which inlining could make several.
#[inline(never)]
pub(crate) fn release_by_method(_: &mut Vm, _: &Value, _: &BufferView) {}

/// The same memory, exported in a way that its end is told.
fn wrapped(vm: &mut Vm, view: BufferView, memoryview: Option<Value>, object: &Value) -> BufferView {
    let alias = view.alias();
    let wrapper = BufferWrapper { view: HeapCell::new(Some(view)), memoryview, object: object.clone() };
    let wrapper = vm.alloc(wrapper);
    alias.owned_by(wrapper.into())
}

/// The memory that a native class exports, where a subclass wants to be told of the export's end.
pub(crate) fn told_of_release(vm: &mut Vm, view: BufferView, object: &Value) -> BufferView {
    if releases_by_method(object) { wrapped(vm, view, None, object) } else { view }
}

/// Whether the object's `__buffer__` is written in Python.
pub(super) fn exports_by_method(object: &Value) -> bool {
    let python_buffer: BufferFn = export_by_method;
    let slot = object.ty().slots().buffer();
    slot.is_some_and(|slot| std::ptr::fn_addr_eq(slot, python_buffer))
}

fn releases_by_method(object: &Value) -> bool {
    let python_release: ReleaseBufferFn = release_by_method;
    object.ty().slots().release_buffer().is_some_and(|slot| std::ptr::fn_addr_eq(slot, python_release))
}

/// The object whose memory a view shows, for one who sees a wrapper of a native class's memory.
pub(crate) fn exporter_of(owner: &Value) -> &Value {
    match owner.downcast::<BufferWrapper>() {
        Some(wrapper) if wrapper.memoryview.is_none() => &wrapper.native.object,
        _ => owner,
    }
}

impl BufferWrapper {
    /// Calls `__release_buffer__` with the memoryview that `__buffer__` returned, or else with one for this call alone.
    fn tell(&self, view: BufferView, vm: &mut Vm) {
        let lent = match &self.memoryview {
            Some(memoryview) => {
                drop(view);
                if is_view_of(memoryview, &self.object, vm) {
                    // It tells by itself once it is released.
                    return;
                }
                memoryview.clone()
            }
            None => lend_restricted(view, vm).into(),
        };
        let args = std::slice::from_ref(&lent);
        if let Err(raised) = vm.call_special(&self.object, &names::__release_buffer__, args) {
            let message = "Exception ignored in __release_buffer__ of";
            vm.report_unraisable(raised, Some(message), Some(&self.object));
        }
        if self.memoryview.is_none()
            && let Some(view) = lent.downcast::<MemoryView>()
            && let Err(raised) = view.release_buffer(vm)
        {
            vm.report_unraisable(raised, None, Some(&lent));
        }
    }
}

#[pymethods]
impl BufferWrapper {
    fn __del__(&self, vm: &mut Vm) {
        if let Some(view) = self.view.replace(None, vm)
            && releases_by_method(&self.object)
        {
            let pending = vm.take_pending();
            self.tell(view, vm);
            vm.restore_pending(pending);
        }
    }
}
