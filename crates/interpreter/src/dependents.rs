//! Which code relies on which shapes: when a class changes, its instructions that do are made general again.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use pvm_object::types::shape::{FIRST_DYNAMIC, ShapeId};
use pvm_object::{Heap, Vm};

use crate::execution::Execution;
use crate::interpreter::{self, InterpreterState};

/// The code that relies on shapes, by their root.
#[derive(Default)]
pub(crate) struct Dependents(RefCell<HashMap<ShapeId, HashSet<*const Execution>>>);

/// What one piece of code relies on; its end takes it out of the table.
pub(crate) struct Reliance {
    execution: *const Execution,
    roots: RefCell<Vec<ShapeId>>,
    table: Rc<Dependents>,
}

impl Drop for Reliance {
    fn drop(&mut self) {
        let mut table = self.table.0.borrow_mut();
        for root in self.roots.get_mut() {
            if let Some(code) = table.get_mut(root) {
                code.remove(&self.execution);
            }
        }
    }
}

/// Notes that an instruction of `execution` will compare with `shape`.
///
/// # Safety
/// `execution` is live.
pub(crate) unsafe fn rely_on(vm: &Vm, execution: *const Execution, shape: ShapeId) {
    if shape < FIRST_DYNAMIC {
        return;
    }
    let root = vm.shape_root(shape);
    let table = &interpreter::state(vm).dependents;
    // SAFETY: passed on.
    let reliance = unsafe { &*execution }
        .reliance
        .get_or_init(|| Box::new(Reliance { execution, roots: RefCell::default(), table: table.clone() }));
    let mut roots = reliance.roots.borrow_mut();
    if !roots.contains(&root) {
        roots.push(root);
        table.0.borrow_mut().entry(root).or_default().insert(execution);
    }
}

/// The shapes that grew from `root` are outdated: nothing that was learnt of them may be used again.
pub(crate) fn outdated(heap: &Heap, root: ShapeId) {
    let state = heap.heap_state().extension().cast::<InterpreterState>();
    if state.is_null() {
        return;
    }
    // SAFETY: the state lives as long as it is the heap's extension.
    let code = unsafe { &*state }.dependents.0.borrow_mut().remove(&root);
    for execution in code.into_iter().flatten() {
        // SAFETY: code that ends takes itself out of the table.
        unsafe { &*execution }.forget_shapes();
    }
}
