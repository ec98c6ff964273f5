//! `cell`: a variable that a function and those inside it share.

use pvm_macros::pymethods;

use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref};
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::ops::CompareOp;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, static_class};
use crate::{Heap, Vm};

/// The native half of a cell.
pub struct Cell {
    content: HeapCell<Option<Value>>,
}

// SAFETY: the content is visited once.
unsafe impl Trace for Cell {
    fn trace(&self, visitor: &mut Visitor<'_>) {
        self.content.trace(visitor);
    }
}

static_class! {
    /// `types.CellType`.
    pub CELL_TYPE: Cell = {
        name: "cell",
        doc: "cell([contents])\n--\n\nCreate a new cell object.\n\n  contents\n    the contents of the cell. If not specified, the cell will be empty,\n    and further attempts to access its cell_contents attribute will\n    raise a ValueError.",
        layout: &CELL_LAYOUT,
        flags: 0,
        members: Cell::PY_MEMBERS,
        slots: Slots::new().with_all(Cell::PY_SLOTS),
    }
}
static CELL_LAYOUT: NativeLayout = NativeLayout::of::<Cell>();

impl Cell {
    /// The content; none for an unbound variable.
    #[inline(always)]
    pub fn get(&self, heap: &Heap) -> Option<Value> {
        self.content.get(heap)
    }

    /// Replaces the content and returns the old one.
    #[inline(always)]
    pub fn replace(&self, value: Option<Value>, heap: &mut Heap) -> Option<Value> {
        self.content.replace(value, heap)
    }

    /// Sets the content.
    pub fn set(&self, value: Option<Value>, heap: &mut Heap) {
        drop(self.replace(value, heap));
    }
}

#[pymethods]
impl Cell {
    #[new]
    #[signature = "(contents=<unrepresentable>, /)"]
    fn new(contents: Option<Value>) -> Cell {
        Cell { content: HeapCell::new(contents) }
    }

    fn __repr__(this: &Object<Self>, heap: &Heap) -> String {
        match this.get(heap) {
            Some(content) => format!("<cell at {:#x}: {} object at {:#x}>", this.address(), content.ty().name(), content.bits()),
            None => format!("<cell at {:#x}: empty>", this.address()),
        }
    }

    fn __richcompare__(&self, vm: &mut Vm, other: &Value, op: CompareOp) -> PyResult {
        let Some(other) = other.downcast::<Cell>() else {
            return Ok(Value::not_implemented());
        };
        match (self.get(vm), other.get(vm)) {
            (Some(a), Some(b)) => vm.rich_compare(&a, &b, op),
            // An empty cell is less than one with content.
            (a, b) => Ok(Value::from_bool(op.holds(a.is_some().cmp(&b.is_some())))),
        }
    }

    #[getter]
    fn cell_contents(&self, heap: &mut Heap) -> PyResult {
        self.get(heap).ok_or_else(|| heap.value_error(format_args!("Cell is empty")))
    }

    #[setter(cell_contents)]
    fn set_cell_contents(&self, vm: &mut Vm, value: Option<&Value>) {
        if let Some(old) = self.replace(value.cloned(), vm) {
            vm.release(old);
        }
    }
}

impl Heap {
    /// A cell.
    pub fn new_cell(&mut self, content: Option<Value>) -> Ref<Cell> {
        self.alloc(Cell { content: HeapCell::new(content) })
    }
}
