//! [`Object`]: a Python object that a Rust program keeps.

use std::sync::{Arc, Mutex, PoisonError};

use pvm_macros::pyclass;
use pvm_object::{HeapCell, PyResult, Ref, Value, Vm};

use crate::convert::{FromPython, ToPython};

/// What an interpreter shares with the objects that Rust keeps of it.
#[derive(Default)]
pub(crate) struct Handles {
    /// Slots whose objects were dropped, by whatever thread.
    released: Mutex<Vec<usize>>,
}

/// A Python object that a Rust program keeps: it may go to other threads, and outlive its interpreter, but is of use only with that
/// one. Using it with another raises `RuntimeError`.
///
/// ```
/// let python = pvm::Interpreter::new()?;
/// let items: pvm::Object = python.eval("[3, 1, 2]")?;
/// python.call_method::<()>(&items, "sort", ())?;
/// assert_eq!(python.extract::<Vec<i64>>(&items)?, [1, 2, 3]);
/// # Ok::<(), pvm::Error>(())
/// ```
pub struct Object {
    handles: Arc<Handles>,
    slot: usize,
}

impl Drop for Object {
    fn drop(&mut self) {
        self.handles.released.lock().unwrap_or_else(PoisonError::into_inner).push(self.slot);
    }
}

impl std::fmt::Debug for Object {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Object").field("slot", &self.slot).finish_non_exhaustive()
    }
}

/// The objects of an interpreter that Rust keeps, by their slots.
#[pyclass(name = "_Kept", module = "pvm", no_export)]
pub(crate) struct Kept {
    objects: HeapCell<Vec<Option<Value>>>,
    free: HeapCell<Vec<usize>>,
    #[trace(skip)]
    handles: Arc<Handles>,
}

/// Makes the table of an interpreter.
pub(crate) fn install(vm: &mut Vm, handles: &Arc<Handles>) {
    let handles = Arc::clone(handles);
    vm.module_state(|_| Kept { objects: HeapCell::default(), free: HeapCell::default(), handles });
}

fn table(vm: &mut Vm) -> PyResult<Ref<Kept>> {
    match vm.find_module_state::<Kept>() {
        Some(table) => Ok(table),
        None => Err(vm.runtime_error(format_args!("no Rust program keeps objects of this interpreter"))),
    }
}

/// Gives up what was dropped since the last time.
pub(crate) fn release_dropped(vm: &mut Vm) {
    let Some(table) = vm.find_module_state::<Kept>() else { return };
    let released = std::mem::take(&mut *table.handles.released.lock().unwrap_or_else(PoisonError::into_inner));
    for slot in released {
        let object = table.objects.borrow_mut(vm)[slot].take();
        table.free.borrow_mut(vm).push(slot);
        if let Some(object) = object {
            vm.release(object);
        }
    }
}

impl FromPython for Object {
    fn from_python(value: &Value, vm: &mut Vm) -> PyResult<Object> {
        let table = table(vm)?;
        let slot = match table.free.borrow_mut(vm).pop() {
            Some(slot) => {
                table.objects.borrow_mut(vm)[slot] = Some(value.clone());
                slot
            }
            None => {
                let objects = table.objects.borrow_mut(vm);
                objects.push(Some(value.clone()));
                objects.len() - 1
            }
        };
        Ok(Object { handles: Arc::clone(&table.handles), slot })
    }
}

impl ToPython for &Object {
    fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
        let table = table(vm)?;
        if !Arc::ptr_eq(&table.handles, &self.handles) {
            return Err(vm.runtime_error(format_args!("the object belongs to another interpreter")));
        }
        match table.objects.borrow(vm).get(self.slot).cloned().flatten() {
            Some(value) => Ok(value),
            None => Err(vm.runtime_error(format_args!("the object is gone"))),
        }
    }
}

impl ToPython for Object {
    fn to_python(self, vm: &mut Vm) -> PyResult<Value> {
        (&self).to_python(vm)
    }
}
