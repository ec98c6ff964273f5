//! `timedelta`.

use dashu_int::IBig;
use pvm_macros::{pyclass, pymethods};
use pvm_object::int::IntView;
use pvm_object::ops::arithmetic::BinaryOp;
use pvm_object::tuple::Tuple;
use pvm_object::{Heap, Object, PyResult, Raised, Ref, Value, Vm};

/// Microseconds of a day.
pub const DAY: i128 = 86_400_000_000;
/// The largest number of days.
const MAX_DAYS: i32 = 999_999_999;

/// Difference between two datetime values.
///
/// timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)
///
/// All arguments are optional and default to 0.
/// Arguments may be integers or floats, and may be positive or negative.
#[pyclass(name = "timedelta", module = "datetime")]
pub struct Delta {
    /// Number of days.
    #[member]
    days: i32,
    /// Number of seconds (>= 0 and less than 1 day).
    #[member]
    seconds: i32,
    /// Number of microseconds (>= 0 and less than 1 second).
    #[member]
    microseconds: i32,
}

#[cold]
fn too_large(heap: &mut Heap) -> Raised {
    heap.overflow_error(format_args!("Python int too large to convert to C int"))
}

/// A number of an argument: as an int, or a float.
enum Number {
    Int(i128),
    Float(f64),
}

fn number(value: &Value, name: &str, vm: &mut Vm) -> PyResult<Number> {
    if let Some(float) = value.as_float() {
        return Ok(Number::Float(float));
    }
    match value.as_int() {
        Some(IntView::Small(small)) => Ok(Number::Int(small.into())),
        // What is larger is out of every unit's range.
        Some(IntView::Big(big)) => match i128::try_from(big) {
            Ok(wide) if wide.unsigned_abs() < 1 << 80 => Ok(Number::Int(wide)),
            _ => Err(too_large(vm)),
        },
        None => {
            let kind = vm.type_name(value);
            Err(vm.type_error(format_args!("unsupported type for timedelta {name} component: {kind}")))
        }
    }
}

/// The quotient, rounded half to even (`divide_nearest`).
fn divide_nearest(number: IBig, divisor: IBig) -> IBig {
    use dashu_int::ops::{DivEuclid, RemEuclid};
    let (number, divisor) = if divisor < IBig::ZERO { (-number, -divisor) } else { (number, divisor) };
    let quotient = (&number).div_euclid(&divisor);
    let twice = IBig::from((&number).rem_euclid(&divisor)) * IBig::from(2);
    let odd = (&quotient).rem_euclid(IBig::from(2)) != dashu_int::UBig::ZERO;
    if twice > divisor || twice == divisor && odd { quotient + IBig::ONE } else { quotient }
}

impl Delta {
    /// All of it in microseconds.
    pub fn micros(&self) -> i128 {
        i128::from(self.days) * DAY + i128::from(self.seconds) * 1_000_000 + i128::from(self.microseconds)
    }

    /// One of so many microseconds.
    pub fn of_micros(heap: &mut Heap, micros: i128) -> PyResult<Ref<Delta>> {
        let delta = Delta::from_micros(heap, micros)?;
        Ok(heap.alloc(delta))
    }

    fn from_micros(heap: &mut Heap, micros: i128) -> PyResult<Delta> {
        let (days, rest) = (micros.div_euclid(DAY), micros.rem_euclid(DAY));
        let Ok(days) = i32::try_from(days) else { return Err(too_large(heap)) };
        if days.abs() > MAX_DAYS {
            return Err(heap.overflow_error(format_args!("days={days}; must have magnitude <= {MAX_DAYS}")));
        }
        Ok(Delta { days, seconds: (rest / 1_000_000) as i32, microseconds: (rest % 1_000_000) as i32 })
    }

    fn of_big(vm: &mut Vm, micros: &IBig) -> PyResult {
        match i128::try_from(micros) {
            Ok(micros) => Ok(Delta::of_micros(vm, micros)?.into()),
            Err(_) => Err(too_large(vm)),
        }
    }

    /// Times a float, or divided by it (`multiply_truedivide_timedelta_float`).
    fn scaled(&self, vm: &mut Vm, factor: &Value, divide: bool) -> PyResult {
        let name = vm.intern("as_integer_ratio");
        let ratio = vm.call_method(factor, &name, &[])?;
        let Some(parts) = ratio.downcast::<Tuple>() else {
            let kind = vm.type_name(&ratio);
            return Err(
                vm.type_error(format_args!("unexpected return type from as_integer_ratio(): expected tuple, not '{kind}'"))
            );
        };
        let [numerator, denominator] = parts.as_slice() else {
            return Err(vm.value_error(format_args!("as_integer_ratio() must return a 2-tuple")));
        };
        let (numerator, denominator) = (big(numerator), big(denominator));
        let (times, by) = if divide { (denominator, numerator) } else { (numerator, denominator) };
        if by == IBig::ZERO {
            return Err(vm.zero_division_error(format_args!("division by zero")));
        }
        Delta::of_big(vm, &divide_nearest(IBig::from(self.micros()) * times, by))
    }
}

