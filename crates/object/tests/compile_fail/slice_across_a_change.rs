//! A slice of a list cannot be held while an interior, be it another one, is changed.

use pvm_object::list::List;
use pvm_object::{Heap, Object, OutOfMemory};

fn append_all(from: &Object<List>, to: &Object<List>, heap: &mut Heap) -> Result<(), OutOfMemory> {
    for item in from.items(heap) {
        to.push(item.clone(), heap)?;
    }
    Ok(())
}

fn main() {}
