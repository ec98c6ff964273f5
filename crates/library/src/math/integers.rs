//! Functions of integers of any size.

use pvm_macros::pyfunction;
use pvm_object::number::bigint::{Int, IntRef, roots};
use pvm_object::number::math_functions::combinatorics;
use pvm_object::{Args, PyResult, Value, Vm};

use super::checked;

/// The number of what [`Vm::index`] gave.
fn number(index: &Value) -> IntRef<'_> {
    index.as_int_ref().expect("an index is an int")
}

/// Find n!.
#[pyfunction(module = "math")]
pub fn factorial(vm: &mut Vm, n: &Value) -> PyResult<Int> {
    let n = vm.index(n)?;
    let result = combinatorics::factorial(number(&n), &mut |work| vm.poll(work as usize).is_ok());
    checked(vm, result)
}

/// perm($module, n, k=None, /)
/// --
///
/// Number of ways to choose k items from n items without repetition and with order.
///
/// It is n! / (n - k)! when k <= n and zero when k > n.  Without k, or with
/// None for it, it is n!.
///
/// Raises ValueError if an argument is negative, TypeError if one is no integer.
#[pyfunction(module = "math")]
pub fn perm(vm: &mut Vm, n: &Value, k: Option<&Value>) -> PyResult<Int> {
    let Some(k) = k else { return factorial(vm, n) };
    let (n, k) = (vm.index(n)?, vm.index(k)?);
    let result = combinatorics::perm(number(&n), number(&k), &mut |work| vm.poll(work as usize).is_ok());
    checked(vm, result)
}

/// Number of ways to choose k items from n items without repetition and without order.
///
/// It is n! / (k! * (n - k)!) when k <= n and zero when k > n: the
/// coefficient of the k-th term of the expansion of (1 + x)**n.
///
/// Raises ValueError if an argument is negative, TypeError if one is no integer.
#[pyfunction(module = "math")]
pub fn comb(vm: &mut Vm, n: &Value, k: &Value) -> PyResult<Int> {
    let (n, k) = (vm.index(n)?, vm.index(k)?);
    let result = combinatorics::comb(number(&n), number(&k), &mut |work| vm.poll(work as usize).is_ok());
    checked(vm, result)
}

/// Return the integer part of the square root of the input.
#[pyfunction(module = "math")]
pub fn isqrt(vm: &mut Vm, n: &Value) -> PyResult<Int> {
    let n = vm.index(n)?;
    checked(vm, roots::isqrt(number(&n)))
}

/// gcd($module, /, *integers)
/// --
///
/// Greatest Common Divisor.
#[pyfunction(module = "math")]
pub fn gcd(vm: &mut Vm, integers: Args<'_>) -> PyResult<Int> {
    fold(vm, integers, Int::ZERO, roots::gcd)
}

/// lcm($module, /, *integers)
/// --
///
/// Least Common Multiple.
#[pyfunction(module = "math")]
pub fn lcm(vm: &mut Vm, integers: Args<'_>) -> PyResult<Int> {
    fold(vm, integers, Int::ONE, roots::lcm)
}

/// Combines all arguments, each of which must be an integer even where the result is known before.
fn fold(
    vm: &mut Vm,
    integers: Args<'_>,
    neutral: Int,
    combine: fn(IntRef<'_>, IntRef<'_>) -> Result<Int, pvm_object::number::NumberError>,
) -> PyResult<Int> {
    let mut result = neutral;
    for integer in integers.iter() {
        let integer = vm.index(&integer)?;
        vm.poll(1)?;
        let combined = combine(result.as_ref(), number(&integer));
        result = checked(vm, combined)?;
    }
    Ok(result)
}
