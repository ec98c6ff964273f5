//! Comparison in constant time.

use pvm_macros::pyfunction;
use pvm_object::str::Str;
use pvm_object::{PyResult, Value, Vm};

/// Whether both are equal, in a time that depends on the length of `b` alone (`_tscmp`).
fn same(a: &[u8], b: &[u8]) -> bool {
    // Of other length than `b`: compare `b` with itself, for the time it takes.
    let (left, differs) = if a.len() == b.len() { (a, 0) } else { (b, 1) };
    let difference = left.iter().zip(b).fold(differs, |difference, (a, b)| std::hint::black_box(difference | (a ^ b)));
    difference == 0
}

/// _compare_digest($module, a, b, /)
/// --
///
/// Return 'a == b'.
///
/// The time this takes does not tell how much of both is equal, as
/// cryptography needs it.
///
/// a and b must both be of the same type: either str (ASCII only),
/// or any bytes-like object.
///
/// Note: lengths that differ, and errors, may show in the time taken.
#[pyfunction(module = "_operator")]
pub fn _compare_digest(vm: &mut Vm, a: &Value, b: &Value) -> PyResult<bool> {
    if let (Some(a), Some(b)) = (a.downcast::<Str>(), b.downcast::<Str>()) {
        return match (a.is_ascii(), b.is_ascii()) {
            (true, true) => Ok(same(a.view().storage_bytes(), b.view().storage_bytes())),
            _ => Err(vm.type_error(format_args!("comparing strings with non-ASCII characters is not supported"))),
        };
    }
    if !vm.has_buffer(a) && !vm.has_buffer(b) {
        let (a, b) = (vm.type_name(a), vm.type_name(b));
        return Err(vm.type_error(format_args!("unsupported operand types(s) or combination of types: '{a}' and '{b}'")));
    }
    let (a, b) = (vm.bytes_like(a)?, vm.bytes_like(b)?);
    for view in [&a, &b] {
        if view.layout().is_some_and(|layout| layout.shape.len() > 1) {
            return Err(vm.buffer_error(format_args!("Buffer must be single dimension")));
        }
    }
    Ok(same(a.as_slice(vm), b.as_slice(vm)))
}
