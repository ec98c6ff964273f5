//! Nothing is allocated while an interior is borrowed.

use pvm_object::{Heap, HeapCell};

fn fill(cell: &HeapCell<String>, heap: &mut Heap) {
    let text = cell.borrow_mut(heap);
    let name = heap.new_str("name");
    text.push_str(&name.to_string());
}

fn main() {}
