//! `reduce`.

use pvm_macros::pyfunction;
use pvm_object::{PyResult, Value, Vm, exceptions};

/// reduce($module, function, iterable, /, initial=<unrepresentable>)
/// --
///
/// Apply a function of two arguments cumulatively to the items of an iterable, from left to right.
///
/// This effectively reduces the iterable to a single value.  If initial is present,
/// it is placed before the items of the iterable in the calculation, and serves as
/// a default when the iterable is empty.
///
/// For example, reduce(lambda x, y: x+y, [1, 2, 3, 4, 5])
/// calculates ((((1 + 2) + 3) + 4) + 5).
#[pyfunction(module = "_functools")]
pub fn reduce(vm: &mut Vm, function: &Value, iterable: &Value, initial: Option<Value>) -> PyResult {
    let iterator = vm.iter(iterable);
    let Some(iterator) = vm.ok_unless(iterator, exceptions::TYPE_ERROR.get())? else {
        return Err(vm.type_error(format_args!("reduce() arg 2 must support iteration")));
    };
    let mut result = match initial {
        Some(initial) => initial,
        None => match vm.next(&iterator)? {
            Some(first) => first,
            None => {
                return Err(vm.type_error(format_args!("reduce() of empty iterable with no initial value")));
            }
        },
    };
    while let Some(item) = vm.next(&iterator)? {
        result = vm.call(function, &[result, item])?;
        vm.poll(1)?;
    }
    Ok(result)
}
