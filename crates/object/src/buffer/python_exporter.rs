//! Buffers of classes written in Python (PEP 688): `__buffer__` returns a memoryview, and `__release_buffer__` is called
//! once the last consumer has given it back.

use pvm_macros::{pyclass, pymethods};

use super::BufferView;
use crate::Vm;
use crate::core::cell::HeapCell;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::memoryview::{MemoryView, lend_restricted};
use crate::names;
use crate::types::slots::ReleaseBufferFn;

/// Stands between consumers and the memoryview that `__buffer__` returned; its end is the end of the export.
#[pyclass(name = "_buffer_wrapper", final)]
pub struct BufferWrapper {
    /// What the memoryview exports.
    view: HeapCell<Option<BufferView>>,
    /// The object whose `__buffer__` was asked.
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
    let copy = view.alias();
    let wrapper = vm.alloc(BufferWrapper {
        view: HeapCell::new(Some(view)),
        object: this.clone(),
    });
    Ok(copy.owned_by(wrapper.into()))
}

/// The slot of classes whose `__release_buffer__` is written in Python: only what fills it counts.
pub(crate) fn release_by_method(_: &mut Vm, _: &Value, _: &BufferView) {}

fn is_python_release(object: &Value) -> bool {
    let ours: ReleaseBufferFn = release_by_method;
    object
        .ty()
        .slots()
        .release_buffer()
        .is_some_and(|slot| std::ptr::fn_addr_eq(slot, ours))
}

#[pymethods]
impl BufferWrapper {
    fn __del__(&self, vm: &mut Vm) {
        let Some(view) = self.view.replace(None, vm) else {
            return;
        };
        if is_python_release(&self.object) {
            let pending = vm.take_pending();
            let lent = lend_restricted(view, vm);
            let result =
                vm.call_special(&self.object, &names::__release_buffer__, &[lent.to_value()]);
            if let Err(raised) = result {
                let message = "Exception ignored in __release_buffer__ of";
                vm.report_unraisable(raised, Some(message), Some(&self.object));
            }
            if let Err(raised) = lent.release_buffer(vm) {
                vm.report_unraisable(raised, None, Some(&lent.as_value()));
            }
            vm.restore_pending(pending);
        }
    }
}
