//! One token lends one interior to change; two at once are for `Heap::borrow_pair_mut`.

use pvm_object::{Heap, HeapCell};

fn swap(first: &HeapCell<Vec<i32>>, second: &HeapCell<Vec<i32>>, heap: &mut Heap) {
    let (first, second) = (first.borrow_mut(heap), second.borrow_mut(heap));
    std::mem::swap(first, second);
}

fn main() {}