fn big(value: &Value) -> IBig {
    match value.as_int() {
        Some(IntView::Small(small)) => small.into(),
        Some(IntView::Big(big)) => big.clone(),
        None => IBig::ZERO,
    }
}

#[cold]
fn division_by_zero(vm: &mut Vm) -> Raised {
    vm.zero_division_error(format_args!("division by zero"))
}

fn delta(value: &Value) -> Option<&Object<Delta>> {
    value.downcast::<Delta>()
}

#[pymethods]
impl Delta {
    #[new]
    #[signature = "(days=<unrepresentable>, seconds=<unrepresentable>, microseconds=<unrepresentable>, milliseconds=<unrepresentable>, minutes=<unrepresentable>, hours=<unrepresentable>, weeks=<unrepresentable>)"]
    #[text_signature = "($type, *args, **kwargs)"]
    #[allow(clippy::too_many_arguments)]
    fn new(
        vm: &mut Vm,
        days: Option<Value>,
        seconds: Option<Value>,
        microseconds: Option<Value>,
        milliseconds: Option<Value>,
        minutes: Option<Value>,
        hours: Option<Value>,
        weeks: Option<Value>,
    ) -> PyResult<Delta> {
        let parts = [
            ("microseconds", microseconds.as_ref(), 1),
            ("milliseconds", milliseconds.as_ref(), 1000),
            ("seconds", seconds.as_ref(), 1_000_000),
            ("minutes", minutes.as_ref(), 60_000_000),
            ("hours", hours.as_ref(), 3_600_000_000),
            ("days", days.as_ref(), DAY),
            ("weeks", weeks.as_ref(), 7 * DAY),
        ];
        let (mut sum, mut rest) = (0_i128, 0.0);
        for (name, value, factor) in parts {
            let Some(value) = value else { continue };
            match number(value, name, vm)? {
                Number::Int(int) => sum += int * factor,
                Number::Float(float) if float.is_nan() => {
                    return Err(vm.value_error(format_args!("cannot convert float NaN to integer")));
                }
                Number::Float(float) if float.is_infinite() => {
                    return Err(vm.overflow_error(format_args!("cannot convert float infinity to integer")));
                }
                Number::Float(float) => {
                    let whole = float.trunc();
                    if whole.abs() >= 1e24 {
                        return Err(too_large(vm));
                    }
                    let fraction = (float - whole) * factor as f64;
                    sum += whole as i128 * factor + fraction.trunc() as i128;
                    rest += fraction.fract();
                }
            }
        }
        if rest != 0.0 {
            let mut rounded = rest.round();
            if (rounded - rest).abs() == 0.5 {
                // Exactly between two: to the even sum.
                let odd = (sum & 1) as f64;
                rounded = 2.0 * ((rest + odd) * 0.5).round() - odd;
            }
            sum += rounded as i128;
        }
        Delta::from_micros(vm, sum)
    }

    fn __repr__(this: &Object<Self>, vm: &Vm) -> String {
        let fields = [("days", this.days), ("seconds", this.seconds), ("microseconds", this.microseconds)];
        let shown: Vec<String> =
            fields.iter().filter(|field| field.1 != 0).map(|(name, value)| format!("{name}={value}")).collect();
        let shown = if shown.is_empty() { "0".to_owned() } else { shown.join(", ") };
        format!("{}({shown})", this.ty().full_name(vm))
    }

    fn __str__(&self) -> String {
        let (minutes, seconds) = (self.seconds / 60, self.seconds % 60);
        let time = format!("{}:{:02}:{seconds:02}", minutes / 60, minutes % 60);
        let fraction = if self.microseconds == 0 { String::new() } else { format!(".{:06}", self.microseconds) };
        match self.days {
            0 => format!("{time}{fraction}"),
            days => format!("{days} day{}, {time}{fraction}", if days.abs() == 1 { "" } else { "s" }),
        }
    }

    fn __hash__(&self, vm: &mut Vm) -> PyResult<i64> {
        let fields = [self.days, self.seconds, self.microseconds].map(Value::from_i32);
        let fields = vm.try_tuple(fields)?;
        vm.hash(&fields.into())
    }

    #[slot(richcompare)]
    fn richcompare(this: &Object<Self>, other: &Value, op: pvm_object::ops::CompareOp) -> Value {
        match delta(other) {
            Some(other) => Value::from_bool(op.holds(this.micros().cmp(&other.micros()))),
            None => Value::not_implemented(),
        }
    }

    fn __bool__(&self) -> bool {
        self.micros() != 0
    }

