//! What native modules keep per interpreter: one object of a native class each.

use std::cell::UnsafeCell;

use crate::Heap;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::trace::{Trace, Visitor};
use crate::types::PyClass;

/// The objects, by the numbers of their classes. They are roots: the table's counts keep them alive.
pub(crate) struct ModuleStates {
    objects: UnsafeCell<Vec<Option<Value>>>,
}

impl ModuleStates {
    pub(crate) fn new() -> ModuleStates {
        ModuleStates { objects: UnsafeCell::new(Vec::new()) }
    }

    fn get<T: PyClass>(&self, index: usize) -> Option<Ref<T>> {
        // SAFETY: the table is borrowed for this call only.
        let object = unsafe { (&(*self.objects.get())).get(index)?.as_ref()? };
        object.downcast_exact::<T>().map(Object::to_ref)
    }

    fn put(&self, index: usize, object: Value) {
        // SAFETY: the table is borrowed for this call only; the place is empty, so nothing is dropped.
        let objects = unsafe { &mut *self.objects.get() };
        if objects.len() <= index {
            objects.resize_with(index + 1, || None);
        }
        objects[index] = Some(object);
    }

    /// Shows the collector the objects.
    pub(crate) fn trace(&self, visitor: &mut Visitor<'_>) {
        // SAFETY: the table is borrowed for this call only, which runs no other code.
        unsafe { &*self.objects.get() }.trace(visitor);
    }

    /// Forgets all of them, at the end of the heap.
    pub(crate) fn clear(&self) {
        // SAFETY: the table is borrowed for this call only; what dropping does sees an empty one.
        drop(unsafe { std::mem::take(&mut *self.objects.get()) });
    }
}

impl Heap {
    /// As [`Heap::module_state`]; `None` where it was not made yet.
    pub fn find_module_state<T: PyClass>(&self) -> Option<Ref<T>> {
        self.state().modules.get::<T>(T::type_object().static_index()?)
    }

    /// The state of a native module in this interpreter: the only object of the native class `T`, which `make` makes when
    /// it is first asked for.
    pub fn module_state<T: PyClass>(&mut self, make: impl FnOnce(&mut Heap) -> T) -> Ref<T> {
        let index = T::type_object().static_index().expect("native classes are static");
        if let Some(state) = self.state().modules.get::<T>(index) {
            return state;
        }
        let state = make(self);
        let state = self.alloc(state);
        self.state().modules.put(index, state.to_value());
        state
    }
}
