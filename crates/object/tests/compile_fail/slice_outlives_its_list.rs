//! A slice of a list cannot outlive the handle that keeps the list alive, though the token lives on.

use pvm_object::{Heap, Value};

fn items(heap: &mut Heap) -> &[Value] {
    let list = heap.new_list();
    list.items(heap)
}

fn main() {}
