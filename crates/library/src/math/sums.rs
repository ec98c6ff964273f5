//! Sums, products, and the lengths of vectors.

use pvm_macros::pyfunction;
use pvm_object::number::bigint::convert;
use pvm_object::number::math_functions::sums::{ExactSum, TripleLength, vector_norm};
use pvm_object::ops::BinaryOp;
use pvm_object::tuple::Tuple;
use pvm_object::{Args, PyResult, Ref, Value, Vm};

use super::checked;

/// Return an accurate floating-point sum of values in the iterable seq.
///
/// Assumes IEEE-754 floating-point arithmetic.
#[pyfunction(module = "math")]
pub fn fsum(vm: &mut Vm, seq: &Value) -> PyResult<f64> {
    let iterator = vm.iter(seq)?;
    let mut sum = ExactSum::default();
    while let Some(item) = vm.next(&iterator)? {
        let number = vm.to_float(&item)?;
        vm.poll(1)?;
        let added = sum.add(number);
        checked(vm, added)?;
    }
    checked(vm, sum.finish())
}

/// hypot($module, /, *coordinates)
/// --
///
/// Multidimensional Euclidean distance from the origin to a point.
///
/// Roughly equivalent to:
///     sqrt(sum(x**2 for x in coordinates))
///
/// For a two dimensional point (x, y), gives the hypotenuse
/// using the Pythagorean theorem:  sqrt(x*x + y*y).
#[pyfunction(module = "math")]
pub fn hypot(vm: &mut Vm, coordinates: Args<'_>) -> PyResult<f64> {
    let mut numbers = Vec::with_capacity(coordinates.len());
    for coordinate in coordinates.iter() {
        numbers.push(vm.to_float(&coordinate)?);
    }
    Ok(vector_norm(&mut numbers))
}

/// A point's coordinates: a tuple, or anything that can become one.
fn point(vm: &mut Vm, value: &Value) -> PyResult<Ref<Tuple>> {
    match value.downcast::<Tuple>() {
        Some(tuple) => Ok(tuple.to_ref()),
        None => vm.tuple_of(value),
    }
}

/// Return the Euclidean distance between two points p and q.
///
/// The points should be specified as sequences (or iterables) of
/// coordinates.  Both inputs must have the same dimension.
///
/// Roughly equivalent to:
///     sqrt(sum((px - qx) ** 2.0 for px, qx in zip(p, q)))
#[pyfunction(module = "math")]
pub fn dist(vm: &mut Vm, p: &Value, q: &Value) -> PyResult<f64> {
    let (p, q) = (point(vm, p)?, point(vm, q)?);
    if p.len() != q.len() {
        return Err(vm.value_error(format_args!("both points must have the same number of dimensions")));
    }
    let mut differences = Vec::with_capacity(p.len());
    for (p, q) in p.as_slice().iter().zip(q.as_slice()) {
        let (p, q) = (vm.to_float(p)?, vm.to_float(q)?);
        differences.push((p - q).abs());
    }
    Ok(vector_norm(&mut differences))
}

/// prod($module, iterable, /, *, start=1)
/// --
///
/// Calculate the product of all the elements in the input iterable.
///
/// The default start value for the product is 1.
///
/// When the iterable is empty, return the start value.  This function is
/// intended specifically for use with numeric values and may reject
/// non-numeric types.
#[pyfunction(module = "math")]
pub fn prod(vm: &mut Vm, iterable: &Value, #[default(Value::from_i32(1))] start: Value) -> PyResult {
    let iterator = vm.iter(iterable)?;
    let mut product = start;
    while let Some(item) = vm.next(&iterator)? {
        vm.poll(1)?;
        product = vm.binary(BinaryOp::Multiply, &product, &item)?;
    }
    Ok(product)
}

/// Return the sum of products of values from two iterables p and q.
///
/// Roughly equivalent to:
///
///     sum(map(operator.mul, p, q, strict=True))
///
/// For float and mixed int/float inputs, the intermediate products
/// and sums are computed with extended precision.
#[pyfunction(module = "math")]
pub fn sumprod(vm: &mut Vm, p: &Value, q: &Value) -> PyResult {
    let (p, q) = (vm.iter(p)?, vm.iter(q)?);
    let mut sum =
        ProductSum { total: Value::from_i32(0), ints: Some(0), floats: Some(TripleLength::default()), floats_used: false };
    loop {
        let (left, right) = (vm.next(&p)?, vm.next(&q)?);
        vm.poll(1)?;
        match (left, right) {
            (Some(left), Some(right)) => sum.add(vm, &left, &right)?,
            (None, None) => {
                sum.end_ints(vm)?;
                sum.end_floats(vm)?;
                return Ok(sum.total);
            }
            _ => return Err(vm.value_error(format_args!("Inputs are not the same length"))),
        }
    }
}

/// The state of `sumprod`: small ints are summed up first, then floats in tripled precision, then whatever comes.
struct ProductSum {
    total: Value,
    /// The sum of ints, until something else comes.
    ints: Option<i64>,
    /// The sum of floats, until something else comes.
    floats: Option<TripleLength>,
    floats_used: bool,
}

impl ProductSum {
    fn add(&mut self, vm: &mut Vm, left: &Value, right: &Value) -> PyResult<()> {
        if let Some(sum) = self.ints {
            let int = |value: &Value| value.as_small_int().filter(|_| value.is_exact_int());
            let product = int(left).zip(int(right)).and_then(|(left, right)| left.checked_mul(right));
            if let Some(sum) = product.and_then(|product| sum.checked_add(product)) {
                self.ints = Some(sum);
                return Ok(());
            }
            self.end_ints(vm)?;
        }
        if let Some(sum) = self.floats {
            let next = float_pair(left, right).and_then(|(left, right)| sum.add_product(left, right));
            if let Some(next) = next {
                self.floats = Some(next);
                self.floats_used = true;
                return Ok(());
            }
            self.end_floats(vm)?;
        }
        let product = vm.binary(BinaryOp::Multiply, left, right)?;
        self.total = vm.binary(BinaryOp::Add, &self.total, &product)?;
        Ok(())
    }

    fn end_ints(&mut self, vm: &mut Vm) -> PyResult<()> {
        if let Some(sum) = self.ints.take().filter(|sum| *sum != 0) {
            let sum = vm.int(sum);
            self.total = vm.binary(BinaryOp::Add, &self.total, &sum)?;
        }
        Ok(())
    }

    fn end_floats(&mut self, vm: &mut Vm) -> PyResult<()> {
        if let Some(sum) = self.floats.take().filter(|_| self.floats_used) {
            let sum = vm.float(sum.to_f64());
            self.total = vm.binary(BinaryOp::Add, &self.total, &sum)?;
        }
        Ok(())
    }
}

/// Two floats, or a float and an int (or bool) that is no larger than a float.
fn float_pair(left: &Value, right: &Value) -> Option<(f64, f64)> {
    let float = |value: &Value| value.as_float().filter(|_| value.is_exact_float());
    let int = |value: &Value| {
        if !value.is_exact_int() && !value.is_bool() {
            return None;
        }
        convert::to_f64(value.as_int_ref()?).ok()
    };
    match (float(left), float(right)) {
        (Some(left), Some(right)) => Some((left, right)),
        (Some(left), None) => Some((left, int(right)?)),
        (None, Some(right)) => Some((int(left)?, right)),
        (None, None) => None,
    }
}
