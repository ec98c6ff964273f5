//! `_collections._count_elements`: counting for `Counter`.

use pvm_macros::pyfunction;
use pvm_object::dict::Dict;
use pvm_object::int::IntView;
use pvm_object::ops::BinaryOp;
use pvm_object::{PyClass, PyResult, Value, Vm, names};

/// Adds one to the counts in a mapping for every item of an iterable.
#[pyfunction(module = "_collections", name = "_count_elements")]
pub fn count_elements(vm: &mut Vm, mapping: &Value, iterable: &Value) -> PyResult<()> {
    let iterator = vm.iter(iterable)?;
    let one = Value::from_i32(1);
    if let Some(dict) = mapping.downcast::<Dict>()
        && has_plain_access(mapping, vm)
    {
        while let Some(key) = vm.next(&iterator)? {
            let hash = vm.hash(&key)?;
            let count = match dict.get_hashed(&key, hash, vm)? {
                None => one.clone(),
                Some(count) => match count.as_int() {
                    Some(IntView::Small(small)) => vm.int(small + 1),
                    _ => vm.binary(BinaryOp::Add, &count, &one)?,
                },
            };
            dict.set_hashed(&key, hash, count, vm)?;
        }
        return Ok(());
    }
    let get = vm.getattr(mapping, &names::get)?;
    let zero = Value::from_i32(0);
    while let Some(key) = vm.next(&iterator)? {
        let count = vm.call(&get, &[key.clone(), zero.clone()])?;
        let count = vm.binary(BinaryOp::Add, &count, &one)?;
        vm.setitem(mapping, &key, &count)?;
    }
    Ok(())
}

/// Whether a dict's class has the `get` and `__setitem__` of `dict` itself.
fn has_plain_access(mapping: &Value, vm: &mut Vm) -> bool {
    let (class, dict) = (mapping.ty(), Dict::type_object());
    [&names::get, &names::__setitem__].into_iter().all(|name| {
        let own = class.lookup(name, vm).map(|value| value.bits());
        own == dict.lookup(name, vm).map(|value| value.bits())
    })
}
