//! `weakref.ref`: the object that refers to another without keeping it alive.

use std::cell::Cell;

use crate::core::cell::HeapCell;
use crate::core::header::Header;
use crate::core::object::{Object, Ref};
use crate::core::value::{Value, ValueRef};
use crate::errors::PyResult;
use crate::heap::memory;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, Type, static_class, type_flag};
use crate::{Heap, Vm};

/// The native half of a weak reference.
pub struct WeakRef {
    /// The address of the object, 0 once it has ended.
    target: Cell<usize>,
    callback: HeapCell<Option<Value>>,
    /// The object's hash, once it was asked for.
    pub(crate) hash: Cell<Option<i64>>,
}

// SAFETY: the callback is visited once; the object referred to is not owned.
unsafe impl Trace for WeakRef {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.callback.trace(visitor);
    }
}

static_class! {
    /// `weakref.ReferenceType`.
    pub WEAKREF_TYPE: WeakRef = {
        name: "ReferenceType",
        module: "weakref",
        layout: &WEAKREF_LAYOUT,
        flags: type_flag::BASE_TYPE,
        members: &[],
        slots: Slots::new(),
    }
}
static WEAKREF_LAYOUT: NativeLayout = NativeLayout::of::<WeakRef>();

impl WeakRef {
    /// The object, as long as it lives.
    pub fn upgrade(&self) -> Option<Value> {
        let target = self.target.get();
        if target == 0 {
            return None;
        }
        // SAFETY: the reference would be dead had the object ended.
        let value = unsafe { ValueRef::from_bits(target as u64) };
        value.header().is_some_and(|header| header.count() > 0).then(|| value.to_owned())
    }

    /// Whether the object has ended.
    pub fn is_dead(&self) -> bool {
        self.target.get() == 0
    }

    pub(crate) fn has_callback(&self) -> bool {
        // SAFETY: read at once, under the lock, and not borrowed over a call.
        unsafe { (*self.callback.as_ptr()).is_some() }
    }

    pub(crate) fn kill(&self) {
        self.target.set(0);
    }

    /// The callback.
    pub fn callback(&self, heap: &Heap) -> Option<Value> {
        self.callback.get(heap)
    }
}

impl Object<WeakRef> {
    /// Calls the callback, which is given up first.
    pub(crate) fn call_back(&self, vm: &mut Vm) {
        if let Some(callback) = self.callback.replace(None, vm)
            && let Err(raised) = vm.call(&callback, &[self.to_value()])
        {
            vm.report_unraisable(raised, Some("Exception ignored while calling weakref callback"), Some(&callback));
        }
    }
}

impl Drop for WeakRef {
    fn drop(&mut self) {
        let state = memory::current();
        if self.target.get() != 0 && !state.is_null() {
            // SAFETY: a weak reference exists only as the native half of an object; the attached heap is its own.
            unsafe { (*state).weak.remove(self.target.get(), (self as *const WeakRef).byte_sub(size_of::<Header>()).cast()) };
        }
    }
}

impl Heap {
    /// A weak reference to `target`, of the class `class`; the caller has checked that the target's class allows it.
    pub fn new_weak_reference(&mut self, class: &Object<Type>, target: &Value, callback: Option<Value>) -> PyResult<Ref<WeakRef>> {
        let native = WeakRef { target: Cell::new(target.bits() as usize), callback: HeapCell::new(callback), hash: Cell::new(None) };
        let weak = self.alloc_as(class, native);
        self.register_weak(target, &weak);
        Ok(weak)
    }
}
