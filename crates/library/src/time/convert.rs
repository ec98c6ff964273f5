//! Times out of Python's numbers (`Python/pytime.c`), and back.

use pvm_object::arguments::Argument;
use pvm_object::convert::FromArg;
use pvm_object::{Heap, PyResult, Raised, Value, Vm, exceptions};

/// Nanoseconds a second.
pub const BILLION: i64 = 1_000_000_000;

/// How what is finer than the unit is rounded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rounding {
    /// Down.
    Floor,
    /// Up.
    Ceiling,
    /// Away from zero: for what is waited for, so that neither a short wait nor a negative one becomes none.
    Up,
}

impl Rounding {
    fn round(self, number: f64) -> f64 {
        match self {
            Rounding::Floor => number.floor(),
            Rounding::Up if number < 0.0 => number.floor(),
            Rounding::Ceiling | Rounding::Up => number.ceil(),
        }
    }

    /// The quotient by a positive unit.
    pub fn divide(self, number: i64, unit: i64) -> i64 {
        let floor = number.div_euclid(unit);
        let exact = number.rem_euclid(unit) == 0;
        match self {
            Rounding::Floor => floor,
            Rounding::Up if number < 0 => floor,
            Rounding::Ceiling | Rounding::Up => floor + i64::from(!exact),
        }
    }
}

#[cold]
fn nan(heap: &mut Heap) -> Raised {
    heap.value_error(format_args!("Invalid value NaN (not a number)"))
}

#[cold]
fn out_of_range(heap: &mut Heap, what: &str) -> Raised {
    heap.overflow_error(format_args!("timestamp out of range for {what}"))
}

fn too_large(vm: &mut Vm, raised: Raised, what: &str) -> Raised {
    if !vm.pending_is(&exceptions::OVERFLOW_ERROR) {
        return raised;
    }
    drop(vm.catch(raised));
    out_of_range(vm, what)
}

/// Seconds as nanoseconds (`_PyTime_FromSecondsObject`).
pub fn nanoseconds(vm: &mut Vm, value: &Value, rounding: Rounding) -> PyResult<i64> {
    nanoseconds_of(vm, value, BILLION, rounding)
}

/// A time in units of so many nanoseconds as nanoseconds (`pytime_from_object`).
pub fn nanoseconds_of(vm: &mut Vm, value: &Value, unit: i64, rounding: Rounding) -> PyResult<i64> {
    const WHAT: &str = "C PyTime_t";
    if let Some(float) = value.as_float() {
        if float.is_nan() {
            return Err(nan(vm));
        }
        let rounded = rounding.round(float * unit as f64);
        if !(-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&rounded) {
            return Err(out_of_range(vm, WHAT));
        }
        return Ok(rounded as i64);
    }
    if value.as_int().is_none() && value.ty().slots().index().is_none() {
        let kind = vm.type_name(value);
        return Err(vm.type_error(format_args!("'{kind}' object cannot be interpreted as an integer or float")));
    }
    match i64::from_arg(value.borrowed(), Argument::operand(""), vm) {
        Ok(seconds) => seconds.checked_mul(unit).ok_or_else(|| out_of_range(vm, WHAT)),
        Err(raised) => Err(too_large(vm, raised, WHAT)),
    }
}

/// Whole seconds, rounded down (`_PyTime_ObjectToTime_t`).
pub fn whole_seconds(vm: &mut Vm, value: &Value) -> PyResult<i64> {
    const WHAT: &str = "platform time_t";
    if let Some(float) = value.as_float() {
        if float.is_nan() {
            return Err(nan(vm));
        }
        let whole = float.floor();
        if !(-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&whole) {
            return Err(out_of_range(vm, WHAT));
        }
        return Ok(whole as i64);
    }
    match i64::from_arg(value.borrowed(), Argument::operand(""), vm) {
        Ok(seconds) => Ok(seconds),
        Err(raised) => Err(too_large(vm, raised, WHAT)),
    }
}

/// Nanoseconds as seconds (`PyTime_AsSecondsDouble`).
pub fn seconds(nanoseconds: i64) -> f64 {
    match nanoseconds % BILLION {
        0 => (nanoseconds / BILLION) as f64,
        _ => nanoseconds as f64 / 1e9,
    }
}
