//! The table of weak references, by the address of what they refer to.

use std::cell::UnsafeCell;
use std::collections::HashMap;
use std::ptr::NonNull;

use crate::core::header::{Header, flag};
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::weakref::WeakRef;
use crate::{Heap, Vm};

type List = Vec<NonNull<Object<WeakRef>>>;

/// Who refers weakly to which object. Neither is counted: an object that ends is forgotten, a weak reference that ends
/// takes itself out.
pub(crate) struct WeakTable {
    lists: UnsafeCell<HashMap<usize, List>>,
}

fn address(header: &Header) -> usize {
    header as *const Header as usize
}

impl WeakTable {
    pub(crate) fn new() -> WeakTable {
        WeakTable { lists: UnsafeCell::new(HashMap::new()) }
    }

    #[allow(clippy::mut_from_ref)]
    fn lists(&self) -> &mut HashMap<usize, List> {
        // SAFETY: each borrow ends within a method of this table, none calls out.
        unsafe { &mut *self.lists.get() }
    }

    /// Whether ending the object calls something.
    pub(crate) fn has_callback(&self, header: &Header) -> bool {
        // SAFETY: weak references in the table are alive; their callback is read by the collector's right.
        self.lists().get(&address(header)).is_some_and(|list| list.iter().any(|weak| unsafe { weak.as_ref() }.has_callback()))
    }

    /// Whether there is a weak reference with a callback to an object that may end.
    pub(crate) fn has_callbacks(&self) -> bool {
        // SAFETY: as above.
        self.lists().values().flatten().any(|weak| unsafe { weak.as_ref() }.has_callback())
    }

    /// Makes all weak references to an object dead.
    pub(crate) fn forget(&self, header: &Header) {
        header.unset(flag::WEAKLY_REFERENCED);
        for weak in self.lists().remove(&address(header)).unwrap_or_default() {
            // SAFETY: weak references in the table are alive.
            unsafe { weak.as_ref() }.kill();
        }
    }

    fn add(&self, header: &Header, weak: &Object<WeakRef>) {
        // An immortal object never ends, and one of the binary may be shared with other interpreters.
        if !header.is_immortal() {
            header.set(flag::WEAKLY_REFERENCED);
        }
        self.lists().entry(address(header)).or_default().push(NonNull::from(weak));
    }

    /// Takes a weak reference out that is about to end.
    pub(crate) fn remove(&self, target: usize, weak: *const Object<WeakRef>) {
        if let Some(list) = self.lists().get_mut(&target) {
            list.retain(|known| !std::ptr::eq(known.as_ptr(), weak));
        }
    }

    fn all(&self, header: &Header) -> Vec<Ref<WeakRef>> {
        let list = self.lists().get(&address(header));
        // SAFETY: weak references in the table are alive, but those that are just ending have no count left to raise.
        list.into_iter()
            .flatten()
            .map(|weak| unsafe { weak.as_ref() })
            .filter(|weak| weak.header.count() > 0)
            .map(Object::to_ref)
            .collect()
    }

    pub(crate) fn clear(&self) {
        self.lists().clear();
    }
}

impl Heap {
    /// Ties a weak reference to its object.
    pub(crate) fn register_weak(&mut self, target: &Value, weak: &Object<WeakRef>) {
        if let Some(header) = target.header() {
            self.state().weak.add(header, weak);
        }
    }

    /// The weak references to a value that are alive, oldest first.
    pub fn weak_references(&self, target: &Value) -> Vec<Ref<WeakRef>> {
        target.header().map_or_else(Vec::new, |header| self.state().weak.all(header))
    }
}

impl Vm {
    /// Kills the weak references to an object that is about to end and calls their callbacks, the newest first.
    pub(crate) fn notify_weak_references(&mut self, target: &Value) {
        let Some(header) = target.header() else { return };
        let references = self.state().weak.all(header);
        self.state().weak.forget(header);
        for weak in references.into_iter().rev() {
            weak.call_back(self);
        }
    }
}
