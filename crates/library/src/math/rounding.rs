//! `ceil`, `floor`, `trunc`, which ask the number itself, and the logarithms, which take integers beyond the floats.

use pvm_macros::pyfunction;
use pvm_object::number::NumberError;
use pvm_object::number::bigint::{Int, convert};
use pvm_object::number::math_functions::logarithms::{self, Base};
use pvm_object::str::intern::Name;
use pvm_object::{Args, PyResult, Value, Vm, names};

use super::checked;

/// The result of the number's own method, else of the float's.
fn by_method(vm: &mut Vm, x: &Value, name: &Name, float: fn(f64) -> Result<Int, NumberError>) -> PyResult {
    if x.is_small_int() {
        return Ok(x.clone());
    }
    if !x.is_exact_float()
        && let Some(result) = vm.call_special(x, name, &[])?
    {
        return Ok(result);
    }
    let x = vm.to_float(x)?;
    let result = checked(vm, float(x))?;
    Ok(vm.number(result))
}

/// Return the ceiling of x as an Integral.
///
/// This is the smallest integer >= x.
#[pyfunction(module = "math")]
pub fn ceil(vm: &mut Vm, x: &Value) -> PyResult {
    by_method(vm, x, &names::__ceil__, convert::float_ceil)
}

/// Return the floor of x as an Integral.
///
/// This is the largest integer <= x.
#[pyfunction(module = "math")]
pub fn floor(vm: &mut Vm, x: &Value) -> PyResult {
    by_method(vm, x, &names::__floor__, convert::float_floor)
}

/// Truncates the Real x to the nearest Integral toward 0.
///
/// Uses the __trunc__ magic method.
#[pyfunction(module = "math")]
pub fn trunc(vm: &mut Vm, x: &Value) -> PyResult {
    if x.is_exact_float() {
        return vm.float_to_int(x.as_float().expect("a float"));
    }
    match vm.call_special(x, &names::__trunc__, &[])? {
        Some(result) => Ok(result),
        None => {
            let kind = vm.type_name(x);
            Err(vm.type_error(format_args!("type {kind} doesn't define __trunc__ method")))
        }
    }
}

fn logarithm(vm: &mut Vm, x: &Value, base: Base) -> PyResult<f64> {
    let result = match x.as_int_ref() {
        Some(x) => logarithms::log_int(x, base),
        None => logarithms::log_float(vm.to_float(x)?, base),
    };
    checked(vm, result)
}

/// log(x, [base=math.e])
/// Return the logarithm of x to the given base.
///
/// If the base is not specified, returns the natural logarithm (base e) of x.
#[pyfunction(module = "math")]
pub fn log(vm: &mut Vm, args: Args<'_>) -> PyResult<f64> {
    if args.has_keywords() {
        return Err(vm.type_error(format_args!("math.log() takes no keyword arguments")));
    }
    let (Some(x), 1..=2) = (args.get(0), args.len()) else {
        let given = args.len();
        let bound = if given == 0 { "at least 1 argument" } else { "at most 2 arguments" };
        return Err(vm.type_error(format_args!("log expected {bound}, got {given}")));
    };
    let log_x = logarithm(vm, &x, Base::E)?;
    let Some(base) = args.get(1) else {
        return Ok(log_x);
    };
    let log_base = logarithm(vm, &base, Base::E)?;
    checked(vm, logarithms::log_quotient(log_x, log_base))
}

/// Return the base 2 logarithm of x.
#[pyfunction(module = "math")]
pub fn log2(vm: &mut Vm, x: &Value) -> PyResult<f64> {
    logarithm(vm, x, Base::Two)
}

/// Return the base 10 logarithm of x.
#[pyfunction(module = "math")]
pub fn log10(vm: &mut Vm, x: &Value) -> PyResult<f64> {
    logarithm(vm, x, Base::Ten)
}
