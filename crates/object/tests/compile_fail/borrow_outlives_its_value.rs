//! A borrowed value does not outlive the one it was borrowed from.

use pvm_object::{Heap, Value, ValueRef};

fn borrowed<'a>(heap: &'a mut Heap) -> ValueRef<'a> {
    let value: Value = heap.new_list().into();
    value.borrowed()
}

fn main() {}
