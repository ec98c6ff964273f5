//! A list cannot be dropped while a slice of it is in use.

use pvm_object::list::List;
use pvm_object::{Heap, Ref};

fn length(list: Ref<List>, heap: &Heap) -> usize {
    let items = list.items(heap);
    drop(list);
    items.len()
}

fn main() {}
