//! The token that reads does not change, and the one that changes runs no Python code.

use pvm_object::list::List;
use pvm_object::{Heap, Object, PyResult, Value};

fn clear(list: &Object<List>, heap: &Heap) {
    list.clear(heap);
}

fn length(value: &Value, heap: &mut Heap) -> PyResult<usize> {
    heap.len(value)
}

fn main() {}
