//! The iterators over lines, branches and positions of code, and the line table as it was before Python 3.10.

use std::cell::Cell;

use pvm_bytecode::CodeObject;
use pvm_macros::{pyclass, pymethods};

use crate::Heap;
use crate::core::value::Value;

/// A number, or `None`.
fn number(value: Option<i32>) -> Value {
    value.map_or_else(Value::none, Value::from_i32)
}

/// What `co_lines` and `co_branches` give: triples.
#[pyclass(name = "line_iterator", final)]
pub struct LineIterator {
    #[trace(skip)]
    items: Box<[[Option<i32>; 3]]>,
    next: Cell<usize>,
}

impl LineIterator {
    pub(super) fn new(items: Box<[[Option<i32>; 3]]>) -> LineIterator {
        LineIterator { items, next: Cell::new(0) }
    }
}

#[pymethods]
impl LineIterator {
    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, heap: &mut Heap) -> Option<Value> {
        let item = self.items.get(self.next.get())?;
        self.next.set(self.next.get() + 1);
        Some(heap.new_tuple(item.map(number).into()).into())
    }
}

/// What `co_positions` gives: line, end line, column, end column of each code unit.
#[pyclass(name = "positions_iterator", final)]
pub struct PositionsIterator {
    #[trace(skip)]
    items: Box<[[Option<u32>; 4]]>,
    next: Cell<usize>,
}

impl PositionsIterator {
    pub(super) fn new(items: Box<[[Option<u32>; 4]]>) -> PositionsIterator {
        PositionsIterator { items, next: Cell::new(0) }
    }
}

#[pymethods]
impl PositionsIterator {
    fn __iter__(this: &Value) -> Value {
        this.clone()
    }

    fn __next__(&self, heap: &mut Heap) -> Option<Value> {
        let item = self.items.get(self.next.get())?;
        self.next.set(self.next.get() + 1);
        let numbers = item.map(|value| number(value.map(|value| value as i32)));
        Some(heap.new_tuple(numbers.into()).into())
    }
}

/// `co_lnotab`: pairs of a distance in code and a signed distance in lines (`decode_linetable` in CPython's `codeobject.c`).
pub(super) fn lnotab(code: &CodeObject) -> Vec<u8> {
    let (mut table, mut line, mut start) = (Vec::new(), code.firstlineno, 0u32);
    for range in code.lines() {
        let Some(next) = range.line else { continue };
        let mut bytes = range.start - start;
        let mut lines = next - line;
        if lines == 0 {
            continue;
        }
        while bytes > 255 {
            table.extend([255, 0]);
            bytes -= 255;
        }
        while !(-128..=127).contains(&lines) {
            let step = if lines < 0 { -128 } else { 127 };
            table.extend([bytes as u8, step as i8 as u8]);
            bytes = 0;
            lines -= step;
        }
        table.extend([bytes as u8, lines as i8 as u8]);
        (line, start) = (next, range.start);
    }
    table
}
