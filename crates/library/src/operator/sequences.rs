//! Concatenating, searching, length hints.

use pvm_macros::pyfunction;
use pvm_object::dict::Dict;
use pvm_object::ops::BinaryOp;
use pvm_object::{PyResult, Raised, Value, Vm, exceptions};

/// Whether a value has items by position (`PySequence_Check`).
fn is_sequence(value: &Value) -> bool {
    !value.is_instance_of::<Dict>() && value.ty().slots().item().is_some()
}

fn concatenated(vm: &mut Vm, a: &Value, b: &Value, inplace: bool) -> PyResult {
    let slots = a.ty().slots();
    if let Some(concat) = slots.inplace_concat().filter(|_| inplace).or(slots.concat()) {
        return concat(vm, a, b);
    }
    if is_sequence(a) && is_sequence(b) {
        return if inplace { vm.inplace(BinaryOp::Add, a, b) } else { vm.binary(BinaryOp::Add, a, b) };
    }
    let kind = vm.type_name(a);
    Err(vm.type_error(format_args!("'{kind}' object can't be concatenated")))
}

/// Same as a + b, for a and b sequences.
#[pyfunction(module = "_operator")]
pub fn concat(vm: &mut Vm, a: &Value, b: &Value) -> PyResult {
    concatenated(vm, a, b, false)
}

/// Same as a += b, for a and b sequences.
#[pyfunction(module = "_operator")]
pub fn iconcat(vm: &mut Vm, a: &Value, b: &Value) -> PyResult {
    concatenated(vm, a, b, true)
}

/// The iterator of what is searched.
fn searched(vm: &mut Vm, a: &Value) -> PyResult {
    vm.iter(a).map_err(|raised| not_iterable(vm, a, raised))
}

fn not_iterable(vm: &mut Vm, a: &Value, raised: Raised) -> Raised {
    if !vm.pending_is(exceptions::TYPE_ERROR.get()) {
        return raised;
    }
    drop(vm.take_pending());
    let kind = vm.type_name(a);
    vm.type_error(format_args!("argument of type '{kind}' is not iterable"))
}

/// Return the first index of b in a.
#[pyfunction(module = "_operator", name = "indexOf")]
pub fn index_of(vm: &mut Vm, a: &Value, b: &Value) -> PyResult<usize> {
    let iterator = searched(vm, a)?;
    let mut index = 0;
    while let Some(item) = vm.next(&iterator)? {
        if vm.eq(&item, b)? {
            return Ok(index);
        }
        vm.poll(1)?;
        index += 1;
    }
    Err(vm.value_error(format_args!("sequence.index(x): x not in sequence")))
}

/// Return the number of items in a which are, or which equal, b.
#[pyfunction(module = "_operator", name = "countOf")]
pub fn count_of(vm: &mut Vm, a: &Value, b: &Value) -> PyResult<usize> {
    let iterator = searched(vm, a)?;
    let mut count = 0;
    while let Some(item) = vm.next(&iterator)? {
        count += usize::from(vm.eq(&item, b)?);
        vm.poll(1)?;
    }
    Ok(count)
}

/// length_hint($module, obj, default=0, /)
/// --
///
/// Return an estimate of the number of items in obj.
///
/// This is useful for presizing containers when building from an iterable.
///
/// If the object supports len(), the result will be exact.
/// Otherwise, it may over- or under-estimate by an arbitrary amount.
/// The result will be an integer >= 0.
#[pyfunction(module = "_operator")]
pub fn length_hint(vm: &mut Vm, obj: &Value, default: isize) -> PyResult<isize> {
    match usize::try_from(default) {
        Ok(default) => Ok(vm.length_hint(obj, default)? as isize),
        // A negative default is no length: it only shows that there was no hint.
        Err(_) => {
            const ABSENT: usize = usize::MAX;
            let hint = vm.length_hint(obj, ABSENT)?;
            Ok(if hint == ABSENT { default } else { hint as isize })
        }
    }
}