    fn __add__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        match (delta(left), delta(right)) {
            (Some(left), Some(right)) => Ok(Delta::of_micros(vm, left.micros() + right.micros())?.into()),
            _ => Ok(Value::not_implemented()),
        }
    }

    fn __sub__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        match (delta(left), delta(right)) {
            (Some(left), Some(right)) => Ok(Delta::of_micros(vm, left.micros() - right.micros())?.into()),
            _ => Ok(Value::not_implemented()),
        }
    }

    fn __neg__(&self, heap: &mut Heap) -> PyResult<Ref<Delta>> {
        Delta::of_micros(heap, -self.micros())
    }

    fn __pos__(&self, heap: &mut Heap) -> PyResult<Ref<Delta>> {
        Delta::of_micros(heap, self.micros())
    }

    fn __abs__(&self, heap: &mut Heap) -> PyResult<Ref<Delta>> {
        Delta::of_micros(heap, self.micros().abs())
    }

    fn __mul__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        let (delta, factor) = match (delta(left), delta(right)) {
            (Some(delta), None) => (delta, right),
            (None, Some(delta)) => (delta, left),
            _ => return Ok(Value::not_implemented()),
        };
        if factor.as_int().is_some() {
            return Delta::of_big(vm, &(IBig::from(delta.micros()) * big(factor)));
        }
        match factor.as_float() {
            Some(_) => delta.scaled(vm, factor, false),
            None => Ok(Value::not_implemented()),
        }
    }

    fn __truediv__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        let Some(left) = delta(left) else { return Ok(Value::not_implemented()) };
        if let Some(right) = delta(right) {
            let (left, right) = (vm.big_int(left.micros().into()), vm.big_int(right.micros().into()));
            let result = vm.binary(BinaryOp::TrueDivide, &left, &right);
            return result;
        }
        if right.as_int().is_some() {
            let by = big(right);
            if by == IBig::ZERO {
                return Err(division_by_zero(vm));
            }
            return Delta::of_big(vm, &divide_nearest(left.micros().into(), by));
        }
        match right.as_float() {
            Some(_) => left.scaled(vm, right, true),
            None => Ok(Value::not_implemented()),
        }
    }

    fn __floordiv__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        let Some(left) = delta(left) else { return Ok(Value::not_implemented()) };
        if let Some(right) = delta(right) {
            let by = right.micros();
            if by == 0 {
                return Err(division_by_zero(vm));
            }
            return Ok(vm.big_int(floor(left.micros(), by).0.into()));
        }
        if right.as_int().is_none() {
            return Ok(Value::not_implemented());
        }
        let (left, right) = (vm.big_int(left.micros().into()), right.clone());
        if big(&right) == IBig::ZERO {
            return Err(division_by_zero(vm));
        }
        let quotient = vm.binary(BinaryOp::FloorDivide, &left, &right)?;
        Delta::of_big(vm, &big(&quotient))
    }

    fn __mod__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        let (Some(left), Some(right)) = (delta(left), delta(right)) else { return Ok(Value::not_implemented()) };
        if right.micros() == 0 {
            return Err(division_by_zero(vm));
        }
        Ok(Delta::of_micros(vm, floor(left.micros(), right.micros()).1)?.into())
    }

    fn __divmod__(vm: &mut Vm, left: &Value, right: &Value) -> PyResult {
        let (Some(left), Some(right)) = (delta(left), delta(right)) else { return Ok(Value::not_implemented()) };
        if right.micros() == 0 {
            return Err(division_by_zero(vm));
        }
        let (quotient, rest) = floor(left.micros(), right.micros());
        let (quotient, rest) = (vm.big_int(quotient.into()), Delta::of_micros(vm, rest)?);
        Ok(vm.try_tuple([quotient, rest.into()])?.into())
    }

    /// Total seconds in the duration.
    fn total_seconds(&self, vm: &mut Vm) -> PyResult {
        let (micros, million) = (vm.big_int(self.micros().into()), vm.int(1_000_000));
        vm.binary(BinaryOp::TrueDivide, &micros, &million)
    }

    /// __reduce__() -> (cls, state)
    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Tuple>> {
        let state = vm.try_tuple([this.days, this.seconds, this.microseconds].map(Value::from_i32))?;
        Ok(vm.try_tuple([this.ty().to_value(), state.into()])?)
    }

    #[constant]
    #[name = "resolution"]
    fn resolution(heap: &mut Heap) -> PyResult<Ref<Delta>> {
        Delta::of_micros(heap, 1)
    }

    #[constant]
    #[name = "min"]
    fn min(heap: &mut Heap) -> PyResult<Ref<Delta>> {
        Delta::of_micros(heap, i128::from(-MAX_DAYS) * DAY)
    }

    #[constant]
    #[name = "max"]
    fn max(heap: &mut Heap) -> PyResult<Ref<Delta>> {
        Delta::of_micros(heap, (i128::from(MAX_DAYS) + 1) * DAY - 1)
    }
}

/// The quotient rounded down, and the rest.
fn floor(number: i128, by: i128) -> (i128, i128) {
    let (quotient, rest) = (number / by, number % by);
    if rest != 0 && (rest < 0) != (by < 0) { (quotient - 1, rest + by) } else { (quotient, rest) }
}
