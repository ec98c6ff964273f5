//! A slice of a list cannot be held across what may run Python code.

use pvm_object::list::List;
use pvm_object::{Object, PyResult, Vm};

fn total(list: &Object<List>, vm: &mut Vm) -> PyResult<usize> {
    let mut total = 0;
    for item in list.items(vm) {
        total += vm.len(item)?;
    }
    Ok(total)
}

fn main() {}
