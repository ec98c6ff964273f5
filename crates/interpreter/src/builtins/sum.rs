//! `sum`: ints in the word, then floats and complex numbers with compensation, then whatever can be added
//! (`builtin_sum_impl`).

use pvm_object::bytearray::ByteArray;
use pvm_object::bytes::Bytes;
use pvm_object::complex::Complex;
use pvm_object::int::Int;
use pvm_object::number::complex::Complex as Number;
use pvm_object::ops::BinaryOp;
use pvm_object::str::Str;
use pvm_object::{PyResult, Value, Vm};

/// A sum of floats and what rounding took from it (Neumaier's variant of Kahan's summation).
struct Compensated {
    sum: f64,
    lost: f64,
}

impl Compensated {
    fn new(sum: f64) -> Compensated {
        Compensated { sum, lost: 0.0 }
    }

    fn add(&mut self, number: f64) {
        let next = self.sum + number;
        self.lost += match self.sum.abs() >= number.abs() {
            true => (self.sum - next) + number,
            false => (number - next) + self.sum,
        };
        self.sum = next;
    }

    fn finish(&self) -> f64 {
        if self.lost != 0.0 && self.lost.is_finite() { self.sum + self.lost } else { self.sum }
    }
}

/// An int or a float as a float; `None` for others, which are instances of float's subclasses, too.
fn real(vm: &mut Vm, item: &Value) -> PyResult<Option<f64>> {
    if item.is_exact_float() {
        return Ok(item.as_float());
    }
    match item.as_small_int() {
        Some(int) => Ok(Some(int as f64)),
        None if item.is_instance_of::<Int>() => Ok(Some(vm.to_float(item)?)),
        None => Ok(None),
    }
}

/// The sum of a start value and the items of an iterable.
pub(super) fn sum(vm: &mut Vm, iterable: &Value, start: Value) -> PyResult {
    refuse(vm, &start)?;
    let iterator = vm.iter(iterable)?;
    let mut total = start;
    while let Some(mut total_int) = total.as_small_int() {
        let Some(item) = vm.next(&iterator)? else { return Ok(total) };
        match item.as_small_int() {
            Some(int) => {
                total_int += int;
                total = vm.int(total_int);
            }
            None => total = vm.binary(BinaryOp::Add, &total, &item)?,
        }
    }
    if let Some(number) = total.as_float().filter(|_| total.is_exact_float()) {
        let mut sum = Compensated::new(number);
        loop {
            let Some(item) = vm.next(&iterator)? else { return Ok(vm.float(sum.finish())) };
            match real(vm, &item)? {
                Some(number) => sum.add(number),
                None => {
                    let before = vm.float(sum.finish());
                    total = vm.binary(BinaryOp::Add, &before, &item)?;
                    break;
                }
            }
        }
    }
    if let Some(number) = total.downcast_exact::<Complex>() {
        let Number { re, im } = number.value();
        let (mut re, mut im) = (Compensated::new(re), Compensated::new(im));
        loop {
            let item = vm.next(&iterator)?;
            if let Some(number) = item.as_ref().and_then(|item| item.downcast_exact::<Complex>()) {
                re.add(number.value().re);
                im.add(number.value().im);
                continue;
            }
            if let Some(item) = &item
                && let Some(number) = real(vm, item)?
            {
                re.add(number);
                continue;
            }
            let before = vm.complex(Number::new(re.finish(), im.finish()));
            let Some(item) = item else { return Ok(before) };
            total = vm.binary(BinaryOp::Add, &before, &item)?;
            break;
        }
    }
    while let Some(item) = vm.next(&iterator)? {
        total = vm.binary(BinaryOp::Add, &total, &item)?;
    }
    Ok(total)
}

/// What can be joined faster than added is not summed.
fn refuse(vm: &mut Vm, start: &Value) -> PyResult<()> {
    let (what, empty) = match start {
        start if start.is_instance_of::<Str>() => ("strings", "''"),
        start if start.is_instance_of::<Bytes>() => ("bytes", "b''"),
        start if start.is_instance_of::<ByteArray>() => ("bytearray", "b''"),
        _ => return Ok(()),
    };
    Err(vm.type_error(format_args!("sum() can't sum {what} [use {empty}.join(seq) instead]")))
}
