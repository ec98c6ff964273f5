//! `cell`: a variable that a function and those inside it share.

use crate::Heap;
use crate::core::cell::HeapCell;
use crate::core::object::Ref;
use crate::core::value::Value;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, static_class};

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
        layout: &CELL_LAYOUT,
        flags: 0,
        members: &[],
        slots: Slots::new(),
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

impl Heap {
    /// A cell.
    pub fn new_cell(&mut self, content: Option<Value>) -> Ref<Cell> {
        self.alloc(Cell { content: HeapCell::new(content) })
    }
}
